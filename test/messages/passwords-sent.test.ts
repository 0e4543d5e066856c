import { beforeEach, expect, test } from 'vitest';
import type { Undelivered } from '../../src/dialogue/world.js';
import type { Carries, MessageFailure, MessageState } from '../../src/messages/message.js';
import { passwordsSentSince, undeliveredPassword } from '../../src/messages/passwords-sent.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { createClock, emptyOutbox, HOUR, MINUTE, phoneNumber } from './outbox-kit.js';

describeOnEachDatabase('passwords sent by SMS', (database) => {
  const db = () => database().db;
  const clock = createClock();
  const phone = phoneNumber();

  beforeEach(async () => {
    await emptyOutbox(db());
    await db()('callers').insert({ phone, first_seen_at: clock.now() });
  });

  async function addMessage(
    state: MessageState,
    failure: MessageFailure | null = null,
    carries: Carries = 'password',
  ): Promise<Date> {
    clock.pass(MINUTE);
    const at = clock.now();
    const body = state === 'queued' || state === 'sending' ? Buffer.from('sealed') : null;
    const times = { due_at: at, created_at: at, changed_at: at };
    await db()('messages').insert({ phone, carries, state, failure, body, ...times });
    return at;
  }

  async function addAccount(kind: 'issued' | 'own'): Promise<void> {
    await db()('accounts').insert({
      phone,
      password_hash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
      password_kind: kind,
      password_set_at: clock.now(),
      password_expires_at: kind === 'issued' ? new Date(clock.now().getTime() + 72 * HOUR) : null,
      created_at: clock.now(),
      created_via: 'ussd',
    });
  }

  test.each<[MessageState, MessageFailure | null, Undelivered | null]>([
    ['failed', 'blocked', 'blocked'],
    ['failed', 'phoneOff', 'phoneOff'],
    ['failed', 'expired', 'phoneOff'],
    ['failed', 'rejected', 'other'],
    ['failed', 'carrierDown', 'other'],
    ['queued', 'carrierDown', null],
    ['sending', null, null],
    ['accepted', null, null],
    ['sent', null, null],
    ['delivered', null, null],
  ])('the last one %s, %s: %s is waiting for the caller', async (state, failure, undelivered) => {
    await addAccount('issued');
    await addMessage('failed', 'rejected');
    await addMessage(state, failure);
    await addMessage('failed', 'blocked', 'reply');
    expect(await undeliveredPassword(db(), phone)).toBe(undelivered);
  });

  test('that failed do not matter any more to who has chosen an own password', async () => {
    await addMessage('failed', 'blocked');
    expect(await undeliveredPassword(db(), phone)).toBeNull();
    await addAccount('own');
    expect(await undeliveredPassword(db(), phone)).toBeNull();
    expect(await undeliveredPassword(db(), phoneNumber(1))).toBeNull();
  });

  test('count for the daily limit unless they failed', async () => {
    const since = await addMessage('delivered');
    const queued = await addMessage('queued');
    await addMessage('failed', 'blocked');
    const superseded = await addMessage('failed', 'superseded');
    await addMessage('accepted', null, 'reply');
    const accepted = await addMessage('accepted');
    expect(await passwordsSentSince(db(), phone, since)).toEqual([queued, superseded, accepted]);
    expect(await passwordsSentSince(db(), phone, clock.now())).toEqual([]);
    expect(await passwordsSentSince(db(), phoneNumber(1), since)).toEqual([]);
  });
});
