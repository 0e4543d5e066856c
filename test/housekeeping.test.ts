import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findWholeReads } from '../bench/plans/explain.js';
import { recordQueries } from '../bench/plans/queries.js';
import { inTransaction } from '../src/database/transaction.js';
import { readFunnel } from '../src/funnel/read.js';
import { type House, keepHouse } from '../src/housekeeping.js';
import { recordDeliveryReport } from '../src/messages/delivery-reports.js';
import { queueSms } from '../src/messages/queue.js';
import type { Phone } from '../src/phone-number.js';
import { recordReading } from '../src/replay/readings.js';
import { createSeal } from '../src/seal.js';
import { closeOldDialogues, dropOldCalls } from '../src/turns/old-calls.js';
import { type Clock, createClock } from './kit/clock.js';
import { backs, describeOnEachDatabase, describeOnPostgresql } from './kit/database.js';
import { outboxEmptied } from './kit/rows.js';
import { openService, type Service } from './kit/service.js';

const START = '2026-11-24T06:00:00Z';
const always = { from: '2026-01-01', to: '2027-12-31', channel: null, language: null } as const;

/** A house in which nothing may fail. */
function houseOf(db: Knex, now: () => Date, more: Partial<House> = {}): House {
  return {
    ...{ db, now, parts: { tidy: async () => {} } },
    stopping: new AbortController().signal,
    pause: async () => {},
    onFailure(error) {
      throw error;
    },
    ...more,
  };
}

async function count(db: Knex, table: string): Promise<number> {
  const rows: unknown[] = await db(table).select(db.raw('1'));
  return rows.length;
}

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`what people did is kept for a season, on ${name}`, () => {
    let service: Service;
    let clock: Clock;
    const keep = () => keepHouse(houseOf(service.db, clock.now));
    const counts = async (...tables: string[]) =>
      Promise.all(tables.map((table) => count(service.db, table)));

    beforeAll(async () => {
      clock = createClock(START);
      service = await openService({ kind, now: clock.now });
    });
    afterAll(() => service?.stop());

    test('and goes after ninety days, but for what has been counted and the account itself', async () => {
      const phone = service.phone();
      await phone.dial();
      await phone.reply('1');
      await phone.reply('1');
      await phone.nextSms();
      await phone.text('PROFILE NAME Jane Wanjiku');
      await phone.nextSms();
      await outboxEmptied(service.db);
      expect(await counts('sessions', 'turns', 'messages')).toEqual([2, 4, 2]);

      clock.pass({ days: 89, hours: 23 });
      await keep();
      expect(await counts('sessions', 'turns', 'messages')).toEqual([2, 4, 2]);
      clock.pass({ hours: 2 });
      await keep();
      expect(await counts('sessions', 'turns', 'messages')).toEqual([0, 0, 0]);
      expect(await counts('accounts', 'callers', 'profile_details')).toEqual([1, 1, 1]);
      const funnel = await readFunnel(service.db, always);
      expect(funnel.total).toMatchObject({ calls: 2, finished: 2, gaveUp: 0 });

      // Whoever was there then calls today as ever.
      expect((await phone.dial()).text).toContain('1. Profile');
      await keep();
      expect(await counts('sessions', 'turns')).toEqual([1, 1]);
    });

    test('what was left open is closed after a day', async () => {
      const phone = service.phone();
      const open = () =>
        service
          .db('sessions')
          .where({ phone: phone.number.slice(1) })
          .orderBy('id')
          .pluck('open');
      await phone.dial();
      clock.pass({ hours: 23 });
      await phone.dial();
      await keep();
      expect(await open()).toEqual([true, true]);
      clock.pass({ hours: 2 });
      await keep();
      expect(await open()).toEqual([false, true]);
    });
  });
}

