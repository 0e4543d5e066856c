import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedText } from '../../proof/seeds.js';
import { exitCodeOf } from '../../src/commands/command.js';
import { toolsOf } from '../../src/commands/environment.js';
import { reference } from '../../src/commands/reference.js';
import { connect, type Database } from '../../src/database/connect.js';
import { createSeal } from '../../src/seal.js';
import { describeOnEachDatabase, freshDatabase } from '../kit/database.js';
import { toolsOn } from '../kit/tools.js';

const header = 'key,parent,number,name_en,name_sw';

describeOnEachDatabase('npm run reference', reading, { own: true });

function reading(database: () => Database) {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cp2-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = async (...args: string[]) => {
    const printed: string[] = [];
    const complained: string[] = [];
    const code = await exitCodeOf(
      reference,
      {
        args,
        withTools: toolsOn(() => database().db, createSeal(randomBytes(32))),
        now: () => new Date(),
        operator: 'achieng',
        print: (line) => printed.push(line),
      },
      (line) => complained.push(line),
    );
    return { code, printed: printed.join('\n'), complained: complained.join('\n') };
  };
  const file = async (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };

  test('shows a list as a file that can be loaded', async () => {
    const shown = await run('list', 'counties');
    expect(shown).toEqual({ code: 0, printed: seedText('counties').trimEnd(), complained: '' });
    const path = await file('counties.csv', shown.printed);
    expect((await run('load', 'counties', path, '--replace')).printed).toBe(
      'counties: 0 added, 0 changed, 0 retired, 47 unchanged',
    );
  });

  test('loads a list, and with --replace retires', async () => {
    const both = await file(
      'both.csv',
      `\ufeff${header}\r\n68001,68,,Kisumu,\r\n68002,68,,Siaya,\r\n`,
    );
    const one = await file('one.csv', `${header}\n68002,68,,"Siaya, new",\n`);
    expect(await run('load', 'branches', both)).toEqual({
      code: 0,
      printed: 'branches: 2 added, 0 changed, 0 retired, 0 unchanged',
      complained: '',
    });
    expect((await run('load', 'branches', one, '--replace')).printed).toBe(
      'branches: 0 added, 1 changed, 1 retired, 0 unchanged',
    );
    expect((await run('list', 'branches')).printed).toBe(
      `${header}\n68002,68,2,"Siaya, new","Siaya, new"`,
    );
  });

  test('says what is wrong with a file', async () => {
    const path = await file('bad.csv', `${header}\n68009,99,,Kisumu,\nX,68,,Siaya,\n`);
    expect(await run('load', 'branches', path)).toEqual({
      code: 1,
      printed: '',
      complained: [
        'Nothing of branches was loaded:',
        '  line 2: expected parent: a key of banks, not "99"',
        '  line 3: expected key: 1 to 40 small letters, digits and dashes, not "X"',
      ].join('\n'),
    });
  });

  test('says which file it cannot read', async () => {
    const nowhere = join(folder, 'nowhere.csv');
    expect(await run('load', 'banks', nowhere)).toMatchObject({
      code: 1,
      complained: `${nowhere} cannot be read (ENOENT)`,
    });
    const latin = await file('latin.csv', Buffer.from(`${header}\n68,,,Caf\xe9,\n`, 'latin1'));
    expect(await run('load', 'banks', latin)).toMatchObject({
      code: 1,
      complained: `${latin} is not in UTF-8: save it as "CSV UTF-8"`,
    });
  });

  test.each([
    [[]],
    [['list']],
    [['list', 'nothing']],
    [['list', 'banks', 'file.csv']],
    [['list', 'banks', '--replace']],
    [['load', 'banks']],
    [['load', 'banks', 'file.csv', 'another.csv']],
    [['load', 'banks', 'file.csv', '--force']],
    [['drop', 'banks', 'file.csv']],
  ])('answers %j with how it is called', async (args) => {
    const { code, complained } = await run(...args);
    expect(code).toBe(2);
    expect(complained).toContain(
      'Usage: npm run reference -- list LIST | load LIST FILE [--replace]',
    );
    expect(complained).toContain('sub-counties');
  });
}

test('a list that belongs to another is loaded where the service has never run', async () => {
  const fresh = await freshDatabase();
  const database = await connect(fresh.config);
  await database.db('reference_items').delete();
  await database.close();
  const folder = fresh.config.kind === 'embedded' ? dirname(fresh.config.folder) : '';
  const path = join(folder, 'branches.csv');
  await writeFile(path, `${header}\n68001,68,,Kisumu,\n`);
  const printed: string[] = [];
  await reference.run({
    args: ['load', 'branches', path],
    withTools: toolsOf({ DATA_DIR: folder }),
    now: () => new Date(),
    operator: 'achieng',
    print: (line) => printed.push(line),
  });
  expect(printed).toEqual(['branches: 1 added, 0 changed, 0 retired, 0 unchanged']);
  await fresh.remove();
});
