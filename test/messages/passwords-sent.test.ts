import { beforeEach, expect, test } from 'vitest';
import type { MessageFailure, MessageState } from '../../src/messages/message.js';
import { passwordsSentSince } from '../../src/messages/passwords-sent.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { createClock, emptyOutbox, MINUTE, phoneNumber } from './outbox-kit.js';

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
    more: { carries?: 'reply'; asked?: boolean } = {},
  ): Promise<Date> {
    clock.pass(MINUTE);
    const at = clock.now();
    const body = state === 'queued' ? Buffer.from('sealed') : null;
    const times = { due_at: at, created_at: at, changed_at: at };
    const what = { carries: 'password', asked: true, segments: 1, ...more };
    await db()('messages').insert({ phone, state, failure, body, ...what, ...times });
    return at;
  }

  test('count for the daily limit unless they failed, or nobody asked for them', async () => {
    const since = await addMessage('delivered');
    const queued = await addMessage('queued');
    await addMessage('failed', 'blocked');
    const superseded = await addMessage('failed', 'superseded');
    await addMessage('accepted', null, { carries: 'reply' });
    await addMessage('accepted', null, { asked: false });
    const unknown = await addMessage('unknown');
    const accepted = await addMessage('accepted');
    expect(await passwordsSentSince(db(), phone, since)).toEqual([
      ...[queued, superseded, unknown, accepted],
    ]);
    expect(await passwordsSentSince(db(), phone, clock.now())).toEqual([]);
    expect(await passwordsSentSince(db(), phoneNumber(1), since)).toEqual([]);
  });
});
