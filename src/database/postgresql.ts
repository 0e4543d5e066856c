import knex, { type Knex } from 'knex';
import pg from 'pg';
import { columnTypes } from './column-types.js';
import { type Database, HOT_PLANNING } from './database.js';
import { knexDefaults } from './knex-defaults.js';

const OLDEST_SUPPORTED = 14;

/**
 * Opens a pool of sessions on a PostgreSQL server, and makes sure that the server answers.
 * Rejects where it does not, or is older than {@link OLDEST_SUPPORTED}.
 */
export async function openPostgresql(url: string): Promise<Database> {
  const db = openPool(url, { statementTimeoutMs: 5_000, pool: { min: 0, max: 10 } });
  const hot = openPool(url, {
    statementTimeoutMs: 5_000,
    pool: { min: 0, max: 4 },
    // A row that somebody holds on to must not keep the other turns of a statement waiting for long.
    options: [...HOT_PLANNING, 'lock_timeout=1000'].map((one) => `-c ${one}`).join(' '),
  });
  const destroy = () => Promise.all([db.destroy(), hot.destroy()]).then(() => {});
  try {
    await refuseOldServer(db);
  } catch (error) {
    await destroy();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    kind: 'postgresql',
    db,
    hot,
    async onOneSession(work) {
      const session = openPool(url, { statementTimeoutMs: 0, pool: { min: 1, max: 1 } });
      try {
        return await work(session);
      } finally {
        await session.destroy();
      }
    },
    lost: new Promise(() => {}),
    close() {
      closing ??= destroy();
      return closing;
    },
  };
}

function openPool(
  url: string,
  options: { statementTimeoutMs: number; pool: { min: number; max: number }; options?: string },
): Knex {
  return knex({
    ...knexDefaults,
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: 'cp2-gateway',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      ...(options.options && { options: options.options }),
      statement_timeout: options.statementTimeoutMs,
      // A process that hangs in the middle of a transaction must not hold its rows for ever.
      idle_in_transaction_session_timeout: options.statementTimeoutMs * 2,
      types: {
        getTypeParser: (oid: number) => columnTypes[oid] ?? pg.types.getTypeParser(oid),
      },
    },
    pool: options.pool,
    acquireConnectionTimeout: 5_000,
  });
}

async function refuseOldServer(db: Knex): Promise<void> {
  const { rows } = await db.raw<{ rows: [{ version: number }] }>(
    `select current_setting('server_version_num')::int as version`,
  );
  const major = Math.floor(rows[0].version / 10_000);
  if (major < OLDEST_SUPPORTED) {
    throw new Error(
      `The database server is PostgreSQL ${major}; ${OLDEST_SUPPORTED} or newer is needed.`,
    );
  }
}
