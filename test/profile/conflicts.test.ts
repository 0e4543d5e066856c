import { beforeEach, describe, expect, test } from 'vitest';
import { openConflicts, resolveConflict } from '../../src/profile/conflicts.js';
import type { DetailName } from '../../src/profile/details.js';
import { distinctTexts } from '../../src/profile/distinct.js';
import { conflicting } from '../../src/profile/profile.js';
import { createSeal } from '../../src/seal.js';
import { describeOnEachDatabase, describeOnPostgresql } from '../kit/database.js';
import { changesOf, type Given, NOON, newPhone, person, save, seal } from './people.js';

describe('what has to differ', () => {
  test.each<[Given, Given]>([
    [{ nationalId: '01234567' }, { nationalId: '1234567' }],
    [{ account: '123456', bank: '68' }, { account: '68/123456' }],
    [{ account: '123456' }, {}],
    [{ employmentNumber: '0345678', employer: 'tsc' }, { employmentNumber: '345678' }],
    [{ employmentNumber: '345678', employer: 'police' }, {}],
    [{ fullName: 'Jane Wanjiku', kraPin: 'A012345678Z' }, {}],
  ])('of %o: %o', (values, texts) => {
    expect(Object.fromEntries(distinctTexts(values))).toEqual(texts);
  });
});

