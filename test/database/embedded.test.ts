import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { startEngine } from '../../src/database/engine.js';
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

test('holds up nobody who does not wait for it', async () => {
  const { config, remove } = await freshDatabase();
  const database = await connect(config);
  const seen: string[] = [];
  const slow = database.db
    .raw('select count(*) from generate_series(1, 200000)')
    .then(() => seen.push('answered'));
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  seen.push('went on');
  await slow;
  expect(seen).toEqual(['went on', 'answered']);
  await database.close();
  await remove();
});

test('answers what was asked before it was closed, and nothing after', async () => {
  const { config, remove } = await freshDatabase();
  if (config.kind !== 'embedded') throw new Error('The embedded database is wanted.');
  const engine = startEngine();
  await engine.open(config.folder, []);
  const before = engine.query('select 1 as one');
  await engine.close();
  expect((await before).rows).toEqual([{ one: 1 }]);
  await expect(engine.query('select 1')).rejects.toThrow('closed');
  await engine.close();
  await remove();
});

test('is lost, and not just silent, where it cannot write what it must', async () => {
  const { config, remove } = await freshDatabase();
  if (config.kind !== 'embedded') throw new Error('The embedded database is wanted.');
  const database = await connect(config);
  await rm(join(config.folder, 'global/pg_control'));
  const said = 'could not open file "/pglite/data/global/pg_control": No such file or directory';
  await expect(database.db.raw('checkpoint')).rejects.toThrow(said);
  expect((await database.lost).message).toBe(said);
  await expect(database.db.raw('select 1')).rejects.toThrow(said);
  await database.close();
  await remove();
});

test('rejects for a folder that it cannot open, and lets go of it', async () => {
  const folder = join(home, 'database');
  await mkdir(folder);
  await writeFile(join(folder, 'PG_VERSION'), '17\n');
  for (let start = 0; start < 2; start += 1) {
    const opening = connect({ kind: 'embedded', folder });
    await expect(opening).rejects.toThrow('PGlite failed to initialize');
  }
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
