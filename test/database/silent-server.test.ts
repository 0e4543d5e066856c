import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/database/database.js';
import { openPostgresql } from '../../src/database/postgresql.js';
import { inTransaction } from '../../src/database/transaction.js';
import { testServer } from '../kit/database.js';

const SILENT_MS = 300;
const SILENT = `The database server has not answered for ${SILENT_MS} ms.`;

/** A way to a server that can be cut so that neither side notices. */
async function openWay(server: URL) {
  const ends = new Set<Socket>();
  const way = createServer((near) => {
    const far = connect(Number(server.port || 5432), server.hostname);
    near.pipe(far).pipe(near);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => {});
    }
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
  const url = new URL(server);
  url.hostname = '127.0.0.1';
  url.port = String((way.address() as AddressInfo).port);
  return {
    url: url.href,
    /** What is connected by now hears nothing more; who connects from now on is served. */
    cut() {
      for (const end of ends) end.unpipe().pause();
    },
    close() {
      for (const end of ends) end.destroy();
      way.close();
    },
  };
}

describe.skipIf(testServer === null)('a server that says nothing (set TEST_DATABASE_URL)', () => {
  let way: Awaited<ReturnType<typeof openWay>>;
  let database: Database;

  beforeEach(async () => {
    way = await openWay(new URL(testServer ?? ''));
    database = await openPostgresql(way.url, SILENT_MS);
  });
  afterEach(async () => {
    way.close();
    await database.close();
  });

  const backend = async () => {
    const { rows } = await database.hot.raw<{ rows: { pid: number }[] }>(
      'select pg_backend_pid() as pid',
    );
    return rows[0]?.pid;
  };

  test('is given up, and the next question goes to it anew', async () => {
    const before = await backend();
    way.cut();
    await expect(backend()).rejects.toThrow(SILENT);
    expect(await backend()).not.toBe(before);
  });

  test('also in the middle of a transaction', async () => {
    const { db } = database;
    const stuck = inTransaction(db, async (trx) => {
      await trx.raw('select 1');
      way.cut();
      await trx.raw('select 2');
    });
    await expect(stuck).rejects.toThrow();
    expect((await db.raw('select 3 as three')).rows).toEqual([{ three: 3 }]);
  });

  test('is not, where it was not asked anything; and after that it is as before', async () => {
    const { db } = database;
    const pid = (await backend()) ?? 0;
    // Longer than that in all, and never so long at once.
    for (let nap = 0; nap < 3; nap += 1) await db.raw('select pg_sleep(?)', [0.15]);
    expect(await db('pg_stat_activity').where({ pid }).pluck('pid')).toEqual([pid]);
    way.cut();
    await expect(backend()).rejects.toThrow(SILENT);
  });
});
