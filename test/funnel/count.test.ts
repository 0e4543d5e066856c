import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countCalls } from '../../src/funnel/count.js';
import { type Funnel, readFunnel, type Scope } from '../../src/funnel/read.js';
import { quantile } from '../../src/funnel/times.js';
import { type Clock, createClock } from '../kit/clock.js';
import { backs, describeOnEachDatabase } from '../kit/database.js';
import { newSessionId, ussdForm } from '../kit/handset.js';
import { rowsOf } from '../kit/rows.js';
import { openService, type Service } from '../kit/service.js';

const going = { pause: async () => {}, stopping: new AbortController().signal };
const everything: Scope = { from: '2026-01-01', to: '2026-12-31', channel: null, language: null };
const TABLES = ['funnel_calls', 'funnel_flows', 'funnel_screens', 'funnel_watermarks'];

/** What is kept of the funnel, as text. */
async function kept(db: Knex) {
  const rows = await rowsOf(db);
  return Object.fromEntries(TABLES.map((table) => [table, rows[table]]));
}

const flowOf = (funnel: Funnel, name: string) => funnel.flows.find(({ flow }) => flow === name);
const screenOf = (funnel: Funnel, flow: string, name: string) =>
  flowOf(funnel, flow)?.screens.find(({ state }) => state === name);

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`calls of the service are counted, on ${name}`, () => {
    let service: Service;
    let clock: Clock;
    let funnel: Funnel;

    beforeAll(async () => {
      // Late in the evening in UTC it is the next day in Kenya.
      clock = createClock('2026-11-23T21:30:00Z');
      service = await openService({ kind, now: clock.now });
      await callsOfADay(service, clock);
      await countCalls(service.db, clock.now(), going);
      funnel = await readFunnel(service.db, everything);
    });
    afterAll(() => service?.stop());

    test('by day in Kenya, channel and language', () => {
      expect(funnel.days.map(({ day }) => day)).toEqual(['2026-11-24']);
      expect(funnel.total).toEqual({ calls: 6, finished: 4, tasks: 4, gaveUp: 1, cutOff: 1 });
      expect(funnel.channels).toMatchObject([
        { channel: 'ussd', calls: 5, finished: 3 },
        { channel: 'sms', calls: 1, finished: 1 },
      ]);
      expect(funnel.languages).toMatchObject([
        { language: 'en', calls: 4 },
        { language: 'sw', calls: 2 },
      ]);
    });

    test('with where they were left', () => {
      expect(flowOf(funnel, 'registration')).toMatchObject({
        ...{ started: 5, finished: 3, gaveUp: 1, cutOff: 1 },
        languages: [
          { language: 'en', started: 3, finished: 2 },
          { language: 'sw', started: 2, finished: 1 },
        ],
      });
      expect(screenOf(funnel, 'registration', 'consent')).toMatchObject({
        ...{ reached: 4, shown: 6, slips: 2, gaveUp: 1, cutOff: 1 },
      });
      expect(screenOf(funnel, 'home', 'welcome')).toMatchObject({ reached: 4, gaveUp: 0 });
    });

    test('with how long their screens took', () => {
      const { times = [] } = screenOf(funnel, 'registration', 'consent') ?? {};
      expect(times.reduce((sum, count) => sum + count)).toBe(4);
      expect(quantile(times, 1)).toBe(12);
    });

    test('with what was asked', () => {
      const questions = flowOf(funnel, 'profile')?.questions ?? [];
      expect(questions.map(({ state, topic, slips }) => [state, topic, slips])).toEqual([
        ['question', 'fullName', 1],
        ['question', 'yearOfBirth', 0],
      ]);
      expect(flowOf(funnel, 'profile')).toMatchObject({ started: 1, finished: 1, gaveUp: 0 });
      expect(screenOf(funnel, 'profile', 'question')).toMatchObject({ stopped: 1, gaveUp: 0 });
    });

    test('with what they cost, where the carrier has told', () => {
      expect(funnel.costs).toEqual([{ currency: 'KES', amount: 2, tasks: 1 }]);
      expect(flowOf(funnel, 'registration')?.costs).toEqual([
        { currency: 'KES', amount: 2, tasks: 1 },
      ]);
    });

    test('once, however often and by however many', async () => {
      const before = await kept(service.db);
      await countCalls(service.db, clock.now(), going);
      clock.pass({ hours: 1 });
      await Promise.all([1, 2, 3].map(() => countCalls(service.db, clock.now(), going)));
      const after = await kept(service.db);
      const { funnel_watermarks: _, ...counts } = before;
      expect(after).toMatchObject(counts);
    });

    test('and what follows is added', async () => {
      const phone = service.phone();
      await phone.dial();
      await countCalls(service.db, clock.now(), going);
      expect((await readFunnel(service.db, everything)).total.calls).toBe(6);
      clock.pass({ minutes: 11 });
      await countCalls(service.db, clock.now(), going);
      const more = await readFunnel(service.db, everything);
      expect(more.total).toMatchObject({ calls: 7, gaveUp: 2 });
      expect(screenOf(more, 'home', 'welcome')).toMatchObject({ reached: 5, gaveUp: 1 });
      expect(screenOf(more, 'registration', 'consent')?.times).toEqual(
        screenOf(funnel, 'registration', 'consent')?.times,
      );
    });

    test('with nothing about anybody', async () => {
      const phones: string[] = await service.db('callers').pluck('phone');
      expect(phones.length).toBeGreaterThan(5);
      const text = JSON.stringify(await kept(service.db));
      for (const telling of [...phones.map((phone) => phone.slice(3)), 'Wanjiku']) {
        expect(text).not.toContain(telling);
      }
    });
  });
}