describeOnEachDatabase('housekeeping', (database) => {
  const now = () => new Date('2027-03-01T06:00:00Z');
  const db = () => database().db;
  const keep = (more: Partial<House> = {}) => keepHouse(houseOf(db(), now, more));
  const daysAgo = (days: number) => new Date(now().getTime() - days * 24 * 60 * 60 * 1000);
  async function haveMessage(days: number, state: string): Promise<void> {
    const at = daysAgo(days);
    await inTransaction(db(), (trx) =>
      queueSms(trx, { phone: PHONE, text: 'Hello', carries: 'reply', at }, seal),
    );
    if (state === 'queued') return;
    await db()('messages').where({ created_at: at }).update({ state, body: null });
  }

  beforeEach(async () => {
    const tables = ['turns', 'sessions', 'messages', 'accounts', 'callers', 'funnel_watermarks'];
    for (const table of [...tables, 'readings', 'early_delivery_reports', 'login_failures']) {
      await db()(table).delete();
    }
    await db()('callers').insert({ phone: PHONE, first_seen_at: daysAgo(200) });
  });

  test('goes through more calls than one statement takes, and leaves those of today', async () => {
    await manyCalls(db(), 600, daysAgo(91));
    await manyCalls(db(), 10, daysAgo(1));
    await keep();
    expect([await count(db(), 'sessions'), await count(db(), 'turns')]).toEqual([10, 20]);
    expect((await readFunnel(db(), always)).total.calls).toBeGreaterThanOrEqual(610);
  });

  test('can be done by several at once', async () => {
    await manyCalls(db(), 600, daysAgo(91));
    await Promise.all([keep(), keep(), keep()]);
    // What one of them held another has passed over.
    await keep();
    expect([await count(db(), 'sessions'), await count(db(), 'turns')]).toEqual([0, 0]);
  });

  test('keeps calls that have not been counted', async () => {
    await manyCalls(db(), 5, daysAgo(91));
    expect(await dropOldCalls(db(), daysAgo(90))).toBe(0);
    const half = new Date(daysAgo(91).getTime() + 2_000);
    await db()('funnel_watermarks').insert({ channel: 'ussd', counted_until: half });
    expect(await dropOldCalls(db(), daysAgo(90))).toBe(2);
    expect([await count(db(), 'sessions'), await count(db(), 'turns')]).toEqual([3, 6]);
  });

  test('stops where it is when it is asked to', async () => {
    await manyCalls(db(), 600, daysAgo(91));
    await keep({ stopping: AbortSignal.abort() });
    expect(await count(db(), 'sessions')).toBe(600);
    const stopping = new AbortController();
    await db()('funnel_watermarks').insert({ channel: 'ussd', counted_until: now() });
    const stopped = keep({ stopping: stopping.signal, pause: async () => stopping.abort() });
    await stopped;
    const left = await count(db(), 'sessions');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(600);
  });

  test('removes SMS whatever came of them, but not those that still wait', async () => {
    const states = ['delivered', 'failed', 'accepted', 'sent', 'queued'];
    for (const [index, state] of states.entries()) await haveMessage(91 + index, state);
    await haveMessage(89, 'delivered');
    await keep();
    const left = await db()('messages').orderBy('created_at').pluck('state');
    expect(left).toEqual(['queued', 'delivered']);
  });

  test('removes what was noted for a while only', async () => {
    for (const days of [8, 6]) {
      const report = { carrier: 'africastalking', carrierMessageId: `sent ${days} days ago` };
      await recordDeliveryReport(
        db(),
        { ...report, state: 'sent', phone: null, network: null },
        daysAgo(days),
      );
    }
    await db()('login_failures').insert([
      { phone: PHONE, failures: 1, last_at: daysAgo(2) },
      { phone: '254711111111', failures: 1, last_at: daysAgo(0.5) },
    ]);
    for (const days of [1_096, 1_094]) {
      const reading = { what: 'transcript', sessions: [1], by: 'otieno' } as const;
      await recordReading(db(), seal, { ...reading, phone: PHONE, at: daysAgo(days) });
    }
    await keep();
    for (const table of ['early_delivery_reports', 'login_failures', 'readings']) {
      expect(await count(db(), table), table).toBe(1);
    }
  });

  test('what fails does not keep the rest from being done', async () => {
    await haveMessage(91, 'sent');
    const failures: unknown[] = [];
    await keep({
      parts: { tidy: () => Promise.reject(new Error('no tidying today')) },
      db: new Proxy(db(), {
        apply(target, self, args: [string]) {
          if (args[0] === 'funnel_watermarks') throw new Error('no counting today');
          return Reflect.apply(target, self, args);
        },
      }),
      onFailure: (error) => failures.push(error),
    });
    expect(failures).toHaveLength(2);
    expect(await count(db(), 'messages')).toBe(0);
  });
});

