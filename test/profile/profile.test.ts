import { beforeEach, expect, test } from 'vitest';
import type { Phone } from '../../src/phone-number.js';
import { readChanges } from '../../src/profile/changes.js';
import { type DetailName, detailNames, detailOf } from '../../src/profile/details.js';
import { readValues, type Values } from '../../src/profile/profile.js';
import { readValuesOf } from '../../src/profile/stored.js';
import { createWorld } from '../../src/world.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { changesNothing } from '../kit/rows.js';
import { statementsOf } from '../kit/statements.js';
import {
  changedProfile,
  type Given,
  MINUTE,
  NOON,
  newPhone,
  person,
  save,
  seal,
  USSD_CODE,
  wholeProfile,
} from './people.js';

type Row = { detail: DetailName; value: string | null; sealed: Buffer | null; changed_via: string };

describeOnEachDatabase('the profile', (database) => {
  const db = () => database().db;
  beforeEach(() => db()('messages').delete());

  const values = (phone: Awaited<ReturnType<typeof person>>) => readValues(db(), seal, phone);
  const idOf = async (phone: string): Promise<string> =>
    (await db()('accounts').where({ phone }).first('id')).id;
  const changes = async (phone: string) =>
    (await readChanges(db(), seal, await idOf(phone))).map(({ detail, from, to }) => ({
      detail,
      from,
      to,
    }));

  test('reads what was saved, all at once or one by one, and after a change', async () => {
    const [one, other] = [await person(db()), await person(db())];
    await save(db(), one, wholeProfile);
    for (const detail of detailNames) await save(db(), other, { [detail]: changedProfile[detail] });
    expect(await values(one)).toEqual(wholeProfile);
    expect(await values(other)).toEqual(changedProfile);
    expect(await readValuesOf(db(), seal, [other, one, newPhone(), other])).toEqual([
      ...[changedProfile, wholeProfile, {}, changedProfile],
    ]);
    await save(db(), one, changedProfile);
    expect(await values(one)).toEqual(changedProfile);
    expect(await values(newPhone())).toEqual({});
  });

  test.each<[string, Given, Given, Given]>([
    ['a branch with its bank', { bank: '01', branch: 'Kisumu' }, { bank: '68' }, { bank: '68' }],
    [
      'an account number with its bank',
      { bank: '01', account: '1234567890' },
      { bank: '03' },
      { bank: '03' },
    ],
    [
      "the number of an employer's with its employer",
      { employer: 'tsc', employmentNumber: '345678' },
      { employer: 'bom' },
      { employer: 'bom' },
    ],
    [
      'a number given before its employer that cannot be one of the TSC',
      { employmentNumber: 'PF/12' },
      { employer: 'tsc' },
      { employer: 'tsc' },
    ],
    [
      'no number given before that which it belongs to',
      { employmentNumber: '345678', account: '123456' },
      { employer: 'tsc', bank: '68' },
      { employer: 'tsc', bank: '68', employmentNumber: '345678', account: '123456' },
    ],
    [
      'nothing that is given anew',
      { bank: '01', account: '1234567890' },
      { bank: '68', account: '1234567890' },
      { bank: '68', account: '1234567890' },
    ],
  ])('a new value takes along %s', async (_, before, given, after) => {
    const phone = await person(db());
    await save(db(), phone, before);
    await save(db(), phone, given);
    expect(await values(phone)).toEqual(after);
  });

  test('saves an answer in three statements: a lock, a look, and the rest', async () => {
    const phone = await person(db());
    const statements = await statementsOf(db(), () => save(db(), phone, { gender: 'female' }));
    expect(statements).toHaveLength(3);
    expect(await values(phone)).toEqual({ gender: 'female' });
  });

  test('is read once a turn, together with those of others', async () => {
    const phones = [await person(db()), await person(db()), newPhone()];
    await save(db(), phones[0] as Phone, { yearOfBirth: '1985', gender: 'female' });
    const { hot } = database();
    const parts = { seal, now: () => NOON, randomInt: () => 0, ussdCode: USSD_CODE };
    const world = createWorld({ db: db(), hot, ...parts });
    const statements = await statementsOf(hot, async () => {
      await Promise.all(
        phones.map(async (phone) => {
          const ask = world.ask({
            phone,
            channel: 'ussd',
            language: 'en',
            account: null,
            input: null,
          });
          await ask('prepareQuestion', { detail: 'nationalId' }, []);
          await ask('judgeAnswer', { detail: 'yearOfBirth', said: '1985', shown: [] }, []);
        }),
      );
    });
    expect(statements).toHaveLength(1);
  });

  test('keeps sealed what the definition calls sensitive, and nothing else', async () => {
    const phone = await person(db());
    await save(db(), phone, wholeProfile, { via: 'web' });
    const rows: Row[] = await db()('profile_details').where({ account_id: await idOf(phone) });
    expect(rows).toHaveLength(detailNames.length);
    for (const { detail, value, sealed, changed_via } of rows) {
      const { sensitive } = detailOf(detail);
      expect([detail, value]).toEqual([detail, sensitive ? null : wholeProfile[detail]]);
      expect([detail, sealed !== null]).toEqual([detail, sensitive]);
      expect(changed_via).toBe('web');
    }
  });

  test('a sealed value opens in no other row', async () => {
    const [one, other] = [await person(db()), await person(db())];
    await save(db(), one, { nationalId: '11110001', kraPin: 'A111100011Z' });
    await save(db(), other, { nationalId: '22220001' });
    const sealedOf = async (phone: string, detail: string) =>
      (
        await db()('profile_details')
          .where({ account_id: await idOf(phone), detail })
          .first()
      ).sealed;
    const move = async (sealed: Buffer, phone: string, detail: string) =>
      db()('profile_details')
        .where({ account_id: await idOf(phone), detail })
        .update({ sealed });

    const own = await sealedOf(other, 'nationalId');
    await move(await sealedOf(one, 'nationalId'), other, 'nationalId');
    await expect(values(other)).rejects.toThrow();
    await move(own, other, 'nationalId');
    expect(await values(other)).toEqual({ nationalId: '22220001' });
    await move(await sealedOf(one, 'nationalId'), one, 'kraPin');
    await expect(values(one)).rejects.toThrow();
  });

  test('what was changed, from what, to what, when and by which way is recorded, sealed', async () => {
    const phone = await person(db());
    const later = new Date(NOON.getTime() + MINUTE);
    await save(db(), phone, { fullName: 'Jane Wanjiku', county: '42' });
    await save(db(), phone, { fullName: 'Jane Kamau' }, { via: 'sms', at: later });
    expect(await readChanges(db(), seal, await idOf(phone))).toEqual([
      { detail: 'fullName', from: null, to: 'Jane Wanjiku', by: 'person', via: 'ussd', at: NOON },
      { detail: 'county', from: null, to: '42', by: 'person', via: 'ussd', at: NOON },
      {
        ...{ detail: 'fullName', from: 'Jane Wanjiku', to: 'Jane Kamau' },
        ...{ by: 'person', via: 'sms', at: later },
      },
    ]);
    const rows = await db()('profile_changes').where({ account_id: await idOf(phone) });
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('Jane').toString('hex'));
    expect(seal.needsResealing(rows[0].to_sealed)).toBe(false);
  });

  test('a value that is there already changes nothing', async () => {
    const phone = await person(db());
    await save(db(), phone, wholeProfile);
    const later = new Date(NOON.getTime() + MINUTE);
    await changesNothing(db(), () => save(db(), phone, wholeProfile, { via: 'web', at: later }));
    await changesNothing(db(), () => save(db(), phone, {}, { at: later }));
  });

  test.each<[DetailName, readonly DetailName[], string]>([
    ['bank', ['branch', 'account'], '02'],
    ['employer', ['employmentNumber'], 'bom'],
    ['county', ['subCounty'], '38'],
  ])('with the %s go %j', async (parent, dependents, value) => {
    const phone = await person(db());
    await save(db(), phone, wholeProfile);
    await save(db(), phone, { [parent]: value });
    const after: Values = { ...wholeProfile, [parent]: value };
    for (const one of dependents) expect(after[one]).not.toBeUndefined();
    const rest = Object.entries(after).filter(([name]) => !dependents.includes(name as DetailName));
    expect(await values(phone)).toEqual(Object.fromEntries(rest));
    expect((await changes(phone)).slice(-1 - dependents.length)).toEqual([
      { detail: parent, from: wholeProfile[parent], to: value },
      ...dependents.map((detail) => ({ detail, from: wholeProfile[detail], to: null })),
    ]);
  });

  test('a branch that is given with its bank stays, even under the same name', async () => {
    const phone = await person(db());
    await save(db(), phone, { bank: '68', branch: 'Kisumu' });
    await save(db(), phone, { bank: '01', branch: 'Kisumu' });
    expect(await values(phone)).toEqual({ bank: '01', branch: 'Kisumu' });
    await save(db(), phone, { branch: '02001', bank: '02' });
    expect(await values(phone)).toEqual({ bank: '02', branch: '02001' });
  });

  test('a branch that was typed before its bank is not dropped with the first bank', async () => {
    const phone = await person(db());
    await save(db(), phone, { branch: 'Kisumu' });
    await save(db(), phone, { bank: '01' });
    expect(await values(phone)).toEqual({ bank: '01', branch: 'Kisumu' });
  });

  test('what was dropped can be given again', async () => {
    const phone = await person(db());
    await save(db(), phone, { county: '42', subCounty: '238' });
    await save(db(), phone, { county: '38' });
    await save(db(), phone, { subCounty: '211' });
    expect(await values(phone)).toEqual({ county: '38', subCounty: '211' });
    expect((await changes(phone)).at(-1)).toEqual({ detail: 'subCounty', from: null, to: '211' });
  });

  test('without an account nothing is kept', async () => {
    const phone = newPhone();
    await changesNothing(db(), () =>
      expect(save(db(), phone, { fullName: 'Nobody Here' })).rejects.toThrow('no account'),
    );
  });

  test('a value of a detail that is none any more is left alone', async () => {
    const phone = await person(db());
    await db()('profile_details').insert({
      ...{ account_id: await idOf(phone), detail: 'shoeSize', value: '42' },
      ...{ changed_at: NOON, changed_via: 'web' },
    });
    await save(db(), phone, { county: '42' });
    expect(await values(phone)).toEqual({ county: '42' });
  });
});
