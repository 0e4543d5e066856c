import { expect, test } from 'vitest';
import type { Phone } from '../../src/phone-number.js';
import { createRecentDialogues, type Recent } from '../../src/turns/recent.js';
import type { Input } from '../../src/turns/stored.js';

const phone = '254711000001' as Phone;

function callOf(session: string): Input {
  const digest = Buffer.from(session);
  return {
    ...{ channel: 'ussd', carrier: 'africastalking', session, phone, network: null },
    ...{ digest, formerDigests: [] },
  };
}

function leftAt(state: string): Recent {
  const heardDigest = Buffer.alloc(32);
  const turnedAt = new Date('2026-11-20T08:00:00Z');
  return {
    session: {
      id: 1,
      language: 'en',
      position: null,
      turns: 1,
      heard: null,
      heardLength: 0,
      heardDigest,
      turnedAt,
    },
    caller: null,
    account: null,
    reply: { text: '', ended: false, state },
  };
}

test('a call that goes on is remembered however many others begin, and one that was left is forgotten', () => {
  const recent = createRecentDialogues(3);
  recent.set(callOf('left'), leftAt('welcome'));
  for (let turn = 0; turn < 20; turn += 1) {
    recent.set(callOf('goes on'), leftAt(`turn ${turn}`));
    recent.set(callOf(`other ${turn}`), leftAt('welcome'));
    expect(recent.get(callOf('goes on'))?.reply.state).toBe(`turn ${turn}`);
  }
  expect(recent.get(callOf('left'))).toBeNull();
  expect(recent.get(callOf('other 19'))).not.toBeNull();
});

test('what is forgotten is not remembered, whenever it was heard of last', () => {
  const recent = createRecentDialogues(2);
  for (const session of ['first', 'second', 'third'])
    recent.set(callOf(session), leftAt('welcome'));
  for (const session of ['first', 'third']) recent.forget(callOf(session));
  expect(recent.get(callOf('first'))).toBeNull();
  expect(recent.get(callOf('third'))).toBeNull();
  expect(recent.get(callOf('second'))).not.toBeNull();
});
