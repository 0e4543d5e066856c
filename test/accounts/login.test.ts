import { beforeEach, describe, expect, test } from 'vitest';
import { hashingNow } from '../../src/accounts/hashing.js';
import { forgetOldFailures, logIn, pauseBefore } from '../../src/accounts/login.js';
import type { Phone } from '../../src/phone-number.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { haveAccount, newPhone, START } from '../web/web-server.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RIGHT = 'three blind mice';

describe('the pause before the answer to a try', () => {
  test.each([
    [1, 0],
    [4, 0],
    [5, 250],
    [6, 500],
    [7, 1000],
    [8, 2000],
    [9, 2000],
    [10, 2000],
  ])('number %i: %i ms', (nthTry, ms) => {
    expect(pauseBefore(nthTry)).toBe(ms);
  });
});

describeOnEachDatabase('logging in', (database) => {
  let now: Date;
  let pauses: number[];
  let phone: Phone;

  beforeEach(() => {
    now = START;
    pauses = [];
    phone = newPhone();
  });

  const after = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  const attempt = (password: string) =>
    logIn(
      {
        db: database().db,
        now: () => now,
        pause: async (ms) => {
          pauses.push(ms);
        },
      },
      { phone, password },
    );
  const wrong = async (times: number) => {
    for (let n = 0; n < times; n += 1) expect(await attempt('wrong')).toEqual({ kind: 'wrong' });
  };
  const failures = () => database().db('login_failures').where({ phone }).first();
  const own = () => haveAccount(database().db, { phone, password: RIGHT });
  const issued = () => haveAccount(database().db, { phone, password: '48219035', kind: 'issued' });

  test('the own password lets in, and nothing is held against the number', async () => {
    await own();
    await wrong(3);
    expect(await attempt(RIGHT)).toMatchObject({ kind: 'in', mustChange: false });
    expect(await failures()).toBeUndefined();
    expect(pauses).toEqual([]);
  });

  test('an issued password lets in, in either spelling, to be changed', async () => {
    await issued();
    expect(await attempt('4821 9035')).toMatchObject({ kind: 'in', mustChange: true });
    expect(await attempt('48219035')).toMatchObject({ kind: 'in', mustChange: true });
  });

  test('an issued password works for 72 hours', async () => {
    await issued();
    after(72 * HOUR - 1);
    expect(await attempt('48219035')).toMatchObject({ kind: 'in' });
    after(1);
    expect(await attempt('48219035')).toEqual({ kind: 'wrong' });
  });

  test.each(['with an account', 'without one'])('ten wrong tries, %s', async (which) => {
    if (which === 'with an account') await own();
    await wrong(10);
    expect(pauses).toEqual([250, 500, 1000, 2000, 2000, 2000]);
    const until = new Date(START.getTime() + 15 * MINUTE);
    expect(await attempt('wrong')).toEqual({ kind: 'stopped', until });
    after(14 * MINUTE);
    expect(await attempt(RIGHT)).toEqual({ kind: 'stopped', until });
    expect(await attempt(RIGHT)).toEqual({ kind: 'stopped', until });
  });

  test('the tenth try may still be the right one', async () => {
    await own();
    await wrong(9);
    expect(await attempt(RIGHT)).toMatchObject({ kind: 'in' });
    await wrong(4);
    expect(pauses).toEqual([250, 500, 1000, 2000, 2000, 2000]);
  });

  test.each<[string, () => Promise<void>]>([
    ['with an own password', () => own()],
    ['with an issued one', () => issued()],
    ['without an account', async () => {}],
  ])('a number %s takes the time of one hashing', async (_, have) => {
    await have();
    const { asked } = hashingNow();
    await attempt('wrong');
    // It is told by the work, not by the clock: the machine may be busy.
    expect(hashingNow().asked).toEqual({
      hashes: asked.hashes + 1,
      kib: asked.kib + 2 * 19_456,
    });
  });

  test('after the stop, it begins anew', async () => {
    await own();
    await wrong(10);
    await attempt('wrong');
    after(15 * MINUTE);
    pauses = [];
    await wrong(4);
    expect(await attempt(RIGHT)).toMatchObject({ kind: 'in' });
    expect(pauses).toEqual([250]);
  });

  test('failures of more than a day ago do not count', async () => {
    await own();
    await wrong(9);
    after(24 * HOUR);
    await wrong(1);
    expect(await failures()).toMatchObject({ failures: 1, stopped_until: null });
  });

  test('of many tries at once, ten are looked at', async () => {
    await own();
    const outcomes = await Promise.all(Array.from({ length: 25 }, () => attempt('wrong')));
    const kinds = outcomes.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'wrong')).toHaveLength(10);
    expect(kinds.filter((kind) => kind === 'stopped')).toHaveLength(15);
  });

  test('what no longer counts is deleted, and a stop that lasts is not', async () => {
    await wrong(1);
    const old = phone;
    after(23 * HOUR);
    phone = newPhone();
    await wrong(10);
    after(HOUR);
    await forgetOldFailures(database().db, now);
    const kept = await database()
      .db('login_failures')
      .whereIn('phone', [old, phone])
      .pluck('phone');
    expect(kept).toEqual([phone]);
  });
});
