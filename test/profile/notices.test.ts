import { beforeEach, describe, expect, test } from 'vitest';
import { setStopped } from '../../src/callers.js';
import { isGsm, septets } from '../../src/dialogue/gsm.js';
import { languageCodes } from '../../src/dialogue/languages.js';
import { bodyContext } from '../../src/messages/queue.js';
import type { Phone } from '../../src/phone-number.js';
import { detailNames } from '../../src/profile/details.js';
import { isAnnounced, noticeText } from '../../src/profile/notices.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { changedProfile, type Given, NOON, person, save, seal, wholeProfile } from './people.js';

describe('the words', () => {
  const announced = detailNames.filter(isAnnounced);
  const longestCode = '*123456*789*123#';

  test('are about the name and where the money goes', () => {
    expect(announced).toEqual(['fullName', 'bank', 'branch', 'account']);
  });

  test.each(languageCodes)('in %s fit into one SMS, all details at once', (language) => {
    const text = noticeText(language, announced, longestCode);
    expect(septets(text)).toBeLessThanOrEqual(160);
    expect(isGsm(text)).toBe(true);
    expect(text).toMatch(/^KNEC CP2: /);
    expect(text).toContain(longestCode);
  });
});

describeOnEachDatabase('a notice', (database) => {
  const db = () => database().db;
  beforeEach(() => db()('messages').delete());

  const sent = async (phone: Phone) => {
    const rows: { body: Buffer; carries: string; created_at: Date }[] = await db()(
      'messages',
    ).where({
      phone,
    });
    for (const { carries, created_at } of rows) {
      expect([carries, created_at]).toEqual(['notice', NOON]);
    }
    return rows.map(({ body }) => seal.open(body, bodyContext(phone)));
  };

  test.each<[string, Given]>([
    ['Full name', { fullName: 'Jane Kamau' }],
    ['Account number', { account: '1188776655' }],
    ['Branch', { branch: '68001' }],
    ['Bank', { bank: '01' }],
    ['Full name, Bank, Branch, Account number', changedProfile],
  ])('tells that this was replaced: %s', async (labels, given) => {
    const phone = await person(db());
    await save(db(), phone, wholeProfile);
    expect(await sent(phone)).toEqual([]);
    await save(db(), phone, given, { via: 'web' });
    expect(await sent(phone)).toEqual([
      `KNEC CP2: Changed in your profile: ${labels}. Not you? Dial *384*27#, get a new password and correct it.`,
    ]);
  });

  test('is in the language of its number', async () => {
    const phone = await person(db(), 'sw');
    await save(db(), phone, { account: '123456' });
    await save(db(), phone, { account: '123457' });
    expect(await sent(phone)).toEqual([
      'KNEC CP2: Yaliyobadilishwa kwenye wasifu: Nambari ya akaunti. Si wewe? Piga *384*27#, pata nenosiri jipya na usahihishe.',
    ]);
  });

  test('is not sent of anything else, nor of what was changed by SMS', async () => {
    const phone = await person(db());
    await save(db(), phone, wholeProfile);
    const { fullName, bank, branch, account, ...others } = changedProfile;
    await save(db(), phone, others);
    await save(db(), phone, { fullName, bank, branch, account }, { via: 'sms' });
    expect(await sent(phone)).toEqual([]);
  });

  test('is not sent to a number that has texted STOP, until it texts START', async () => {
    const phone = await person(db());
    await save(db(), phone, { fullName: 'Jane Wanjiku' });
    await setStopped(db(), { phone, at: NOON });
    await save(db(), phone, { fullName: 'Jane Kamau' });
    expect(await sent(phone)).toEqual([]);
    await setStopped(db(), { phone, at: null });
    await save(db(), phone, { fullName: 'Jane Muthoni' });
    expect(await sent(phone)).toHaveLength(1);
  });
});
