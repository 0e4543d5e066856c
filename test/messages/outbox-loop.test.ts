import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SendOutcome } from '../../src/channels/channel.js';
import { describeOnEachDatabase } from '../kit/database.js';
import {
  accepted,
  createCarrier,
  createClock,
  deferred,
  emptyOutbox,
  makeOutbox,
  onlyMessage,
  phoneNumber,
  queue,
  SECOND,
} from './outbox-kit.js';

describeOnEachDatabase('an outbox that was started', (database) => {
  const db = () => database().db;
  const started: { stop(): Promise<void> }[] = [];

  function start(options: Omit<Parameters<typeof makeOutbox>[0], 'db'>) {
    const outbox = makeOutbox({ db: db(), ...options });
    started.push(outbox);
    outbox.start();
    return outbox;
  }

  beforeEach(() => emptyOutbox(db()));
  afterEach(async () => {
    await Promise.all(started.splice(0).map((outbox) => outbox.stop()));
  });

  test('sends what was queued before it, and the next as soon as it is woken', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    await queue(db(), { at: now(), text: 'first' });
    const outbox = start({ sendSms: carrier.sendSms, now });
    await expect.poll(() => carrier.taken.length).toBe(1);

    for (const text of ['second', 'third']) {
      await queue(db(), { at: now(), text });
      outbox.wake();
      await expect.poll(() => carrier.taken.at(-1)?.text).toBe(text);
    }
  });

  test('finds by itself what is due again and what other processes queue', async () => {
    const clock = createClock();
    const carrier = createCarrier({ accepted: false, failure: 'rateLimited' });
    start({ sendSms: carrier.sendSms, now: clock.now, pollMs: 5 });
    await queue(db(), { at: clock.now() });
    await expect.poll(async () => (await onlyMessage(db())).failure).toBe('rateLimited');
    clock.pass(5 * SECOND);
    await expect.poll(async () => (await onlyMessage(db())).state).toBe('accepted');
  });

  test('goes on when the database was away', async () => {
    const { now } = createClock();
    const carrier = createCarrier();
    await db().raw('alter table messages rename to messages_away');
    const outbox = start({ sendSms: carrier.sendSms, now });
    await expect.poll(() => outbox.lines.map(({ level }) => level)).toEqual(['warn']);
    await db().raw('alter table messages_away rename to messages');
    await queue(db(), { at: now() });
    outbox.wake();
    await expect.poll(() => carrier.taken.length).toBe(1);
  });

  test('has no hold on others while one sending hangs', async () => {
    const { now } = createClock();
    const hanging = deferred<SendOutcome>();
    const carrier = createCarrier();
    const outbox = start({
      now,
      sendSms: (to, text) => (text === 'hangs' ? hanging.promise : carrier.sendSms(to, text)),
    });
    await queue(db(), { at: now(), text: 'hangs' });
    outbox.wake();
    await expect.poll(async () => (await onlyMessage(db())).state).toBe('sending');
    await queue(db(), { at: now(), text: 'goes', phone: phoneNumber(1) });
    outbox.wake();
    await expect.poll(() => carrier.taken.length).toBe(1);
    hanging.resolve(accepted('late'));
  });

  test.each([1, 4])(
    'stops when the sendings under way are recorded, and claims no more, %i at once',
    async (concurrency) => {
      const { now } = createClock();
      const answer = deferred<SendOutcome>();
      const outbox = start({ now, sendSms: () => answer.promise, concurrency });
      await queue(db(), { at: now() });
      outbox.wake();
      await expect.poll(async () => (await onlyMessage(db())).state).toBe('sending');

      let stopped = false;
      const stop = outbox.stop().then(() => {
        stopped = true;
      });
      await queue(db(), { at: now(), phone: phoneNumber(1), text: 'later' });
      outbox.wake();
      expect(stopped).toBe(false);
      answer.resolve(accepted('id-1'));
      await stop;
      const states = await db()('messages').orderBy('phone').pluck('state');
      expect(states).toEqual(['accepted', 'queued']);

      const carrier = createCarrier();
      start({ now, sendSms: carrier.sendSms });
      await expect.poll(() => carrier.taken).toEqual([{ to: phoneNumber(1), text: 'later' }]);
    },
  );

  test('does not wait for ever for a carrier that does not answer', async () => {
    const { now } = createClock();
    const answer = deferred<SendOutcome>();
    const outbox = start({ now, sendSms: () => answer.promise, stopWithinMs: 20 });
    await queue(db(), { at: now() });
    outbox.wake();
    await expect.poll(async () => (await onlyMessage(db())).state).toBe('sending');
    await outbox.stop();
    expect(outbox.lines.map(({ level }) => level)).toEqual(['warn']);
    expect(await onlyMessage(db())).toMatchObject({ state: 'sending' });
    answer.resolve(accepted('id-1'));
  });
});