describeOnPostgresql('on a server, housekeeping', (database) => {
  test('reads no growing table from one end to the other', async () => {
    const { db } = database();
    const heard = recordQueries();
    await keepHouse(houseOf(db, () => new Date(START)));
    heard.stop();
    const { connectionString } = db.client.config.connection;
    const queries = heard.queries();
    const texts = queries.map(({ text }) => text).join('\n');
    for (const table of ['sessions', 'turns', 'messages', 'early_delivery_reports']) {
      expect(texts).toMatch(new RegExp(`\\b${table}\\b`));
    }
    expect(await findWholeReads(connectionString, queries, { avoidWholeReads: true })).toEqual([]);
  });

  test('finds what was left open by when it began, whatever is open today', async () => {
    const { db } = database();
    await db('callers').insert({ phone: PHONE, first_seen_at: START });
    const daysAgo = (days: number) => new Date(Date.parse(START) - days * 24 * 60 * 60 * 1000);
    await manyCalls(db, 3_000, daysAgo(30));
    await manyCalls(db, 3_000, daysAgo(1));
    await db('sessions').where('started_at', '>', daysAgo(1)).update({ open: true });
    await db('sessions')
      .where('id', db('sessions').min('id').where('started_at', '<', daysAgo(2)))
      .update({ open: true });

    const heard = recordQueries();
    const close = () => closeOldDialogues(db, daysAgo(1));
    expect(await close()).toBe(1);
    expect(await close()).toBe(0);
    heard.stop();
    const query = heard.queries().find(({ text }) => text.includes('set open = false'));
    const explain = async () => {
      const { rows } = await db.raw<{ rows: Record<string, string>[] }>(
        `explain ${query?.text.replace(/\$\d/g, '?')}`,
        [...(query?.values ?? [])] as string[],
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const byStart = /open_sessions_by_start .*\n +Index Cond: \(started_at </;
    const unknown = await explain();
    expect(unknown).toMatch(byStart);
    expect(unknown).not.toContain('Seq Scan');
    await db.raw('analyze sessions');
    const known = await explain();
    expect(known).toMatch(byStart);
    expect(known).not.toMatch(/Seq Scan|Bitmap|Sort/);
  });
});

const PHONE = '254712345678' as Phone;
const seal = createSeal(randomBytes(32));

/** Calls of one number, a second apart, each of two turns. */
async function manyCalls(db: Knex, calls: number, from: Date): Promise<void> {
  await db.raw(
    `with begun as (
       insert into sessions (phone, channel, carrier, carrier_session, language, open, turns, heard_digest,
         started_at, turned_at)
       select ?, 'ussd', 'carrier', ? || n::text, 'en', false, 2, decode('00', 'hex'), at, at
       from generate_series(1, ?) n, lateral (select ?::timestamptz + n * interval '1 second' as at) a
       returning id, phone, started_at
     )
     insert into turns (phone, input_digest, session_id, number, flow, state, slipped, reply, ended, taken_at)
     select phone, decode(lpad(to_hex(id * 2 + n), 8, '0'), 'hex'), id, n, 'home', 'menu', false, '', false,
       started_at
     from begun, generate_series(1, 2) n`,
    [PHONE, `${from.getTime()} `, calls, from],
  );
}
