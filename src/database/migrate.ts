import { readdir } from 'node:fs/promises';
import type { Knex } from 'knex';
import type { Database } from './database.js';
import { codeOf } from './database-errors.js';

/** What a file in `migrations/` exports. There is no way down: mend forward. */
export type Migration = {
  up(db: Knex): Promise<void>;
  /** `{ transaction: false }` for the rare statement that cannot run inside one. */
  readonly config?: { readonly transaction?: boolean };
};

const TABLE = 'knex_migrations';
const UNDEFINED_TABLE = '42P01';
const MIGRATION_FILE = /^(\d{4}-[a-z0-9-]+)\.(?:ts|js)$/;

/** `migrations/`, of the sources or of the build, whichever this file belongs to. */
const migrationsFolder = new URL('../../migrations/', import.meta.url);

/**
 * Brings the database's schema up to date. Several processes may call it at the same time: one
 * migrates, the others wait for it. A process that is killed in the middle leaves nothing behind.
 *
 * @param folder where the migrations are, as a `file:` URL that ends in a slash.
 */
export async function migrate(database: Database, folder: URL = migrationsFolder): Promise<void> {
  // Nearly every start: Knex's migrations are slow to load, and to find out that there is none.
  if (await isMigrated(database, folder)) return;
  await database.onOneSession(async (session) => {
    // Knex's own lock is a row, which outlives a killed process; PostgreSQL's goes with its session.
    await session.raw(`select pg_advisory_lock(hashtext('cp2-gateway migrations'))`);
    try {
      const config = knexMigrations(folder);
      await session.migrate.forceFreeMigrationsLock(config);
      await session.migrate.latest(config);
    } finally {
      await session.raw(`select pg_advisory_unlock(hashtext('cp2-gateway migrations'))`);
    }
  });
}

/** Whether every migration that this version knows has been applied: one small query. */
export async function isMigrated(
  database: Database,
  folder: URL = migrationsFolder,
): Promise<boolean> {
  const known = await listMigrations(folder);
  try {
    const applied = new Set<string>(await database.db(TABLE).pluck('name'));
    return known.every(({ name }) => applied.has(name));
  } catch (error) {
    if (codeOf(error) === UNDEFINED_TABLE) return false;
    throw error;
  }
}

type MigrationFile = { readonly name: string; readonly url: string };

/** In the order of their names, which leave out the ending: it differs between source and build. */
async function listMigrations(folder: URL): Promise<MigrationFile[]> {
  const files: MigrationFile[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const name = MIGRATION_FILE.exec(file)?.[1];
    if (name !== undefined) files.push({ name, url: new URL(file, folder).href });
  }
  return files;
}

function knexMigrations(folder: URL): Knex.MigratorConfig {
  const migrationSource: Knex.MigrationSource<MigrationFile> = {
    getMigrations: () => listMigrations(folder),
    getMigrationName: ({ name }) => name,
    async getMigration({ url }) {
      const migration = (await import(url)) as Migration;
      return { ...migration, down: refuseToGoDown };
    },
  };
  return {
    tableName: TABLE,
    migrationSource,
    // An older version that is started again during an update meets migrations that it does not know.
    disableMigrationsListValidation: true,
  };
}

async function refuseToGoDown(): Promise<void> {
  throw new Error('Migrations go forward only.');
}
