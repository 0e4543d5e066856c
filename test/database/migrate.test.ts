import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { connect, type Database } from '../../src/database/connect.js';
import { isMigrated, migrate } from '../../src/database/migrate.js';
import { describeOnEachDatabase, describeOnPostgresql, freshDatabase } from '../kit/database.js';

let folder: URL;

beforeEach(async () => {
  folder = pathToFileURL(`${await mkdtemp(join(tmpdir(), 'cp2-test-'))}/`);
});
afterEach(() => rm(folder, { recursive: true }));

describeOnEachDatabase(
  'migrate',
  (database) => {
    test('brings this version’s own migrations, and is ready then', async () => {
      expect(await isMigrated(database())).toBe(true);
      await migrate(database());
    });

    test('runs in the order of the names, and only what is new', async () => {
      const { db } = database();
      await add('0002-second.js', `await db('steps').insert({ step: 2 })`);
      await add('0001-first.ts', `await db.raw('create table steps (step int)')`);
      await add('0001-first.d.ts', 'not a migration');
      expect(await isMigrated(database(), folder)).toBe(false);
      await migrate(database(), folder);
      await migrate(database(), folder);
      expect(await isMigrated(database(), folder)).toBe(true);

      await add('0003-third.js', `await db('steps').insert({ step: 3 })`);
      expect(await isMigrated(database(), folder)).toBe(false);
      await migrate(database(), folder);
      expect(await db('steps').pluck('step').orderBy('step')).toEqual([2, 3]);
    });

    test('leaves nothing of a batch that fails', async () => {
      await add('0011-made.js', `await db.raw('create table made ()')`);
      await add('0012-broken.js', `throw new Error('broken')`);
      await expect(migrate(database(), folder)).rejects.toThrow('broken');
      expect(await database().db.schema.hasTable('made')).toBe(false);

      await rm(new URL('0012-broken.js', folder));
      await migrate(database(), folder);
      expect(await database().db.schema.hasTable('made')).toBe(true);
    });

    test('is not stopped by the lock of a process that was killed', async () => {
      const { db } = database();
      await db('knex_migrations_lock').update({ is_locked: 1 });
      await add('0021-next.js', `await db.raw('create table next ()')`);
      await migrate(database(), folder);
      expect(await db.schema.hasTable('next')).toBe(true);
    });

    test('can do without a transaction where a migration asks for that', async () => {
      await add(
        '0031-index.js',
        `await db.raw('create table wide (a int)');
       await db.raw('create index concurrently wide_a on wide (a)')`,
        'export const config = { transaction: false };',
      );
      await migrate(database(), folder);
      expect(await isMigrated(database(), folder)).toBe(true);
    });
  },
  { own: true },
);

describeOnPostgresql('several processes that start at once', () => {
  test('migrate once', async () => {
    const starters = await connectToOne(4);
    // As on the very first start: not even Knex's own tables are there.
    await starters[0]?.db.raw('drop table knex_migrations, knex_migrations_lock');
    await add('0001-slow.js', `await db.raw('create table slow as select 1 from pg_sleep(0.2)')`);

    await Promise.all(starters.map((starter) => migrate(starter, folder)));
    expect(await starters[0]?.db('slow').count()).toEqual([{ count: 1 }]);
  });

  test('are not held up for ever by one that is killed', async () => {
    const [killed, next] = await connectToOne(2);
    if (killed === undefined || next === undefined) throw new Error('Two are wanted.');
    await add('0001-endless.js', `await db.raw('create table t as select 1 from pg_sleep(60)')`);
    const migrating = migrate(killed, folder);
    const dying = expect(migrating).rejects.toThrow();
    await vi.waitFor(
      async () => {
        const { rows } = await next.db.raw(
          `select pg_terminate_backend(pid) as killed from pg_stat_activity
           where datname = current_database() and query like 'create table t as%'`,
        );
        expect(rows).toEqual([{ killed: true }]);
      },
      { timeout: 10_000 },
    );
    await dying;
    await rm(new URL('0001-endless.js', folder));
    await add('0001-brief.js', `await db.raw('create table t ()')`);
    await migrate(next, folder);
    expect(await isMigrated(next, folder)).toBe(true);
  });
});

/** Several open databases that are one on the server, as of several processes. */
async function connectToOne(count: number): Promise<Database[]> {
  const { config, remove } = await freshDatabase('postgresql');
  const opened = await Promise.all(Array.from({ length: count }, () => connect(config)));
  onTestFinished(async () => {
    await Promise.all(opened.map((database) => database.close()));
    await remove();
  });
  return opened;
}

async function add(file: string, body: string, more = ''): Promise<void> {
  await writeFile(new URL(file, folder), `export async function up(db) {\n${body};\n}\n${more}\n`);
}
