import { beforeEach, describe, expect, test } from 'vitest';
import { createAccount, replacePassword, setOwnPassword } from '../../src/accounts/accounts.js';
import { sendOtherPasswords } from '../../src/accounts/another-password.js';
import { queuePasswordSms } from '../../src/accounts/issued-passwords.js';
import { logIn } from '../../src/accounts/login.js';
import { hashPassword } from '../../src/accounts/passwords.js';
import { resetPermit } from '../../src/accounts/resets.js';
import { undeliveredPassword } from '../../src/accounts/undelivered.js';
import { setLanguage } from '../../src/callers.js';
import { inTransaction, type Transaction } from '../../src/database/transaction.js';
import type { Undelivered } from '../../src/dialogue/world.js';
import type { MessageFailure, MessageState } from '../../src/messages/message.js';
import { bodyContext } from '../../src/messages/queue.js';
import { stopMessages } from '../../src/messages/stopping.js';
import type { Phone } from '../../src/phone-number.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { statementsOf } from '../kit/statements.js';
import { createClock, HOUR, MINUTE, phoneNumber, seal } from '../messages/outbox-kit.js';

const hashes = new Map<string, Promise<string>>();
const salt = Buffer.alloc(16, 3);

/** Hashing is slow by design, and the tests use the same few passwords. */
function hashOnce(password: string): Promise<string> {
  const hash = hashes.get(password) ?? hashPassword(password, salt);
  hashes.set(password, hash);
  return hash;
}

