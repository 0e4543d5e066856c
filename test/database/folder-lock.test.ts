import { link, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUseError, type FolderLock, lockFolder } from '../../src/database/folder-lock.js';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cp2-test-'));
});
afterEach(() => rm(home, { recursive: true }));

test('one holds a folder, the next is refused and told what to do', async () => {
  const folder = join(home, 'database');
  const lock = await lockFolder(folder);
  const second = lockFolder(folder);
  await expect(second).rejects.toThrow(FolderInUseError);
  await expect(second).rejects.toThrow(/in use by another process.*DATA_DIR.*DATABASE_URL/);
  await lock.release();
  await (await lockFolder(folder)).release();
});

test('two folders are two locks', async () => {
  const locks = await Promise.all([lockFolder(join(home, 'a')), lockFolder(join(home, 'b'))]);
  await Promise.all(locks.map((lock) => lock.release()));
});

test('another name of the same folder is no way round the lock', async () => {
  await mkdir(join(home, 'database'));
  await symlink(join(home, 'database'), join(home, 'also'));
  await symlink(home, `${home}-also`);
  try {
    const lock = await lockFolder(join(home, 'database'));
    await expect(lockFolder(join(home, 'also'))).rejects.toThrow(FolderInUseError);
    await expect(lockFolder(join(`${home}-also`, 'database'))).rejects.toThrow(FolderInUseError);
    await lock.release();
  } finally {
    await rm(`${home}-also`);
  }
});

test.each([
  ['a free folder', 0],
  ['a folder that killed processes have left locked', 5],
])('of many who start at the same moment one gets %s', async (_what, leftBehind) => {
  const folder = join(home, 'database');
  for (let round = 0; round < 10; round++) {
    for (let nr = 0; nr < leftBehind; nr++) await leaveDeadLock(`${folder}.lock`, nr);
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => lockFolder(folder)));
    const won = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    );
    expect(won).toHaveLength(1);
    await Promise.all(won.map((lock: FolderLock) => lock.release()));
    expect(await readdir(`${folder}.lock`)).toEqual([]);
  }
});

test('what else lies in the lock’s folder does not matter', async () => {
  const folder = join(home, 'database');
  await mkdir(`${folder}.lock`);
  await writeFile(join(`${folder}.lock`, '.DS_Store'), '');
  await (await lockFolder(folder)).release();
});

test('one who is too busy to answer holds the lock all the same', async () => {
  const folder = join(home, 'database');
  await mkdir(`${folder}.lock`);
  const busy = createServer(() => {});
  await new Promise<void>((done) => {
    busy.listen(join(`${folder}.lock`, '0123456789ab'), done);
  });
  await expect(lockFolder(folder)).rejects.toThrow(FolderInUseError);
  busy.close();
});

test.runIf(process.platform === 'linux')('a path too long for a socket can be locked', async () => {
  const deep = join(home, 'a-rather-long-name-for-a-folder/'.repeat(6));
  await mkdir(deep, { recursive: true });
  const lock = await lockFolder(join(deep, 'database'));
  await expect(lockFolder(join(deep, 'database'))).rejects.toThrow(FolderInUseError);
  await lock.release();
  expect(await readdir(join(deep, 'database.lock'))).toEqual([]);
});

/** A socket file that nobody listens on any more, as a killed process leaves it. */
async function leaveDeadLock(folder: string, nr: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${nr}`.padStart(12, '0'));
  const server = createServer();
  await new Promise<void>((done) => {
    server.listen(`${path}.alive`, done);
  });
  await link(`${path}.alive`, path);
  await new Promise((done) => server.close(done));
}
