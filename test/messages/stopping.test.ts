import { beforeEach, expect, test } from 'vitest';
import { hasStopped } from '../../src/callers.js';
import { inTransaction } from '../../src/database/transaction.js';
import { startMessages, stopMessages } from '../../src/messages/stopping.js';
import type { Phone } from '../../src/phone-number.js';
import { describeOnEachDatabase } from '../kit/database.js';
import {
  createCarrier,
  createClock,
  emptyOutbox,
  makeOutbox,
  messages,
  phoneNumber,
  queue,
} from './outbox-kit.js';

describeOnEachDatabase('a number that has stopped', (database) => {
  const db = () => database().db;
  const { now } = createClock();
  const phone = phoneNumber();
  beforeEach(() => emptyOutbox(db()));

  const stop = (number: Phone = phone) =>
    inTransaction(db(), (trx) => stopMessages(trx, { phone: number, at: now() }));
  const start = () => inTransaction(db(), (trx) => startMessages(trx, phone));

  async function queueAll(number = phone): Promise<void> {
    const sms = { at: now(), phone: number };
    await queue(db(), { ...sms, text: 'a notice', carries: 'notice' });
    await queue(db(), { ...sms, text: 'a reply' });
    await queue(db(), { ...sms, text: 'a password', carries: 'password' });
    await queue(db(), { ...sms, text: 'a remade one', carries: 'password', asked: false });
  }
  async function sent(): Promise<string[]> {
    const carrier = createCarrier();
    await makeOutbox({ db: db(), sendSms: carrier.sendSms, now }).sendDue();
    return carrier.taken.map(({ text }) => text).sort();
  }
  const failures = async () =>
    (await messages(db())).filter(({ state }) => state === 'failed').map((row) => row.failure);

  test('is sent what it asks for, and nothing else', async () => {
    await queue(db(), { at: now() });
    await db()('messages').delete();
    await stop();
    await queueAll();
    expect(await messages(db())).toHaveLength(2);
    expect(await sent()).toEqual(['a password', 'a reply']);
  });

  test('is not sent what was queued before it stopped either', async () => {
    await queueAll();
    await queueAll(phoneNumber(1));
    await stop();
    expect(await failures()).toEqual(['stopped', 'stopped']);
    expect(await sent()).toEqual([
      ...['a notice', 'a password', 'a password', 'a remade one', 'a reply', 'a reply'],
    ]);
  });

  test('nor what was queued at the very moment', async () => {
    await queueAll();
    await db()('callers').where({ phone }).update({ stopped_at: now() });
    expect(await sent()).toEqual(['a password', 'a reply']);
    const given = (await messages(db())).filter(({ state }) => state === 'failed');
    expect(given).toHaveLength(2);
    for (const row of given) {
      expect(row).toMatchObject({ failure: 'stopped', body: null, attempts: 0 });
    }
    expect(await db()('sms_spending').pluck('messages')).toEqual([2]);
  });

  test('is sent notices again once it has started again', async () => {
    await queue(db(), { at: now() });
    await stop();
    await start();
    await queueAll();
    expect(await sent()).toContain('a notice');
  });

  test('is remembered, also where it was never in touch', async () => {
    await start();
    expect(await hasStopped(db(), phone)).toBe(false);
    await stop();
    await stop();
    expect(await hasStopped(db(), phone)).toBe(true);
    expect(await db()('callers').pluck('phone')).toEqual([phone]);
  });
});
