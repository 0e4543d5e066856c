import { mkdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Knex } from 'knex';
import { PlainError } from '../explained.js';
import { type Database, HOT_PLANNING, type Opening } from './database.js';
import { type Engine, startEngine } from './engine.js';
import { type FolderLock, lockFolder } from './folder-lock.js';

/**
 * PostgreSQL's default of 128 MB of buffers is cleared at every start, which takes longer than all the
 * rest of it, and stays taken: the system's own cache holds what is left out here. And the one session
 * plans as the hot ones of a server do.
 */
const PARAMETERS = ['shared_buffers=32MB', ...HOT_PLANNING].flatMap((one) => ['-c', one]);

/**
 * Begins to open the embedded database (PGlite) in a folder, for this process alone, or to create it
 * where there is none. It has a single session: statements wait for each other, and all of them for an
 * open transaction, so never use `db` inside a transaction.
 *
 * @param onCreating called before a new database is created, which takes some seconds.
 * @returns once the folder is locked.
 * @throws FolderInUseError where another process has it open.
 */
export async function beginEmbedded(folder: string, onCreating?: () => void): Promise<Opening> {
  const place = resolve(folder);
  // First of all: it takes a while to load, and the folder is looked at meanwhile.
  const engine = startEngine();
  try {
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    const lock = await lockFolder(place);
    return { opened: open(engine, place, lock, onCreating) };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function open(
  engine: Engine,
  place: string,
  lock: FolderLock,
  onCreating?: () => void,
): Promise<Database> {
  try {
    if (!(await isDatabase(place))) {
      onCreating?.();
      await create(place);
    }
    const [{ openKnex }] = await Promise.all([
      import('./embedded-knex.js'),
      engine.open(place, PARAMETERS),
    ]);
    const db = openKnex(engine);
    let closing: Promise<void> | undefined;
    return {
      kind: 'embedded',
      db,
      hot: db,
      onOneSession: (work) => work(db),
      lost: engine.lost,
      close() {
        closing ??= closeAll(db, engine).finally(lock.release);
        return closing;
      },
    };
  } catch (error) {
    await engine.close();
    await lock.release();
    throw error;
  }
}

async function isDatabase(folder: string): Promise<boolean> {
  return stat(join(folder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/** Beside the place and then moved there, so that a kill in the middle leaves no half database. */
async function create(place: string): Promise<void> {
  await refuseForeignFolder(place);
  const growing = `${place}.creating`;
  await rm(growing, { recursive: true, force: true });
  await mkdir(growing, { mode: 0o700 });
  const engine = startEngine();
  await engine.open(growing, PARAMETERS).finally(engine.close);
  await rename(growing, place);
}

async function refuseForeignFolder(place: string): Promise<void> {
  try {
    await rmdir(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new PlainError(
      `${place} is to hold the database, but something else is there. Move it away, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}

async function closeAll(db: Knex, engine: Engine): Promise<void> {
  await db.destroy();
  // Knex closes it only where it has used it.
  await engine.close();
}
