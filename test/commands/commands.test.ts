import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Command, exitCodeOf } from '../../src/commands/command.js';
import { conflicts } from '../../src/commands/conflicts.js';
import { toolsOf, type WithTools } from '../../src/commands/environment.js';
import { erasePerson } from '../../src/commands/erase-person.js';
import { exportPerson } from '../../src/commands/export-person.js';
import { rotateKey } from '../../src/commands/rotate-key.js';
import { connect } from '../../src/database/connect.js';
import { maskPhone, type Phone } from '../../src/phone-number.js';
import { readValues } from '../../src/profile/profile.js';
import { createSeal } from '../../src/seal.js';
import { backs, freshDatabase, useDatabase } from '../kit/database.js';
import { NOON, person, save, wholeProfile } from '../profile/people.js';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];

/** Runs a command as its process would. */
async function run(
  command: Command,
  args: readonly string[],
  withTools: WithTools = () => Promise.reject(new Error('a wrong call opens nothing')),
) {
  const [printed, complaints]: [string[], string[]] = [[], []];
  const code = await exitCodeOf(
    command,
    { args, withTools, now: () => NOON, print: (line) => printed.push(line) },
    (line) => complaints.push(line),
  );
  return { code, printed: printed.join('\n'), complaint: complaints.join('\n') };
}

describe('a wrong call gets one line and exit code 2', () => {
  test.each<[string, Command, string[]]>([
    ['rotate-key', rotateKey, ['now']],
    ['rotate-key', rotateKey, ['--yes']],
    ['export-person', exportPerson, []],
    ['export-person', exportPerson, ['12345']],
    ['export-person', exportPerson, ['0712345678', '0712345679']],
    ['erase-person', erasePerson, ['0712345678']],
    ['erase-person', erasePerson, ['--yes']],
    ['erase-person', erasePerson, ['0712345678', '--no']],
    ['conflicts', conflicts, ['list']],
    ['conflicts', conflicts, ['resolve']],
    ['conflicts', conflicts, ['resolve', 'all']],
    ['conflicts', conflicts, ['resolve', '1', '2']],
  ])('%s', async (name, command, args) => {
    const { code, printed, complaint } = await run(command, args);
    expect([code, printed]).toEqual([2, '']);
    expect(complaint).toMatch(new RegExp(`^Usage: npm run .*${name}[^\n]*$`));
  });
});

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`the commands, on ${name}`, () => {
    const database = useDatabase(kind);
    let people: [Phone, Phone];
    beforeEach(async () => {
      const { db } = database();
      await db('callers').delete().whereNotIn('phone', db('accounts').select('phone'));
      people = [await person(db), await person(db)];
      for (const phone of people) {
        await save(db, phone, wholeProfile, { seal: createSeal(oldKey) });
      }
    });
    afterEach(async () => {
      await database().db('accounts').delete();
    });

    /** The one open database, with these keys. */
    const tools =
      (key = oldKey, previous: Buffer[] = []): WithTools =>
      (work) =>
        work({ db: database().db, seal: createSeal(key, previous) });

    test('a key is rotated', async () => {
      const forgot = await run(rotateKey, [], tools(newKey));
      expect(forgot).toMatchObject({ code: 1, complaint: expect.stringContaining('2 accounts') });
      expect(await run(rotateKey, [], tools(newKey, [oldKey]))).toEqual({
        code: 0,
        printed:
          'Sealed anew: 18 details, 50 changes, 0 SMS, 0 turns, 0 numbers. Digests made anew: 6.',
        complaint: '',
      });
      const values = await readValues(database().db, createSeal(newKey), people[0]);
      expect(values).toEqual(wholeProfile);
    });

    test('a person is copied out and erased', async () => {
      const copy = await run(exportPerson, [`+${people[0]}`], tools());
      expect(copy.code).toBe(0);
      expect(JSON.parse(copy.printed).details).toHaveLength(25);
      expect(copy.printed).not.toContain(people[1]);

      const local = `0${people[0].slice(3)}`;
      expect(await run(erasePerson, [local, '--yes'], tools())).toMatchObject({ code: 0 });
      for (const again of [
        await run(erasePerson, [local, '--yes'], tools()),
        await run(exportPerson, [local], tools()),
      ]) {
        expect(again).toEqual({
          code: 1,
          printed: '',
          complaint: 'Nothing is kept about this number.',
        });
      }
    });

    test('conflicts are listed, masked, until they are resolved', async () => {
      const listed = (await run(conflicts, [], tools())).printed.split('\n');
      const columns = listed.map((line) => line.split('\t'));
      expect(columns.map(([, label]) => label).sort()).toEqual([
        ...['Account number', 'National ID', 'TSC or PF number'],
      ]);
      for (const [, , ...rest] of columns) {
        expect(rest.slice(0, 2).sort()).toEqual(people.map(maskPhone).sort());
        expect(rest[2]).toBe('24/11/2026 12:00');
      }
      for (const [id = ''] of columns) {
        const resolved = await run(conflicts, ['resolve', id], tools());
        expect(resolved).toMatchObject({ code: 0, printed: `Conflict ${id} is resolved.` });
      }
      expect(await run(conflicts, [], tools())).toMatchObject({ printed: 'No conflicts.' });
      expect(await run(conflicts, ['resolve', '1'], tools())).toMatchObject({ code: 1 });
    });
  });
}

test('a running service is not disturbed', async () => {
  const fresh = await freshDatabase();
  const database = await connect(fresh.config);
  const folder = fresh.config.kind === 'embedded' ? dirname(fresh.config.folder) : '';
  const env = { DATA_DIR: folder, DATA_KEY: oldKey.toString('base64') };
  const { code, complaint } = await run(conflicts, [], toolsOf(env));
  expect([code, complaint]).toEqual([1, expect.stringContaining('in use by another process')]);
  await database.close();
  await fresh.remove();
});

test('a process of its own says what is wrong on standard error', async () => {
  const path = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const ran = promisify(execFile)(process.execPath, [
    path('test/database/run-typescript.js'),
    path('src/commands/main.ts'),
  ]);
  await expect(ran).rejects.toMatchObject({ code: 1, stdout: '' });
});
