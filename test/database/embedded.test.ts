import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { FolderInUseError } from '../../src/database/folder-lock.js';
import { freshDatabase } from '../kit/database.js';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cp2-test-'));
});
afterEach(() => rm(home, { recursive: true }));

test('is created on the first start only, also after a kill in the middle of that', {
  timeout: 60_000,
}, async () => {
  const folder = join(home, 'data/database');
  await mkdir(`${folder}.creating`, { recursive: true });
  await writeFile(join(`${folder}.creating`, 'PG_VERSION'), 'half');
  const said: string[] = [];
  const onCreating = () => said.push('creating');

  for (const start of ['first', 'second']) {
    const database = await connect({ kind: 'embedded', folder }, onCreating);
    await database.db.raw(`create table ${start} ()`);
    await database.close();
    await database.close();
  }
  expect(said).toEqual(['creating']);
});

test('leaves alone a folder that holds something else', async () => {
  const folder = join(home, 'database');
  await mkdir(folder);
  await writeFile(join(folder, 'thesis.txt'), 'the only copy');
  const opening = connect({ kind: 'embedded', folder });
  await expect(opening).rejects.toThrow(/something else is there.*DATA_DIR/);
  expect(await readdir(folder)).toEqual(['thesis.txt']);
});

test('serves one process, and keeps what that committed before it was killed', async () => {
  const { config, remove } = await freshDatabase();
  if (config.kind !== 'embedded') throw new Error('The embedded database is wanted.');
  const holder = await holdDatabase(config.folder);
  try {
    expect(holder.said).toBe('held');
    await expect(connect(config)).rejects.toThrow(FolderInUseError);
  } finally {
    holder.process.kill('SIGKILL');
    await once(holder.process, 'exit');
  }

  const database = await connect(config);
  expect(await database.db('kept').pluck('what')).toEqual(['committed']);
  await database.close();
  await remove();
});

async function holdDatabase(folder: string): Promise<{ process: ChildProcess; said: string }> {
  const holder = spawn(
    process.execPath,
    ['test/database/run-typescript.js', 'test/database/hold-database.ts', folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [said] = await once(createInterface(holder.stdout), 'line');
  return { process: holder, said };
}
