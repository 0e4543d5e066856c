import { mkdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import knex, { type Knex } from 'knex';
import { columnTypes } from './column-types.js';
import type { Database } from './database.js';
import { EmbeddedClient } from './embedded-client.js';
import { lockFolder } from './folder-lock.js';
import { knexDefaults } from './knex-defaults.js';

/**
 * PostgreSQL's default of 128 MB is cleared at every start, which takes longer than all the rest of it,
 * and stays taken. The system's own cache holds what is left out here.
 */
const START_PARAMETERS = [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB'];

/**
 * Opens the embedded database (PGlite) in a folder, for this process alone, and creates it where
 * there is none. It has a single session: statements wait for each other, and all of them for an
 * open transaction, so never use `db` inside a transaction.
 *
 * @param onCreating called before a new database is created, which takes some seconds.
 * @throws FolderInUseError where another process has it open.
 */
export async function openEmbedded(folder: string, onCreating?: () => void): Promise<Database> {
  const place = resolve(folder);
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  const lock = await lockFolder(place);
  try {
    if (!(await isDatabase(place))) {
      onCreating?.();
      await create(place);
    }
    const pglite = await PGlite.create({
      dataDir: place,
      parsers: columnTypes,
      startParams: START_PARAMETERS,
    });
    const db = openKnex(pglite);
    let closing: Promise<void> | undefined;
    return {
      kind: 'embedded',
      db,
      hot: db,
      onOneSession: (work) => work(db),
      close() {
        closing ??= closeAll(db, pglite).finally(lock.release);
        return closing;
      },
    };
  } catch (error) {
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
  const pglite = await PGlite.create({ dataDir: growing, startParams: START_PARAMETERS });
  await pglite.close();
  await rename(growing, place);
}

async function refuseForeignFolder(place: string): Promise<void> {
  try {
    await rmdir(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new Error(
      `${place} is to hold the database, but something else is there. Move it away, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
}

function openKnex(pglite: PGlite): Knex {
  // Knex has no type for this client's connection, an instance that is open already.
  const connection = { pglite } as unknown as Knex.StaticConnectionConfig;
  return knex({
    ...knexDefaults,
    client: EmbeddedClient,
    connection,
    acquireConnectionTimeout: 10_000,
  });
}

async function closeAll(db: Knex, pglite: PGlite): Promise<void> {
  await db.destroy();
  // Knex closes it only where it has used it.
  if (!pglite.closed) await pglite.close();
}
