import { beforeEach, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channels/channel.js';
import { inTransaction } from '../../src/database/transaction.js';
import { outboxDepth } from '../../src/messages/depth.js';
import { queueSms, supersedePasswords } from '../../src/messages/queue.js';
import { createSeal } from '../../src/seal.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { statementsOf } from '../kit/statements.js';
import {
  accepted,
  createCarrier,
  createClock,
  deferred,
  emptyOutbox,
  HOUR,
  MINUTE,
  makeOutbox,
  messages,
  onlyMessage,
  phoneNumber,
  queue,
  SECOND,
  seal,
} from './outbox-kit.js';

const carrierDown: SendOutcome = { accepted: false, failure: 'carrierDown' };

describeOnEachDatabase('the outbox', (database) => {
  const db = () => database().db;
  beforeEach(() => emptyOutbox(db()));

  test('sends what was queued, once, and wipes the text', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    const outbox = makeOutbox({ db: db(), sendSms: carrier.sendSms, now });
    await queue(db(), { at: now(), text: 'Your password is 4821 9930', carries: 'password' });

    expect(await outbox.sendDue()).toBe(1);
    expect(await outbox.sendDue()).toBe(0);
    expect(carrier.taken).toEqual([{ to: phoneNumber(), text: 'Your password is 4821 9930' }]);
    expect(await onlyMessage(db())).toMatchObject({
      state: 'accepted',
      body: null,
      carrier_message_id: 'id-1',
      cost: 'KES 0.8000',
      failure: null,
      attempts: 1,
    });
    expect(outbox.attempts).toEqual([{ carries: 'password', result: 'accepted', failure: null }]);
  });

  test('takes three statements for an SMS: a claim, a lock, and the record of the answer', async () => {
    const { now } = createClock();
    const outbox = makeOutbox({ db: db(), sendSms: createCarrier().sendSms, now });
    await queue(db(), { at: now() });
    await outbox.sendDue();
    await queue(db(), { at: now() });
    const statements = await statementsOf(db(), () => outbox.sendDue());
    expect(statements).toHaveLength(3);
  });

  test('loads what sending takes once, when there is something to send, and claims nothing before', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    const seen: string[] = [];
    const outbox = makeOutbox({
      db: db(),
      now,
      sendSms: carrier.sendSms,
      async prepare() {
        seen.push(...(await messages(db())).map(({ state }) => state));
        throw new Error('it cannot be loaded');
      },
    });
    await outbox.sendDue();
    expect(seen).toEqual([]);

    for (const text of ['one', 'two']) {
      await queue(db(), { at: now(), text });
      expect(await outbox.sendDue()).toBe(1);
    }
    expect(seen).toEqual(['queued']);
  });

  test('never has the text in the clear in its table', async () => {
    const text = 'Your password is 4821 9930';
    await queue(db(), { at: createClock().now(), text });
    const { rows } = await db().raw<{ rows: { whole: string }[] }>(
      'select messages::text as whole from messages',
    );
    expect(rows).toHaveLength(1);
    for (const part of [text, '4821', Buffer.from(text).toString('hex'), '34383231']) {
      expect(rows[0]?.whole).not.toContain(part);
    }
    const { body } = await onlyMessage(db());
    expect(body).toBeInstanceOf(Buffer);
    expect(body?.includes('password')).toBe(false);
  });

  test('sends nothing of a transaction that was rolled back', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    const outbox = makeOutbox({ db: db(), sendSms: carrier.sendSms, now });
    await db()('callers').insert({ phone: phoneNumber(), first_seen_at: now() });
    const turn = inTransaction(db(), async (trx) => {
      const sms = { phone: phoneNumber(), text: 'Hello', carries: 'reply', at: now() } as const;
      await queueSms(trx, sms, seal);
      throw new Error('the turn was lost');
    });
    await expect(turn).rejects.toThrow('the turn was lost');
    expect(await outbox.sendDue()).toBe(0);
    expect(carrier.taken).toEqual([]);
  });

  test('shares the messages between outboxes, each sent by one of them', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    const outboxes = Array.from({ length: 3 }, () =>
      makeOutbox({ db: db(), sendSms: carrier.sendSms, now, concurrency: 5 }),
    );
    for (let nth = 0; nth < 60; nth += 1) {
      await queue(db(), { at: now(), phone: phoneNumber(nth), text: `Message ${nth}` });
    }
    // Whichever finds only rows that another is claiming may stop early: the next look finds the rest.
    let sent = 0;
    while (sent < 60) {
      const counts = await Promise.all(outboxes.map((outbox) => outbox.sendDue()));
      const sum = counts.reduce((total, count) => total + count, 0);
      expect(sum).toBeGreaterThan(0);
      sent += sum;
    }
    expect(new Set(carrier.taken.map(({ text }) => text)).size).toBe(60);
    expect(carrier.taken).toHaveLength(60);
    expect((await messages(db())).every(({ state }) => state === 'accepted')).toBe(true);
  });

  test('keeps to its concurrency', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    let present = 0;
    let most = 0;
    const outbox = makeOutbox({
      db: db(),
      now,
      concurrency: 3,
      async sendSms(to, text) {
        present += 1;
        most = Math.max(most, present);
        const outcome = await carrier.sendSms(to, text);
        present -= 1;
        return outcome;
      },
    });
    for (let nth = 0; nth < 20; nth += 1) {
      await queue(db(), { at: now(), phone: phoneNumber(nth) });
    }
    expect(await outbox.sendDue()).toBe(20);
    expect(most).toBe(3);
  });

  test('tries again after 5, 15 and 45 s while the failure may pass', async () => {
    const clock = createClock();
    const carrier = createCarrier(carrierDown, carrierDown, carrierDown);
    const outbox = makeOutbox({ db: db(), sendSms: carrier.sendSms, now: clock.now });
    await queue(db(), { at: clock.now() });

    const tries: number[] = [await outbox.sendDue()];
    expect(await onlyMessage(db())).toMatchObject({ state: 'queued', failure: 'carrierDown' });
    for (const wait of [5 * SECOND, 15 * SECOND, 45 * SECOND]) {
      clock.pass(wait - 1);
      tries.push(await outbox.sendDue());
      clock.pass(1);
      tries.push(await outbox.sendDue());
    }
    expect(tries).toEqual([1, 0, 1, 0, 1, 0, 1]);
    expect(await onlyMessage(db())).toMatchObject({
      state: 'accepted',
      failure: null,
      attempts: 4,
    });
  });

  test('gives up at once what the carrier will never take', async () => {
    const { now } = createClock();
    const carrier = createCarrier({ accepted: false, failure: 'blocked' });
    const outbox = makeOutbox({ db: db(), sendSms: carrier.sendSms, now });
    await queue(db(), { at: now(), text: 'Your password is 4821 9930', carries: 'password' });
    await outbox.sendDue();
    expect(await onlyMessage(db())).toMatchObject({
      state: 'failed',
      failure: 'blocked',
      body: null,
    });
    expect(outbox.attempts).toEqual([
      { carries: 'password', result: 'failed', failure: 'blocked' },
    ]);
    const log = outbox.lines.map(({ text }) => text).join('\n');
    expect(log).toContain('0700***000');
    expect(log).not.toContain('254700000000');
    expect(log).not.toContain('4821');
  });

  test('gives up a password after its 72 hours, with its last failure', async () => {
    const clock = createClock();
    const down = async () => carrierDown;
    const outbox = makeOutbox({ db: db(), sendSms: down, now: clock.now });
    await queue(db(), { at: clock.now(), carries: 'password' });
    let tries = 0;
    for (let hours = 0; hours < 72; hours += 6) {
      tries += await outbox.sendDue();
      clock.pass(6 * HOUR - MINUTE);
    }
    expect(tries).toBe(12);
    expect(await onlyMessage(db())).toMatchObject({ state: 'queued', attempts: 12 });
    expect(await outbox.sendDue()).toBe(1);
    expect(await onlyMessage(db())).toMatchObject({
      state: 'failed',
      failure: 'carrierDown',
      body: null,
    });
  });

  test('does not send what nobody sent in time', async () => {
    const clock = createClock();
    const carrier = createCarrier();
    const outbox = makeOutbox({ db: db(), sendSms: carrier.sendSms, now: clock.now });
    await queue(db(), { at: clock.now(), carries: 'reply' });
    clock.pass(24 * HOUR);
    await outbox.sendDue();
    expect(carrier.taken).toEqual([]);
    expect(await onlyMessage(db())).toMatchObject({ state: 'failed', failure: 'tooLate' });
  });

  test('does not send passwords that stopped working while they waited', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    const outbox = makeOutbox({ db: db(), sendSms: carrier.sendSms, now });
    const password = { at: now(), carries: 'password' } as const;
    await queue(db(), { ...password, text: 'first' });
    await queue(db(), { ...password, text: 'hello', phone: phoneNumber(1) });
    await queue(db(), { at: now(), text: 'a reply' });
    await inTransaction(db(), (trx) =>
      supersedePasswords(trx, { phone: phoneNumber(), at: now() }),
    );
    await queue(db(), { ...password, text: 'second' });
    await outbox.sendDue();
    expect(carrier.taken.map(({ text }) => text).sort()).toEqual(['a reply', 'hello', 'second']);
    const rows = await messages(db());
    expect(rows.filter(({ failure }) => failure === 'superseded')).toMatchObject([{ body: null }]);
  });

  test.each(['password', 'reply', 'notice'] as const)(
    'never sends a %s again of which the carrier did not say whether it took it',
    async (carries) => {
      const clock = createClock();
      const carrier = createCarrier({ accepted: false, failure: 'timedOut' });
      const outbox = makeOutbox({ db: db(), sendSms: carrier.sendSms, now: clock.now });
      await queue(db(), { at: clock.now(), carries });
      await outbox.sendDue();
      for (let hours = 0; hours < 80; hours += 1) {
        clock.pass(HOUR);
        expect(await outbox.sendDue()).toBe(0);
      }
      expect(carrier.taken).toHaveLength(1);
      expect(await onlyMessage(db())).toMatchObject({
        ...{ state: 'unknown', failure: null, body: null, attempts: 1 },
      });
      expect(outbox.attempts).toEqual([{ carries, result: 'unknown', failure: null }]);
      expect(outbox.fates).toEqual([{ network: null, state: 'unknown', failure: null }]);
    },
  );

  test('never sends again what a killed process had claimed, for the carrier may have it', async () => {
    const clock = createClock();
    const killed = makeOutbox({ db: db(), sendSms: () => new Promise(() => {}), now: clock.now });
    await queue(db(), { at: clock.now(), carries: 'password' });
    void killed.sendDue();
    await expect.poll(async () => (await onlyMessage(db())).state).toBe('sending');

    const carrier = createCarrier();
    const outbox = makeOutbox({ db: db(), sendSms: carrier.sendSms, now: clock.now });
    clock.pass(59 * SECOND);
    expect(await outbox.sendDue()).toBe(0);
    expect(await onlyMessage(db())).toMatchObject({ state: 'sending' });
    clock.pass(SECOND);
    expect(await outbox.sendDue()).toBe(0);
    expect(await onlyMessage(db())).toMatchObject({ state: 'unknown', body: null, attempts: 1 });
    expect(outbox.fates).toEqual([{ network: null, state: 'unknown', failure: null }]);
    expect(carrier.taken).toEqual([]);
  });

  test.each<[SendOutcome, object]>([
    [accepted('late'), { state: 'accepted', carrier_message_id: 'late', cost: 'KES 0.8000' }],
    [
      { accepted: false, failure: 'blocked' },
      { state: 'failed', failure: 'blocked' },
    ],
    // Its text is gone: it cannot be tried again.
    [carrierDown, { state: 'unknown', failure: null }],
  ])('learns from an answer that comes after the lease: %j', async (outcome, row) => {
    const clock = createClock();
    const answer = deferred<SendOutcome>();
    const slow = makeOutbox({ db: db(), sendSms: () => answer.promise, now: clock.now });
    await queue(db(), { at: clock.now() });
    const sending = slow.sendDue();
    await expect.poll(async () => (await onlyMessage(db())).state).toBe('sending');
    clock.pass(MINUTE);
    await makeOutbox({ db: db(), sendSms: createCarrier().sendSms, now: clock.now }).sendDue();
    expect(await onlyMessage(db())).toMatchObject({ state: 'unknown' });

    answer.resolve(outcome);
    await sending;
    expect(await onlyMessage(db())).toMatchObject({ ...row, attempts: 1, body: null });
  });

  test('counts the SMS that a text takes', async () => {
    const { now } = createClock();
    const texts = ['x'.repeat(160), 'x'.repeat(161), 'ĩ'.repeat(135)];
    for (const [nth, text] of texts.entries()) {
      await queue(db(), { at: now(), text, phone: phoneNumber(nth) });
    }
    expect((await messages(db())).map((row) => row.segments)).toEqual([1, 2, 3]);
  });

  test('calls somebody about a failure of ours once a minute, not for each message', async () => {
    const clock = createClock();
    const outbox = makeOutbox({
      db: db(),
      sendSms: async () => ({ accepted: false, failure: 'noCredit' }),
      now: clock.now,
    });
    const errors = () => outbox.lines.filter(({ level }) => level === 'error').length;
    for (let nth = 0; nth < 10; nth += 1)
      await queue(db(), { at: clock.now(), phone: phoneNumber(nth) });
    await outbox.sendDue();
    expect(errors()).toBe(1);
    clock.pass(59 * SECOND);
    await outbox.sendDue();
    expect(errors()).toBe(1);
    clock.pass(MINUTE);
    await outbox.sendDue();
    expect(errors()).toBe(2);
  });

  test('keeps a message that does not open, for the key may come back', async () => {
    const clock = createClock();
    const carrier = createCarrier();
    const otherKey = createSeal(Buffer.alloc(32, 8));
    const wrong = makeOutbox({
      db: db(),
      sendSms: carrier.sendSms,
      now: clock.now,
      seal: otherKey,
    });
    await queue(db(), { at: clock.now(), text: 'Hello' });
    await wrong.sendDue();
    expect(await onlyMessage(db())).toMatchObject({ state: 'queued', failure: 'unreadable' });
    expect(wrong.lines.map(({ level }) => level)).toContain('error');

    clock.pass(MINUTE);
    await makeOutbox({ db: db(), sendSms: carrier.sendSms, now: clock.now }).sendDue();
    expect(carrier.taken.map(({ text }) => text)).toEqual(['Hello']);
  });

  test('does not send a body that was moved to another number', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    await queue(db(), { at: now(), phone: phoneNumber(1) });
    await db()('callers').insert({ phone: phoneNumber(2), first_seen_at: now() });
    await db()('messages').update({ phone: phoneNumber(2) });
    await makeOutbox({ db: db(), sendSms: carrier.sendSms, now }).sendDue();
    expect(carrier.taken).toEqual([]);
  });

  test('takes a carrier that rejects for one that did not answer, and logs nothing of it', async () => {
    const { now } = createClock();
    const outbox = makeOutbox({
      db: db(),
      now,
      sendSms: () => Promise.reject(new Error('apiKey=atsk_1 text=Hello')),
    });
    await queue(db(), { at: now(), carries: 'password' });
    await outbox.sendDue();
    expect(await onlyMessage(db())).toMatchObject({ state: 'unknown', failure: null });
    expect(outbox.lines.map(({ text }) => text).join()).not.toMatch(/atsk|Hello/);
  });

  test('records both messages to which a carrier gives the same id', async () => {
    const { now } = createClock();
    const outbox = makeOutbox({ db: db(), sendSms: async () => accepted('same'), now });
    for (const nth of [1, 2]) await queue(db(), { at: now(), phone: phoneNumber(nth) });
    await outbox.sendDue();
    const rows = await messages(db());
    expect(rows.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
    expect(rows.map((row) => row.carrier_message_id).sort()).toEqual([null, 'same']);
  });

  test('does not send again what the database did not record at once', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    const outbox = makeOutbox({ db: db(), sendSms: carrier.sendSms, now, pollMs: 5 });
    await queue(db(), { at: now() });
    await db().raw(`alter table messages add constraint away check (state <> 'accepted')`);
    const sending = outbox.sendDue();
    await expect.poll(() => outbox.lines.length).toBeGreaterThan(1);
    await db().raw('alter table messages drop constraint away');
    await sending;
    expect(carrier.taken).toHaveLength(1);
    expect(await onlyMessage(db())).toMatchObject({ state: 'accepted', attempts: 1 });
    expect(outbox.lines.map(({ text }) => text).join()).not.toContain(phoneNumber());
  });

  test('tells how much waits, and since when', async () => {
    const clock = createClock();
    expect(await outboxDepth(db())).toEqual({ queued: 0, sending: 0, oldestDueAt: null });
    const start = clock.now();
    for (let nth = 0; nth < 3; nth += 1) {
      await queue(db(), { at: clock.now(), phone: phoneNumber(nth) });
      clock.pass(MINUTE);
    }
    await db()('messages')
      .where({ phone: phoneNumber(2) })
      .update({ state: 'sending' });
    expect(await outboxDepth(db())).toEqual({ queued: 2, sending: 1, oldestDueAt: start });
    await makeOutbox({ db: db(), sendSms: createCarrier().sendSms, now: clock.now }).sendDue();
    expect(await outboxDepth(db())).toEqual({ queued: 0, sending: 0, oldestDueAt: null });
  });
});
