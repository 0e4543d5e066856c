import { randomBytes } from 'node:crypto';
import { accessSync, constants, cpSync, statfsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { connect, type Database, type DatabaseConfig } from '../../src/database/connect.js';

type Kind = DatabaseConfig['kind'];

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated embedded database with the reference data and nothing else, that nobody has open, to be copied. */
    embeddedTemplate: string;
    /** Its like on the server of TEST_DATABASE_URL, by name. */
    postgresqlTemplate: string | null;
    /** A gateway that serves all conversation tests, and the stand-in for its carrier's API. */
    service: { readonly url: string; readonly carrier: string };
  }
}

const { TEST_DATABASE_URL } = process.env;

/** The server on which tests may create and drop databases of their own. */
export const testServer = TEST_DATABASE_URL || null;

export type Back = { readonly kind: Kind; readonly name: string; readonly available: boolean };

/** The databases that everything must work on, for tests that concern both. */
export const backs: readonly Back[] = [
  { kind: 'embedded', name: 'embedded', available: true },
  testServer === null
    ? { kind: 'postgresql', name: 'PostgreSQL (set TEST_DATABASE_URL)', available: false }
    : { kind: 'postgresql', name: 'PostgreSQL', available: true },
];

export type FreshDatabase = {
  /** For those that connect by themselves, such as a whole gateway or another process. */
  readonly config: DatabaseConfig;
  /** Removes the database. Close every connection to it first. */
  remove(): Promise<void>;
};

/** Makes a database of the caller's own: migrated, with the reference data and nothing else. */
export function freshDatabase(kind: Kind = 'embedded'): Promise<FreshDatabase> {
  if (kind === 'embedded') return copyFolder(inject('embeddedTemplate'));
  const template = inject('postgresqlTemplate');
  if (testServer === null || template === null) throw new Error('Set TEST_DATABASE_URL.');
  return copyOnServer(testServer, template);
}

type Tests = (database: () => Database, kind: Kind) => void;

type Options = {
  /** The tests change the schema or the reference data, so the database is nobody else's after. */
  readonly own?: boolean;
};

/**
 * A `describe` that runs its tests on each database, or reports them as skipped where there is no
 * server. `database()` gives the open one to the tests of the block; it is empty for the block.
 */
export function describeOnEachDatabase(title: string, tests: Tests, options: Options = {}): void {
  for (const back of backs) describeOn(back, title, tests, options);
}

/** The same for what only a server can show, such as two sessions in each other's way. */
export function describeOnPostgresql(title: string, tests: Tests): void {
  for (const back of backs) if (back.kind === 'postgresql') describeOn(back, title, tests, {});
}

function describeOn(
  { kind, name, available }: Back,
  title: string,
  tests: Tests,
  options: Options,
): void {
  describe.skipIf(!available)(`${title}, on ${name}`, () => {
    tests(useDatabase(kind, options), kind);
  });
}

/**
 * Opens a database for the tests of the file or `describe` block, empty but for the reference data.
 * The embedded one is {@link borrowDatabase}'s.
 */
export function useDatabase(
  kind: Kind = 'embedded',
  { own = false }: Options = {},
): () => Database {
  let opened: OpenDatabase | undefined;
  beforeAll(async () => {
    opened = kind === 'embedded' && !own ? await borrowDatabase() : await openFresh(kind);
  });
  afterAll(() => opened?.done());
  return () => {
    if (opened === undefined) throw new Error('The database is open only while tests run.');
    return opened.database;
  };
}

export type OpenDatabase = {
  readonly database: Database;
  readonly config: DatabaseConfig;
  /** Closes and removes it, or gives it back. */
  done(): Promise<void>;
};

async function openFresh(kind: Kind): Promise<OpenDatabase> {
  const { config, remove } = await freshDatabase(kind);
  const database = await connect(config);
  return {
    database,
    config,
    async done() {
      await database.close();
      await remove();
    },
  };
}

/** Of the worker, not of this module: a test that loads modules anew leaves it open for the others. */
const worker = globalThis as { embedded?: Promise<OpenDatabase>; lent?: boolean };

/**
 * The embedded database that the files of a worker share, one after the other, since opening one takes longer than
 * most tests: empty but for the reference data, and open.
 */
export async function borrowDatabase(): Promise<OpenDatabase> {
  if (worker.lent) {
    throw new Error(
      'The shared database is in use: a second one must be of its own (`freshDatabase`).',
    );
  }
  worker.lent = true;
  worker.embedded ??= openFresh('embedded');
  const { database, config } = await worker.embedded;
  await empty(database);
  return {
    database: { ...database, close: async () => {} },
    config,
    async done() {
      worker.lent = false;
    },
  };
}

/**
 * Row by row, without regard to who refers to whom: there are few, and a `truncate` makes a file anew for each
 * table and index, which takes longer than most tests.
 */
async function empty({ db }: Database): Promise<void> {
  await db.raw(`
    do $$
    declare
      name text;
    begin
      set local session_replication_role = replica;
      for name in select tablename from pg_tables
        where schemaname = 'public' and tablename not like 'knex%' and tablename <> 'reference_items'
      loop
        execute format('delete from %I', name);
      end loop;
      for name in select sequencename from pg_sequences where schemaname = 'public' and sequencename not like 'knex%'
      loop
        execute format('alter sequence %I restart', name);
      end loop;
    end
    $$`);
}

const MEMORY = '/dev/shm';
const ROOM_BYTES = 2 ** 31;

/** Memory, where there is plenty: a test database need not outlive its test, and disks are slow. */
export function scratchFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    accessSync(MEMORY, constants.W_OK);
    return bavail * bsize > ROOM_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** A copy of an embedded database that nobody has open. */
export async function copyFolder(template: string): Promise<FreshDatabase> {
  const home = await mkdtemp(join(scratchFolder(), 'cp2-test-'));
  const folder = join(home, 'database');
  // In one go: file by file takes twice as long, for there are a thousand of them.
  cpSync(template, folder, { recursive: true });
  return {
    config: { kind: 'embedded', folder },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}

async function copyOnServer(server: string, template: string): Promise<FreshDatabase> {
  const name = newTestDatabaseName();
  await onServer(server, `create database ${name} template ${template}`);
  return {
    config: { kind: 'postgresql', url: databaseUrl(server, name) },
    remove: () => dropDatabase(server, name),
  };
}

const TEST_DATABASE_NAME = /^cp2_test_(\d+)_[0-9a-f]+$/;

/** A name that tells when the database was made, for {@link dropLeftovers}. */
export function newTestDatabaseName(): string {
  return `cp2_test_${Date.now()}_${randomBytes(6).toString('hex')}`;
}

/** The server's URL, with another database. */
export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(server: string, name: string): Promise<void> {
  await onServer(server, `drop database if exists ${name} with (force)`);
}

/** Drops what killed runs have left, once it is an hour old. */
export async function dropLeftovers(server: string): Promise<void> {
  const rows = await onServer(server, `select datname from pg_database`);
  for (const { datname } of rows) {
    const made = Number(TEST_DATABASE_NAME.exec(datname)?.[1] ?? Number.POSITIVE_INFINITY);
    if (Date.now() - made > 3_600_000) await dropDatabase(server, datname);
  }
}

export async function onServer(server: string, sql: string): Promise<{ datname: string }[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return (await client.query<{ datname: string }>(sql)).rows;
  } finally {
    await client.end();
  }
}