/** Five calls and an SMS: three register, one of them by SMS; one gives up, one is cut off, one fills in. */
async function callsOfADay(service: Service, clock: Clock): Promise<void> {
  const end = async (
    call: { session: string; number: string },
    status: string,
    more: Readonly<Record<string, string>> = {},
  ) => {
    const form = { ...ussdForm({ ...call, text: '' }), date: '2026-11-24 00:30:00', status };
    await service.post('ussd-events', { ...form, hopsCount: '3', ...more });
  };
  const turns = async (number: string, answers: readonly string[], seconds: number) => {
    const session = newSessionId();
    for (const [index] of ['', ...answers].entries()) {
      if (index > 0) clock.pass({ seconds });
      await service.post(
        'ussd',
        ussdForm({ session, number, text: answers.slice(0, index).join('*') }),
      );
    }
    return { session, number };
  };
  const [finisher, quitter, unlucky, mzee] = [
    ...[service.phone(), service.phone(), service.phone(), service.phone()],
  ].map(({ number }) => number);
  await end(await turns(finisher ?? '', ['1', '1'], 5), 'Success', { cost: 'KES 1.5000' });
  await end(await turns(quitter ?? '', ['1', '7', 'ok'], 9), 'Incomplete', { cost: 'KES 0.5000' });
  // Swahili, by the second option of the menu; then register.
  await end(await turns(unlucky ?? '', ['2', '2', '1'], 3), 'Failed');
  // No word from the carrier.
  await turns(mzee ?? '', ['2', '2', '1', '1'], 11);
  await service.phone().text('REGISTER');
  clock.pass({ minutes: 2 });
  const filling = await turns(finisher ?? '', ['1', '1', 'X7', 'Jane Wanjiku'], 14);
  await end(filling, 'Incomplete');
  clock.pass({ hours: 25 });
}

describeOnEachDatabase('many calls', (database) => {
  const CALLS = 600;

  beforeEach(async () => {
    const { db } = database();
    for (const table of ['turns', 'sessions', 'callers']) await db(table).delete();
    for (const table of TABLES) await db(table).delete();
    await db.raw(
      `insert into callers (phone, first_seen_at) values ('254712345678', '2026-11-24T06:00:00Z')`,
    );
    // Some begin at the same instant.
    await db.raw(
      `insert into sessions (phone, channel, carrier, carrier_session, language, open, turns, heard_digest,
         started_at, turned_at)
       select '254712345678', 'ussd', 'carrier', n::text, 'en', true, 1, decode('00', 'hex'), at, at
       from generate_series(1, ?) n, lateral (
         select timestamptz '2026-11-24T06:00:00Z' + n / 7 * interval '1 second' as at) a`,
      [CALLS],
    );
    await db.raw(
      `insert into turns (phone, input_digest, session_id, number, flow, state, slipped, reply, ended, taken_at)
       select phone, decode(lpad(to_hex(id), 8, '0'), 'hex'), id, 1, 'home', 'menu', false, '', false, started_at
       from sessions`,
    );
  });

  const at = new Date('2026-11-24T07:00:00Z');

  test('are counted in batches, and none twice', async () => {
    const { db } = database();
    await Promise.all([countCalls(db, at, going), countCalls(db, at, going)]);
    const { total, flows } = await readFunnel(db, everything);
    expect(total.calls).toBe(CALLS);
    expect(flows).toMatchObject([{ flow: 'home', started: CALLS, screens: [{ reached: CALLS }] }]);
  });

  test('can be left in the middle, and gone on with', async () => {
    const { db } = database();
    const stopping = new AbortController();
    await countCalls(db, at, { pause: async () => stopping.abort(), stopping: stopping.signal });
    const { calls } = (await readFunnel(db, everything)).total;
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThan(CALLS);
    await countCalls(db, at, going);
    expect((await readFunnel(db, everything)).total.calls).toBe(CALLS);
  });
});
