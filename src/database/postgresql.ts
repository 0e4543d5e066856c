import type { Socket } from 'node:net';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { columnTypes } from './column-types.js';
import { type Database, HOT_PLANNING } from './database.js';
import { knexDefaults } from './knex-defaults.js';

const OLDEST_SUPPORTED = 14;

/** The server itself gives up a statement that takes longer. */
const STATEMENT_TIMEOUT_MS = 5_000;
/** So it has said something by then, or is not there. */
const SILENT_MS = STATEMENT_TIMEOUT_MS + 3_000;

/**
 * Opens a pool of sessions on a PostgreSQL server, and makes sure that the server answers.
 * Rejects where it does not, or is older than {@link OLDEST_SUPPORTED}.
 *
 * @param silentMs how long a server may say nothing to what it was asked, in milliseconds.
 */
export async function openPostgresql(url: string, silentMs = SILENT_MS): Promise<Database> {
  const usual = { statementTimeoutMs: STATEMENT_TIMEOUT_MS, silentMs };
  const db = openPool(url, { ...usual, pool: { min: 0, max: 10 } });
  const hot = openPool(url, {
    ...usual,
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
      const session = openPool(url, {
        statementTimeoutMs: 0,
        silentMs: null,
        pool: { min: 1, max: 1 },
      });
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
  options: {
    readonly statementTimeoutMs: number;
    readonly silentMs: number | null;
    readonly pool: { readonly min: number; readonly max: number };
    readonly options?: string;
  },
): Knex {
  const { silentMs } = options;
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
    pool: {
      ...options.pool,
      afterCreate(client: Client, done: (error: Error | null) => void) {
        if (silentMs !== null) endWhereSilent(client, silentMs);
        done(null);
      },
    },
    acquireConnectionTimeout: 5_000,
  });
}

/** Its socket is not among the declared types. */
type Client = pg.Client & { readonly connection: { readonly stream: Socket } };

/**
 * Ends a session whose server leaves a question without an answer. Where the server's machine is gone, or the way
 * to it, nobody closes the connection, and TCP by itself waits for a quarter of an hour: every turn would, too.
 */
function endWhereSilent(client: Client, silentMs: number): void {
  const { stream } = client.connection;
  let answered = stream.bytesWritten;
  client.on('drain', () => {
    answered = stream.bytesWritten;
  });
  stream.setTimeout(silentMs);
  stream.on('timeout', () => {
    if (stream.bytesWritten === answered) return;
    stream.destroy(new Error(`The database server has not answered for ${silentMs} ms.`));
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
