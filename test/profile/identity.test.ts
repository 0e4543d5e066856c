import { beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../../src/database/transaction.js';
import type { Phone } from '../../src/phone-number.js';
import { checkIdentity } from '../../src/profile/identity.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { newPhone, person, save, seal } from './people.js';

describeOnEachDatabase('the ID that proves who somebody is', (database) => {
  const db = () => database().db;
  let phone: Phone;
  beforeEach(async () => {
    phone = await person(db());
    await save(db(), phone, { nationalId: '01234567' });
  });

  // Two hours before midnight in Kenya.
  const EVENING = new Date('2026-11-24T19:00:00Z');
  const after = (hours: number) => new Date(EVENING.getTime() + hours * 3_600_000);
  const check = (said: string, at = EVENING) => checkIdentity(db(), seal, phone, said, at);

  test.each([
    '01234567',
    '1234567',
    ' 0123 4567 ',
    '01-234-567',
    '0001234567',
    '1.234.567',
    'ID 1234567',
    'My ID is: 1234567',
    'kitambulisho ni 1234567',
  ])('%o is right', async (said) => {
    expect(await check(said)).toBe('right');
  });

  test.each([
    '',
    '0',
    '12345678',
    '234567',
    '1234567a',
    '01234567\0',
    '１２３４５６７',
    'x'.repeat(5000),
  ])('%o is wrong', async (said) => {
    expect(await check(said)).toBe('wrong');
  });

  test('after three wrong ones not even the right one is taken, until the next day in Kenya', async () => {
    for (const said of ['1', '2']) expect(await check(said)).toBe('wrong');
    expect(await check('01234567')).toBe('right');
    expect(await check('3', after(1))).toBe('stopped');
    expect(await check('01234567', after(1.9))).toBe('stopped');
    expect(await check('4', after(1.9))).toBe('stopped');
    expect(await check('01234567', after(2))).toBe('right');
    for (const said of ['1', '2']) expect(await check(said, after(2))).toBe('wrong');
    for (const said of ['3', '01234567']) expect(await check(said, after(2))).toBe('stopped');
    expect(await db()('identity_failures').whereIn('account_id', accountId())).toEqual([
      expect.objectContaining({ day: '2026-11-25', failures: 3 }),
    ]);
  });

  test('of many tries at once three are looked at', async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, (_, nr) => check(`9${nr}`)));
    expect(tries.toSorted()).toEqual([
      // The third is told that it was the last.
      ...Array.from({ length: 10 }, () => 'stopped'),
      ...Array.from({ length: 2 }, () => 'wrong'),
    ]);
  });

  test('one input counts once, at however many processes it is judged', async () => {
    const input = (nr: number) => ({ input: Buffer.from(`input ${nr}`) });
    const tried = (said: string, nr: number) =>
      checkIdentity(db(), seal, phone, said, EVENING, input(nr));
    for (const nr of [1, 2, 3]) {
      const copies = [1, 2, 3].map(() => tried('7654321', nr));
      const answer = nr < 3 ? 'wrong' : 'stopped';
      expect(await Promise.all(copies)).toEqual([answer, answer, answer]);
      if (nr < 3) expect(await tried('1234567', 0)).toBe('right');
    }
    expect(await tried('1234567', 4)).toBe('stopped');
  });

  test('one person has nothing to do with another', async () => {
    const other = await person(db());
    await save(db(), other, { nationalId: '7654321' });
    for (const said of ['1', '2', '3']) await check(said);
    expect(await checkIdentity(db(), seal, other, '7654321', EVENING)).toBe('right');
    expect(await checkIdentity(db(), seal, other, '1234567', EVENING)).toBe('wrong');
  });

  test('is unknown where none is on record', async () => {
    const without = await person(db());
    for (const nobody of [without, newPhone()]) {
      expect(await checkIdentity(db(), seal, nobody, '1234567', EVENING)).toBe('unknown');
    }
  });

  test('follows the ID on record', async () => {
    await inTransaction(db(), async (trx) => {
      await trx('profile_details').whereIn('account_id', accountId()).delete();
    });
    await save(db(), phone, { nationalId: '7654321' });
    expect(await check('1234567')).toBe('wrong');
    expect(await check('7654321')).toBe('right');
  });

  const accountId = () => db()('accounts').where({ phone }).select('id');
});