describeOnEachDatabase('the same value on two accounts', (database) => {
  const db = () => database().db;
  beforeEach(() => db()('accounts').delete());

  const open = async () =>
    (await openConflicts(db())).map(({ detail, accounts }) => [
      detail,
      ...accounts.map(({ phone }) => phone).toSorted(),
    ]);
  const kept = (): Promise<{ id: number; resolved_at: Date | null }[]> =>
    db()('profile_conflicts').orderBy('id').select('id', 'resolved_at');

  test.each<[string, Given, Given, DetailName[]]>([
    ['an ID', { nationalId: '12345678' }, { nationalId: '12345678' }, ['nationalId']],
    ['an ID with a zero', { nationalId: '01234567' }, { nationalId: '1234567' }, ['nationalId']],
    ['another ID', { nationalId: '12345678' }, { nationalId: '12345679' }, []],
    [
      'an account at one bank',
      { bank: '68', account: '123456' },
      { account: '123456', bank: '68' },
      ['account'],
    ],
    [
      'its number at two banks',
      { bank: '68', account: '123456' },
      { bank: '01', account: '123456' },
      [],
    ],
    ['a number without a bank', { account: '123456' }, { account: '123456' }, []],
    [
      'a TSC number',
      { employer: 'tsc', employmentNumber: '345678' },
      { employer: 'tsc', employmentNumber: '345678' },
      ['employmentNumber'],
    ],
    [
      'numbers of two employers',
      { employer: 'tsc', employmentNumber: '345678' },
      { employer: 'police', employmentNumber: '345678' },
      [],
    ],
    ['a name', { fullName: 'Jane Wanjiku' }, { fullName: 'Jane Wanjiku' }, []],
    [
      'an ID and an account',
      { nationalId: '12345678', bank: '68', account: '123456' },
      { nationalId: '12345678', bank: '68', account: '123456' },
      ['nationalId', 'account'],
    ],
  ])('%s', async (_, first, second, conflicts) => {
    const [one, other] = [await person(db()), await person(db())];
    await save(db(), one, first);
    expect(await conflicting(db(), seal, one, changesOf(first), { at: NOON })).toEqual([]);
    expect(await conflicting(db(), seal, other, changesOf(second), { at: NOON })).toEqual(
      conflicts,
    );
    expect(await conflicting(db(), seal, newPhone(), changesOf(second), { at: NOON })).toEqual(
      conflicts,
    );
    expect(await open()).toEqual([]);
    await save(db(), other, second);
    expect((await open()).sort()).toEqual(conflicts.map((name) => [name, one, other]).sort());
  });

  test('is kept once, whoever saves what else', async () => {
    const [one, other] = [await person(db()), await person(db())];
    for (const phone of [one, other, one, other]) {
      await save(db(), phone, { nationalId: '12345678', email: `${phone}${Math.random()}@a.ke` });
    }
    expect(await kept()).toHaveLength(1);
    expect((await openConflicts(db()))[0]).toMatchObject({ noticedAt: NOON });
  });

  test('of three people makes three pairs', async () => {
    for (let n = 0; n < 3; n += 1) await save(db(), await person(db()), { nationalId: '7654321' });
    expect(await open()).toHaveLength(3);
  });

  test('is over when either corrects it, and back when they have the same again', async () => {
    const [one, other] = [await person(db()), await person(db())];
    const third = await person(db());
    for (const phone of [one, other, third]) await save(db(), phone, { nationalId: '12345678' });
    await save(db(), one, { nationalId: '87654321' });
    expect(await open()).toEqual([['nationalId', other, third]]);
    await save(db(), third, { nationalId: '22222222' });
    expect(await open()).toEqual([]);
    await save(db(), other, { nationalId: '87654321' });
    expect(await open()).toEqual([['nationalId', one, other]]);
    expect(await kept()).toHaveLength(3);
  });

  test('moves with the bank that an account is at', async () => {
    const [one, other] = [await person(db()), await person(db())];
    const account = '1234567890123';
    await save(db(), one, { bank: '68', account });
    await save(db(), other, { bank: '02', account });
    const same = { bank: '68', account };
    expect(await conflicting(db(), seal, other, changesOf(same), { at: NOON })).toEqual([
      'account',
    ]);
    await save(db(), other, same);
    expect(await open()).toEqual([['account', one, other]]);
    await save(db(), one, { bank: '70' });
    expect(await open()).toEqual([]);
  });

  test('of a TSC number is over when one turns out to be with the police', async () => {
    const [one, other] = [await person(db()), await person(db())];
    await save(db(), one, { employer: 'tsc', employmentNumber: '345678' });
    await save(db(), other, { employmentNumber: '0345678' });
    expect(await open()).toEqual([]);
    await save(db(), other, { employer: 'tsc' });
    expect(await open()).toEqual([['employmentNumber', one, other]]);
    await save(db(), one, { employer: 'police' });
    expect(await open()).toEqual([]);
  });

  test('stays resolved by an operator until it arises anew', async () => {
    const [one, other] = [await person(db()), await person(db())];
    for (const phone of [one, other]) await save(db(), phone, { nationalId: '12345678' });
    const [{ id } = { id: 0 }] = await openConflicts(db());
    expect(await resolveConflict(db(), { id, at: NOON })).toBe(true);
    expect(await resolveConflict(db(), { id, at: NOON })).toBe(false);
    await save(db(), other, { nationalId: '12345678', fullName: 'Jane Wanjiku', bank: '68' });
    expect(await open()).toEqual([]);
    await save(db(), other, { nationalId: '87654321' });
    await save(db(), other, { nationalId: '12345678' });
    expect(await open()).toEqual([['nationalId', one, other]]);
  });

  test('is noticed while one was saved under the previous key', async () => {
    const [one, other] = [await person(db()), await person(db())];
    const previous = Buffer.from('the key that was used until now!');
    const both = createSeal(Buffer.from('the key that is used from now on'), [previous]);
    await save(db(), one, { nationalId: '12345678' }, { seal: createSeal(previous) });
    expect(
      await conflicting(db(), both, other, changesOf({ nationalId: '12345678' }), { at: NOON }),
    ).toEqual(['nationalId']);
    await save(db(), other, { nationalId: '12345678' }, { seal: both });
    expect(await open()).toEqual([['nationalId', one, other]]);
  });
});

describeOnPostgresql('two people at one instant', (database) => {
  test('with the same ID and account are noticed, and none waits for ever', async () => {
    const { db } = database();
    for (let round = 0; round < 10; round += 1) {
      await db('accounts').delete();
      const people = await Promise.all(Array.from({ length: 6 }, () => person(db)));
      const orders: Given[] = [
        { nationalId: '12345678', bank: '68', account: '123456' },
        { account: '123456', bank: '68', nationalId: '12345678' },
      ];
      await Promise.all(people.map((phone, nth) => save(db, phone, orders[nth % 2] ?? {})));
      expect(await openConflicts(db)).toHaveLength(30);
    }
  });
});
