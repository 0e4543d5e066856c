import { beforeEach, expect, test } from 'vitest';
import { oldPhoneColumns } from '../../src/accounts/old-numbers.js';
import { inTransaction } from '../../src/database/transaction.js';
import { maskPhone, type Phone } from '../../src/phone-number.js';
import { detailNames } from '../../src/profile/details.js';
import { erasePerson } from '../../src/profile/erasure.js';
import { exportPerson } from '../../src/profile/export.js';
import { checkIdentity } from '../../src/profile/identity.js';
import { readValues } from '../../src/profile/profile.js';
import { readingsOf, recordReading } from '../../src/replay/readings.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { rowsOf } from '../kit/rows.js';
import {
  changedProfile,
  MINUTE,
  NOON,
  newPhone,
  person,
  save,
  seal,
  wholeProfile,
} from './people.js';

const later = new Date(NOON.getTime() + MINUTE);
const before = (at: Date) => new Date(at.getTime() - MINUTE);

describeOnEachDatabase("a person's own data", (database) => {
  const db = () => database().db;
  let phone: Phone;
  beforeEach(async () => {
    await db()('accounts').delete();
    await db()('readings').delete();
    phone = await person(db(), 'sw');
  });

  test('are all there in the copy, in full, with names, times and ways', async () => {
    await db()('reference_items')
      .insert({
        ...{ list: 'genders', key: 'female', number: 2, name_en: 'Female', name_sw: 'Mke' },
      })
      .onConflict(['list', 'key'])
      .ignore();
    const other = await person(db());
    await save(db(), other, { ...changedProfile, nationalId: wholeProfile.nationalId });
    await save(db(), phone, wholeProfile);
    await save(db(), phone, { kraPin: changedProfile.kraPin }, { via: 'web', at: later });

    const copy = await exportPerson(db(), seal, phone);
    expect(copy).toMatchObject({
      format: 'cp2-gateway/person/1',
      phone,
      contact: { firstAt: NOON.toISOString(), language: 'sw', stoppedAt: null },
      account: {
        openedAt: NOON.toISOString(),
        openedVia: 'ussd',
        passwordSetAt: NOON.toISOString(),
        lastHeardAt: NOON.toISOString(),
        setAsideAt: null,
      },
      moves: [],
    });
    expect(copy.details.map(({ detail }) => detail)).toEqual(detailNames);
    expect(Object.fromEntries(copy.details.map(({ detail, value }) => [detail, value]))).toEqual({
      ...wholeProfile,
      kraPin: changedProfile.kraPin,
    });
    expect(copy.account?.issuedPasswords).toEqual([
      {
        issuedAt: NOON.toISOString(),
        expiresAt: new Date(NOON.getTime() + 72 * 60 * MINUTE).toISOString(),
        usedAt: null,
      },
    ]);
    expect(copy.details.find(({ detail }) => detail === 'gender')).toEqual({
      detail: 'gender',
      name: { en: 'Gender', sw: 'Jinsia' },
      value: 'female',
      meaning: { en: 'Female', sw: 'Mke' },
      changedAt: NOON.toISOString(),
      changedVia: 'ussd',
    });
    expect(copy.changes).toHaveLength(detailNames.length + 1);
    expect(copy.changes.at(-1)).toEqual({
      detail: 'kraPin',
      name: { en: 'KRA PIN', sw: 'PIN ya KRA' },
      from: { value: wholeProfile.kraPin },
      to: { value: changedProfile.kraPin },
      by: 'person',
      via: 'web',
      at: later.toISOString(),
    });
    expect(copy.changes.find(({ detail }) => detail === 'gender')?.to).toEqual({
      value: 'female',
      meaning: { en: 'Female', sw: 'Mke' },
    });
    expect(copy.ofAccount?.conflicts).toEqual([
      { detail: 'nationalId', noticedAt: NOON.toISOString(), resolvedAt: null },
    ]);
    const text = JSON.stringify(copy);
    expect(JSON.parse(text)).toEqual(copy);
    for (const theirs of [other, ...Object.values(changedProfile)]) {
      // Words of the definitions may hold any of the short ones.
      if (theirs.length > 5 && theirs !== changedProfile.kraPin) expect(text).not.toContain(theirs);
    }
  });

  test('of a number that never registered are the number and its wishes', async () => {
    const caller = newPhone();
    expect(await exportPerson(db(), seal, caller)).toEqual({
      ...{ format: 'cp2-gateway/person/1', phone: caller, contact: null, account: null },
      ...{ moves: [], details: [], changes: [], ofAccount: null },
      ofNumber: { calls: [], messages: [], wrongPasswords: null, readings: [] },
    });
    await db()('callers').insert({ phone: caller, stopped_at: later, first_seen_at: NOON });
    expect(await exportPerson(db(), seal, caller)).toMatchObject({
      contact: {
        firstAt: NOON.toISOString(),
        language: null,
        stoppedAt: later.toISOString(),
      },
      account: null,
    });
  });

  test('are also what the calls, the SMS and the logins have left', async () => {
    const other = await person(db());
    await save(db(), other, changedProfile);
    await haveTraces(other);
    const reading = { what: 'transcript', sessions: [1], by: 'achieng' } as const;
    for (const at of [before(NOON), later])
      await recordReading(db(), seal, { ...reading, phone, at });
    const at = NOON.toISOString();
    const { ofNumber, ofAccount } = await exportPerson(db(), seal, phone);
    expect(ofNumber).toEqual({
      calls: [
        {
          ...{ channel: 'ussd', carrier: 'test', network: null, language: 'en' },
          ...{ startedAt: at, endedAs: null },
          screens: [{ flow: 'home', state: 'menu', topic: null, at }],
        },
      ],
      messages: [
        expect.objectContaining({ carries: 'notice', state: 'queued', queuedAt: at, sentAt: null }),
      ],
      wrongPasswords: { count: 1, lastAt: at },
      readings: [{ what: 'transcript', at: later.toISOString() }],
    });
    expect(ofAccount).toMatchObject({
      webSessions: [{ startedAt: at, expiresAt: later.toISOString() }],
      wrongIds: [{ day: '2026-11-24', by: 'holder', count: 1 }],
    });
  });

  test('are not what the holder before has left of the number', async () => {
    const other = await person(db());
    await save(db(), other, changedProfile);
    await haveTraces(other);
    await db()('callers').where({ phone }).update({ first_seen_at: later });
    const { ofNumber } = await exportPerson(db(), seal, phone);
    expect(ofNumber).toMatchObject({ calls: [], messages: [], readings: [] });
  });

  const erase = (via: 'web' | 'command' = 'web') =>
    inTransaction(db(), (trx) => erasePerson(trx, seal, { phone, via, at: later }));

  test('are gone from every table once they are erased; others stay as they were', async () => {
    const other = await person(db());
    await save(db(), other, changedProfile);
    const before = await rowsOf(db());
    await haveTraces(other);
    expect(await erase()).toBe(true);

    const { erasures, ...after } = await rowsOf(db());
    const { erasures: _, ...rest } = before;
    const withoutPhone = Object.fromEntries(
      Object.entries(rest).map(([table, rows]) => [
        table,
        rows.filter((row) => !row.includes(phone)),
      ]),
    );
    expect(after).toEqual(withoutPhone);
    expect(erasures?.at(-1)).toContain('web');
    expect(erasures?.at(-1)).not.toContain(phone);
    expect(await readValues(db(), seal, other)).toEqual(changedProfile);
    expect(await erase()).toBe(false);
  });

  const move = {
    ...{ id_fits: true, requested_at: NOON, requested_via: 'sms' },
  };
  const decided = { state: 'refused', decided_at: NOON, decided_by: 'achieng' };

  /** All that there can be about somebody, a conflict with another included. */
  async function haveTraces(other: Phone): Promise<void> {
    await save(db(), phone, { ...wholeProfile, nationalId: changedProfile.nationalId });
    await save(db(), phone, { account: '98765432' }, { via: 'web' });
    await checkIdentity(db(), seal, phone, '1', NOON);
    const { id } = await db()('accounts').where({ phone }).first('id');
    await db()('web_sessions').insert({
      ...{ token_digest: Buffer.from('token'), account_id: id },
      ...{ started_at: NOON, expires_at: later },
    });
    await db()('login_failures').insert({ phone, failures: 1, last_at: NOON });
    await db()('early_delivery_reports').insert({
      ...{ phone, carrier: 'test', carrier_message_id: 'id-1', state: 'sent', received_at: NOON },
    });
    await haveHalfAnSms();
    const [session] = await db()('sessions')
      .insert({
        ...{ phone, channel: 'ussd', carrier: 'test', carrier_session: 'one', language: 'en' },
        ...{ turns: 1, open: false, heard_digest: Buffer.from('input') },
        ...{ started_at: NOON, turned_at: NOON },
      })
      .returning('id');
    await db()('turns').insert({
      ...{ phone, input_digest: Buffer.from('input'), session_id: session.id, number: 1 },
      ...{ flow: 'home', state: 'menu', slipped: false, ended: true },
      reply: Buffer.from('sealed'),
      taken_at: NOON,
    });
    await db()('number_moves').insert([
      {
        ...move,
        ...oldPhoneColumns(seal, phone, '254711000000' as Phone),
        phone,
        state: 'open',
      },
      {
        ...{ ...move, ...decided, phone: other, account_id: id },
        ...oldPhoneColumns(seal, other, phone),
      },
    ]);
    const counts = await Promise.all(
      ['profile_conflicts', 'identity_failures', 'messages'].map((table) => db()(table).select()),
    );
    for (const rows of counts) expect(rows.length).toBeGreaterThan(0);
    expect(await readValues(db(), seal, other)).toEqual(changedProfile);
  }

  async function haveHalfAnSms(): Promise<void> {
    const text = Buffer.from('sealed');
    await db()('inbound_sms_parts').insert({
      ...{ phone, carrier: 'test', part_id: 'one', reference: '1', number: 1, total: 2 },
      ...{ text, received_at: NOON },
    });
    const content_digest = Buffer.from('digest');
    await db()('unconfirmed_sms').insert({ phone, content_digest, received_at: NOON });
  }

  test('are gone too where the number was never answered', async () => {
    await erase();
    const before = await rowsOf(db());
    await haveHalfAnSms();
    expect(await erase()).toBe(true);
    expect(await rowsOf(db())).toEqual(before);
  });

  test('leave that somebody has read them, and no longer whose they were', async () => {
    const other = await person(db());
    const reading = { what: 'transcript', sessions: [1], by: 'achieng', at: NOON } as const;
    for (const whose of [phone, other])
      await recordReading(db(), seal, { ...reading, phone: whose });
    await erase();
    expect(await readingsOf(db(), seal, phone)).toEqual([]);
    expect(await readingsOf(db(), seal, null)).toEqual([
      { ...reading, phone: maskPhone(other) },
      { ...reading, phone: null },
    ]);
    const digests = await db()('readings').orderBy('id', 'desc').pluck('phone_digest');
    expect(digests).toEqual([expect.any(Buffer), null]);
  });

  test('leave an entry that an account was closed, when and by which way', async () => {
    const { id } = await db()('accounts').where({ phone }).first('id');
    await erase('command');
    expect(await db()('erasures').where({ account_id: id }).first()).toMatchObject({
      requested_via: 'command',
      erased_at: later,
    });
    await db()('callers').insert({ phone, first_seen_at: NOON });
    const entries = await db()('erasures').select();
    expect(await erase()).toBe(true);
    expect(await db()('erasures').select()).toEqual(entries);
  });
});