describeOnEachDatabase('issued passwords', (database) => {
  const db = () => database().db;
  let clock = createClock();
  let phone: Phone;
  let numbers = 0;

  beforeEach(() => {
    clock = createClock();
    numbers += 1;
    phone = phoneNumber(numbers);
  });

  const inTrx = (work: (trx: Transaction) => Promise<unknown>) => inTransaction(db(), work);
  const login = async (password: string) => {
    // The limit on tries is another matter.
    await db()('login_failures').where({ phone }).delete();
    const deps = { db: db(), now: clock.now, pause: async () => {} };
    return (await logIn(deps, { phone, password })).kind;
  };

  /** Whether the hash of a password is one that a login looks at. */
  const works = async (password: string) => {
    const hash = await hashOnce(password);
    return (await db()('issued_passwords').where({ phone, hash })).length > 0;
  };

  async function send(trx: Transaction): Promise<void> {
    await queuePasswordSms(trx, { phone, text: 'a password', at: clock.now() }, seal);
  }
  async function register(password: string): Promise<void> {
    const at = clock.now();
    await db()('callers').insert({ phone, first_seen_at: at });
    const passwordHash = await hashOnce(password);
    await inTrx(async (trx) => {
      await createAccount(trx, { phone, passwordHash, via: 'ussd', at });
      await send(trx);
    });
  }
  async function reset(password: string): Promise<void> {
    // Of two of one instant, none would be the last.
    clock.pass(1);
    const passwordHash = await hashOnce(password);
    await inTrx(async (trx) => {
      await replacePassword(trx, { phone, passwordHash, at: clock.now() });
      await send(trx);
    });
  }

  /** The last password SMS has come so far, and was sent just now. */
  async function fate(state: MessageState, failure: MessageFailure | null = null): Promise<void> {
    const last = db()('messages').where({ phone }).orderBy('created_at', 'desc').limit(1);
    const body = state === 'queued' || state === 'sending' ? Buffer.from('sealed') : null;
    await db()('messages')
      .where({ phone })
      .whereIn('id', last.select('id'))
      .update({ state, failure, body, sent_at: clock.now() });
  }
  const passwords = () => db()('messages').where({ phone, carries: 'password' });

  const remake = async () => {
    const digits = [1111, 2222, 3333, 4444];
    let nth = 0;
    const parts = { db: db(), seal, now: clock.now, web: 'https://cp2.example' };
    return sendOtherPasswords({
      ...parts,
      randomInt: () => digits[nth++ % digits.length] ?? 0,
    });
  };
  const lastSms = async () => {
    const { body } = await passwords().orderBy('created_at', 'desc').first();
    return seal.open(body, bodyContext(phone));
  };

  test('a registration takes two statements, in one transaction', async () => {
    const statements = await statementsOf(db(), () => register('48219035'));
    const inIt = /accounts|issued_passwords|messages/;
    expect(statements.filter((one) => inIt.test(one))).toHaveLength(2);
    expect(await works('48219035')).toBe(true);
  });

  describe('at a reset', () => {
    test.each<[string, MessageState, MessageFailure | null, number, boolean]>([
      ['was not sent yet', 'queued', null, 0, false],
      ['is just being sent', 'sending', null, 0, true],
      ['was taken just now', 'accepted', null, 4, false],
      ['was taken, and never heard of', 'accepted', null, 5, true],
      ['is on its way', 'sent', null, 4, false],
      ['has been on its way for long', 'sent', null, 5, true],
      ['may have been taken', 'unknown', null, 0, true],
      ['has arrived', 'delivered', null, 60, false],
      ['was refused', 'failed', 'blocked', 60, false],
    ])(
      'one that %s: %s, %s, after %i min: still works: %s',
      async (_, state, failure, minutes, stays) => {
        await register('48219035');
        await fate(state, failure);
        clock.pass(minutes * MINUTE);
        await reset('11112222');
        expect(await works('48219035')).toBe(stays);
        expect(await works('11112222')).toBe(true);
      },
    );

    test('one that was used ends, though nobody knows whether it arrived', async () => {
      await register('48219035');
      await fate('unknown');
      expect(await login('48219035')).toBe('in');
      await reset('11112222');
      expect(await login('48219035')).toBe('wrong');
      expect(await login('11112222')).toBe('in');
    });

    test('one that waits to be sent is not sent any more', async () => {
      await register('48219035');
      await reset('11112222');
      const states = await passwords().orderBy('created_at').pluck('failure');
      expect(states.toSorted()).toEqual([null, 'superseded']);
    });

    test('the own one ends', async () => {
      await register('48219035');
      const passwordHash = await hashOnce('mvua kubwa');
      await inTrx((trx) => setOwnPassword(trx, { phone, passwordHash, at: clock.now() }));
      expect([await login('48219035'), await login('mvua kubwa')]).toEqual(['wrong', 'in']);
      await reset('11112222');
      expect([await login('mvua kubwa'), await login('11112222')]).toEqual(['wrong', 'in']);
    });
  });

  test('of several without news each works, until one has been used', async () => {
    const all = ['48219035', '11112222', '33334444'];
    await register('48219035');
    for (const password of all.slice(1)) {
      await fate('unknown');
      await reset(password);
    }
    expect(await login('99998888')).toBe('wrong');
    expect(await login('11112222')).toBe('in');
    const outcomes = [];
    for (const password of all) outcomes.push(await login(password));
    expect(outcomes).toEqual(['wrong', 'in', 'wrong']);
    // The last one was not sent yet: it would only mislead.
    expect(await passwords().pluck('failure')).toContain('superseded');
  });

  test('of two that are used at the same instant one lets in', async () => {
    await register('48219035');
    await fate('unknown');
    await reset('11112222');
    const deps = { db: db(), now: clock.now, pause: async () => {} };
    const outcomes = await Promise.all(
      ['48219035', '11112222'].map((password) => logIn(deps, { phone, password })),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['in', 'wrong']);
  });

  test('of six at most each works', async () => {
    await register('10000000');
    for (let nth = 1; nth < 8; nth += 1) {
      await fate('unknown');
      clock.pass(MINUTE);
      await reset(`1000000${nth}`);
    }
    expect(await db()('issued_passwords').where({ phone })).toHaveLength(6);
    expect([await works('10000001'), await works('10000002')]).toEqual([false, true]);
  });

  describe('in place of one without news', () => {
    test.each<[MessageState]>([['unknown'], ['accepted'], ['sent']])(
      '%s: another is made after ten minutes, and both work',
      async (state) => {
        await register('48219035');
        await fate(state);
        clock.pass(10 * MINUTE - 1);
        expect(await remake()).toBe(0);
        clock.pass(MINUTE);
        expect(await remake()).toBe(1);
        expect(await lastSms()).toContain('Another password: 1111 2222, for 72 hours');
        expect(await works('48219035')).toBe(true);
        expect(await db()('issued_passwords').where({ phone })).toHaveLength(2);
      },
    );

    test('the other may be the one that is used', async () => {
      await register('48219035');
      await fate('unknown');
      await inTrx((trx) => setLanguage(trx, { phone, language: 'sw' }));
      clock.pass(11 * MINUTE);
      await remake();
      expect(await lastSms()).toContain('Nenosiri jingine: 1111 2222');
      expect(await login('11112222')).toBe('in');
      expect(await login('48219035')).toBe('wrong');
    });

    test.each<[MessageState, MessageFailure | null]>([
      ['delivered', null],
      ['failed', 'blocked'],
    ])('none is made where it is known what became of it: %s', async (state, failure) => {
      await register('48219035');
      await fate(state, failure);
      for (let hours = 0; hours < 24; hours += 1) {
        clock.pass(HOUR);
        expect(await remake()).toBe(0);
      }
    });

    test('one that waited to be sent is given its time', async () => {
      await register('48219035');
      clock.pass(11 * MINUTE);
      expect(await remake()).toBe(0);
      clock.pass(5 * MINUTE);
      await fate('accepted');
      clock.pass(6 * MINUTE);
      expect(await remake()).toBe(0);
      clock.pass(4 * MINUTE);
      expect(await remake()).toBe(1);
    });

    test('twice at most for each that was asked for, and not counted as asked for', async () => {
      await register('48219035');
      await fate('unknown');
      const made: number[] = [];
      for (let minutes = 0; minutes < 60; minutes += 11) {
        clock.pass(11 * MINUTE);
        made.push(await remake());
        await fate('unknown');
      }
      expect(made).toEqual([1, 1, 0, 0, 0, 0]);
      for (let nth = 0; nth < 4; nth += 1) {
        expect(await resetPermit(db(), phone, clock.now())).toEqual({ allowed: true });
        await reset(`5555666${nth}`);
        await fate('unknown');
      }
      expect(await resetPermit(db(), phone, clock.now())).toMatchObject({ allowed: false });
      clock.pass(11 * MINUTE);
      expect(await remake()).toBe(1);
    });

    test('none is made for who has logged in, or chosen an own one, or stopped', async () => {
      await register('48219035');
      await fate('unknown');
      await login('48219035');
      clock.pass(11 * MINUTE);
      expect(await remake()).toBe(0);

      await reset('11112222');
      await fate('unknown');
      const passwordHash = await hashOnce('mvua kubwa');
      await inTrx((trx) => setOwnPassword(trx, { phone, passwordHash, at: clock.now() }));
      clock.pass(11 * MINUTE);
      expect(await remake()).toBe(0);

      await reset('33334444');
      await fate('unknown');
      await inTrx((trx) => stopMessages(trx, { phone, at: clock.now() }));
      clock.pass(11 * MINUTE);
      expect(await remake()).toBe(0);
    });

    test('one process makes it, however many look', async () => {
      await register('48219035');
      await fate('unknown');
      clock.pass(11 * MINUTE);
      const made = await Promise.all([remake(), remake(), remake()]);
      expect(made.sort()).toEqual([0, 0, 1]);
      expect(await passwords()).toHaveLength(2);
    });

    test('and another where the first was killed while it looked', async () => {
      await register('48219035');
      await fate('unknown');
      clock.pass(11 * MINUTE);
      const away = () => {
        throw new Error('killed');
      };
      const parts = { db: db(), seal, now: clock.now, web: '' };
      await expect(sendOtherPasswords({ ...parts, randomInt: away })).rejects.toThrow('killed');
      expect(await remake()).toBe(0);
      clock.pass(MINUTE);
      expect(await remake()).toBe(1);
    });
  });

  describe('on the next dial', () => {
    const told = () => undeliveredPassword(db(), phone, clock.now());

    test.each<[MessageState, MessageFailure | null, Undelivered | null]>([
      ['failed', 'blocked', 'blocked'],
      ['failed', 'inboxFull', 'inboxFull'],
      ['failed', 'phoneOff', 'phoneOff'],
      ['failed', 'expired', 'phoneOff'],
      ['failed', 'rejected', 'other'],
      ['failed', 'carrierDown', 'other'],
      ['failed', 'stopped', 'other'],
      ['queued', 'carrierDown', null],
      ['sending', null, null],
      ['accepted', null, 'noNews'],
      ['sent', null, 'noNews'],
      ['unknown', null, 'noNews'],
      ['delivered', null, null],
    ])('the last one %s, %s: %s waits for the caller', async (state, failure, undelivered) => {
      await register('48219035');
      await fate('failed', 'rejected');
      await reset('11112222');
      await fate(state, failure);
      expect(await told()).toBe(undelivered === 'noNews' ? null : undelivered);
      clock.pass(5 * MINUTE + 1);
      expect(await told()).toBe(undelivered);
    });

    test('nothing waits for who is not registered, or has an own one, or has used one', async () => {
      expect(await told()).toBeNull();
      await register('48219035');
      await fate('unknown');
      clock.pass(HOUR);
      expect(await told()).toBe('noNews');
      await login('48219035');
      expect(await told()).toBeNull();
      const passwordHash = await hashOnce('mvua kubwa');
      await inTrx((trx) => setOwnPassword(trx, { phone, passwordHash, at: clock.now() }));
      expect(await told()).toBeNull();
    });

    test('nothing while another is on its way, or when the first has come after all', async () => {
      await register('48219035');
      await fate('unknown');
      clock.pass(11 * MINUTE);
      await remake();
      await fate('accepted');
      expect(await told()).toBeNull();
      clock.pass(6 * MINUTE);
      expect(await told()).toBe('noNews');
      await db()('messages').where({ phone, asked: true }).update({ state: 'delivered' });
      expect(await told()).toBeNull();
    });

    test('nothing of one without news that does not work any more', async () => {
      await register('48219035');
      await fate('unknown');
      clock.pass(72 * HOUR - MINUTE);
      expect(await told()).toBe('noNews');
      clock.pass(MINUTE);
      expect(await told()).toBeNull();
    });
  });
});
