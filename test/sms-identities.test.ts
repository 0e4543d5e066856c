import { beforeAll, expect, test } from 'vitest';
import type { SmsIdentities } from '../src/channels/smpp/index.js';
import { createSeal } from '../src/seal.js';
import { createSmsIdentities, dropUnconfirmedSms } from '../src/sms-identities.js';
import { createClock } from './kit/clock.js';
import { describeOnEachDatabase } from './kit/database.js';
import { DATA_KEY, newPhone, seal } from './profile/people.js';

describeOnEachDatabase('SMS from a carrier that gives them no ids', (database) => {
  const clock = createClock('2026-11-24T09:00:00Z');
  let ids: SmsIdentities;
  beforeAll(() => {
    ids = createSmsIdentities({ db: database().db, seal, now: clock.now });
  });
  const one = Buffer.from('1');

  test('are the same until the carrier is known to know, and then another', async () => {
    const phone = newPhone();
    const first = await ids.identify(phone, one);
    expect(await ids.identify(phone, one)).toBe(first);
    await ids.settle(phone, first);
    const second = await ids.identify(phone, one);
    expect(second).not.toBe(first);
    // A process that was late with the first one.
    await ids.settle(phone, first);
    expect(await ids.identify(phone, one)).toBe(second);
  });

  test('are the same to processes that hear them at once', async () => {
    const phone = newPhone();
    const heard = await Promise.all(Array.from({ length: 8 }, () => ids.identify(phone, one)));
    expect(new Set(heard).size).toBe(1);
  });

  test('are the same after the key was replaced', async () => {
    const phone = newPhone();
    const first = await ids.identify(phone, one);
    const renewed = createSeal(Buffer.alloc(32, 9), [DATA_KEY]);
    const later = createSmsIdentities({ db: database().db, seal: renewed, now: clock.now });
    expect(await later.identify(phone, one)).toBe(first);
    expect(await later.identify(phone, one)).toBe(first);
  });

  test('are the same to two processes that have the keys in another order', async () => {
    const other = Buffer.alloc(32, 9);
    const [x, y] = [createSeal(DATA_KEY, [other]), createSeal(other, [DATA_KEY])].map((two) =>
      createSmsIdentities({ db: database().db, seal: two, now: clock.now }),
    );
    for (let round = 0; round < 5; round += 1) {
      const phone = newPhone();
      const heard = await Promise.all([x, y, x, y].map((ids) => ids?.identify(phone, one)));
      expect(new Set(heard).size).toBe(1);
    }
  });

  test('are told apart by their content and their numbers', async () => {
    const [phone, other] = [newPhone(), newPhone()];
    const heard = [
      await ids.identify(phone, one),
      await ids.identify(phone, Buffer.from('2')),
      await ids.identify(other, one),
    ];
    expect(new Set(heard).size).toBe(3);
  });

  test('are another after an hour in which nobody knew, but not while the carrier tries', async () => {
    const phone = newPhone();
    const first = await ids.identify(phone, one);
    clock.pass({ minutes: 50 });
    expect(await ids.identify(phone, one)).toBe(first);
    clock.pass({ minutes: 50 });
    expect(await ids.identify(phone, one)).toBe(first);
    clock.pass({ minutes: 61 });
    expect(await ids.identify(phone, one)).not.toBe(first);
  });

  test('leave nothing behind', async () => {
    const { db } = database();
    const phone = newPhone();
    await ids.settle(phone, await ids.identify(phone, one));
    expect(await db('unconfirmed_sms').where({ phone })).toEqual([]);
    await ids.identify(phone, one);
    clock.pass({ minutes: 61 });
    await dropUnconfirmedSms(db, clock.now());
    expect(await db('unconfirmed_sms')).toEqual([]);
  });
});
