import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { beforeEach, expect, test } from 'vitest';
import { listMoves } from '../src/accounts/decisions.js';
import { findClaimed, readOldNumber, requestMove } from '../src/accounts/moves.js';
import { oldPhoneDigests } from '../src/accounts/old-numbers.js';
import { listSetAside, setAsideSilent } from '../src/accounts/set-aside.js';
import { inTransaction } from '../src/database/transaction.js';
import type { Position } from '../src/dialogue/screen.js';
import { partContext } from '../src/inbound-parts.js';
import { bodyContext, queueSms } from '../src/messages/queue.js';
import { maskPhone, type Phone } from '../src/phone-number.js';
import { openConflicts } from '../src/profile/conflicts.js';
import { erasePerson } from '../src/profile/erasure.js';
import { exportPerson } from '../src/profile/export.js';
import { checkIdentity } from '../src/profile/identity.js';
import { conflicting } from '../src/profile/profile.js';
import { readingsOf, recordReading } from '../src/replay/readings.js';
import { rotateKeys } from '../src/rotation.js';
import { createSeal, type Seal } from '../src/seal.js';
import type { Input } from '../src/turns/stored.js';
import { createTurns } from '../src/turns/turns.js';
import { describeOnEachDatabase, describeOnPostgresql } from './kit/database.js';
import { rowsOf } from './kit/rows.js';
import {
  changedProfile,
  changesOf,
  NOON,
  newPhone,
  person,
  save,
  wholeProfile,
} from './profile/people.js';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const [old, both, fresh] = [createSeal(oldKey), createSeal(newKey, [oldKey]), createSeal(newKey)];
const none = {
  ...{ details: 0, changes: 0, digests: 0, numbers: 0 },
  ...{ messages: 0, turns: 0, parts: 0, unopened: 0 },
};

const copies = (db: Knex, seal: Seal, phones: readonly Phone[]) =>
  Promise.all(phones.map((phone) => exportPerson(db, seal, phone)));
const texts = async (db: Knex, seal: Seal) => {
  const rows: { phone: Phone; body: Buffer }[] = await db('messages').whereNotNull('body');
  return rows.map(({ phone, body }) => seal.open(body, bodyContext(phone))).sort();
};

const position: Position = {
  ...{ flow: 'profile', version: 1, state: 'groups', context: {}, remark: null, page: 0 },
};

const inputOf = (phone: Phone, text: string): Input => ({
  ...{ channel: 'ussd', carrier: 'test', session: 'one', phone, network: null },
  ...{ digest: Buffer.from(text), formerDigests: [] },
});

const turnsOn = (db: Knex, seal: Seal) => createTurns({ db, hot: db, seal });

/** A call of two turns that is still open. */
async function haveCall(db: Knex, phone: Phone): Promise<void> {
  for (const text of ['first', 'second']) {
    const input = inputOf(phone, text);
    const turns = turnsOn(db, old);
    const { session, caller, account } = await turns.load(input, NOON, { fresh: true });
    const after = {
      ...({
        language: 'en',
        chosen: null,
        position,
        open: true,
        displaces: true,
        ended: false,
      } as const),
      ...{ reply: `Reply to ${text}`, said: null, slipped: false, topic: null },
      ...{ finished: null, heard: null, at: NOON },
    };
    await turns.record({ input, session, caller, account, after });
  }
}

/** A part of a long SMS that waits for the others. */
async function havePart(db: Knex, phone: Phone, id: string): Promise<void> {
  await db('inbound_sms_parts').insert({
    ...{ phone, carrier: 'test', part_id: id, reference: '1', number: 1, total: 3 },
    ...{ text: old.seal(`Part ${id}`, partContext(phone)), received_at: NOON },
  });
}

const partsOf = async (db: Knex, seal: Seal) => {
  const rows: { phone: Phone; text: Buffer }[] = await db('inbound_sms_parts').orderBy('part_id');
  return rows.map(({ phone, text }) => seal.open(text, partContext(phone)));
};

describeOnEachDatabase('another data key', (database) => {
  const db = () => database().db;
  let people: [Phone, Phone];
  beforeEach(async () => {
    await db()('messages').delete();
    await db()('inbound_sms_parts').delete();
    await db()('sessions').delete();
    await db()('accounts').delete();
    people = [await person(db()), await person(db())];
    await save(db(), people[0], wholeProfile, { seal: old });
    await save(db(), people[0], { account: '98765432' }, { seal: old, via: 'web' });
    const same = { nationalId: wholeProfile.nationalId };
    await save(db(), people[1], { ...changedProfile, ...same }, { seal: old });
    await haveCall(db(), people[0]);
    await havePart(db(), people[0], 'one');
    await havePart(db(), people[0], 'two');
    for (const carries of ['password', 'reply'] as const) {
      await inTransaction(db(), (trx) =>
        queueSms(trx, { phone: people[0], text: `a ${carries}`, carries, at: NOON }, old),
      );
    }
  });

  test('reads everything as before, and needs the old one no more', async () => {
    const [before, sms] = [await copies(db(), old, people), await texts(db(), old)];
    expect(sms).toHaveLength(3);
    expect(await copies(db(), both, people)).toEqual(before);

    expect(await rotateKeys(db(), both)).toEqual({
      ...{ details: 18, changes: 51, messages: 3, turns: 2, parts: 2, numbers: 0 },
      unopened: 0,
      // IDs, accounts, and the one employment number that is TSC's.
      digests: 5,
    });
    expect(await copies(db(), fresh, people)).toEqual(before);
    expect(await texts(db(), fresh)).toEqual(sms);
    expect(await partsOf(db(), fresh)).toEqual(['Part one', 'Part two']);
    const call = await turnsOn(db(), fresh).load(inputOf(people[0], 'second'), NOON, {
      fresh: true,
    });
    expect(call.session?.position).toEqual(position);
    expect(call.recorded?.text).toBe('Reply to second');
    await expect(copies(db(), old, people)).rejects.toThrow('another DATA_KEY');
    expect(await checkIdentity(db(), fresh, people[0], wholeProfile.nationalId, NOON)).toBe(
      'right',
    );
  });

  test('finds who has read what, so that an erasure does', async () => {
    await db()('readings').delete();
    const reading = { what: 'transcript', sessions: [1], by: 'achieng', at: NOON } as const;
    for (const phone of people) await recordReading(db(), old, { ...reading, phone });
    expect((await rotateKeys(db(), both)).digests).toBe(7);
    expect(await readingsOf(db(), fresh, people[0])).toHaveLength(1);
    await inTransaction(db(), (trx) =>
      erasePerson(trx, fresh, { phone: people[0], via: 'command', at: NOON }),
    );
    expect((await readingsOf(db(), fresh, null)).map(({ phone }) => phone)).toEqual([
      maskPhone(people[1]),
      null,
    ]);
    await db()('readings').delete();
  });

  test('is taken up by accounts that were set aside, and by old numbers', async () => {
    const year = new Date(NOON.getTime() + 365 * 24 * 3_600_000);
    const number = readOldNumber(old, people[0], people[1])?.number ?? '';
    await inTransaction(db(), async (trx) => {
      await setAsideSilent(trx, old, { phone: people[1], at: year });
      const claim = { accountId: null, idFits: false };
      const asked = { phone: people[0], number, via: 'sms', at: year } as const;
      await requestMove(trx, old, { ...asked, ...claim });
    });
    expect(await rotateKeys(db(), both)).toMatchObject({ details: 18, numbers: 2, unopened: 0 });
    expect(await rotateKeys(db(), both)).toEqual(none);
    expect(await listSetAside(db(), fresh, people[1])).toMatchObject([
      { formerPhone: people[1], details: 25 },
    ]);
    expect(await listMoves(db(), fresh)).toMatchObject([{ oldPhone: people[1] }]);
    // An erasure finds it by the new key.
    expect(await db()('number_moves').pluck('old_phone_digest')).toEqual(
      oldPhoneDigests(fresh, people[1]),
    );
    const claim = { phone: newPhone(), said: wholeProfile.nationalId };
    const named = readOldNumber(fresh, claim.phone, people[1])?.number ?? '';
    expect(await findClaimed(db(), fresh, { ...claim, number: named })).toMatchObject({
      idFits: true,
    });
  });

  test('still finds equal values, and forgets no conflict', async () => {
    const conflicts = await openConflicts(db());
    expect(conflicts).toHaveLength(1);
    await rotateKeys(db(), both);
    expect(await openConflicts(db())).toEqual(conflicts);
    const { nationalId, employer, employmentNumber, bank } = wholeProfile;
    const given = changesOf({ nationalId, employer, employmentNumber, bank, account: '98765432' });
    expect(await conflicting(db(), fresh, newPhone(), given, { at: NOON })).toEqual([
      'nationalId',
      'account',
      'employmentNumber',
    ]);
    await save(db(), people[1], { nationalId: '11112222' }, { seal: fresh });
    expect(await openConflicts(db())).toEqual([]);
  });

  test('changes nothing the second time, and takes up what was sealed with the old one since', async () => {
    await rotateKeys(db(), both);
    const rows = await rowsOf(db());
    expect(await rotateKeys(db(), both)).toEqual(none);
    expect(await rotateKeys(db(), fresh)).toEqual(none);
    expect(await rowsOf(db())).toEqual(rows);

    const late = createSeal(oldKey, [newKey]);
    await save(db(), people[0], { employmentNumber: '999888' }, { seal: late });
    expect(await rotateKeys(db(), both)).toEqual({ ...none, changes: 1, digests: 3 });
    await copies(db(), fresh, people);
  });

  test('leaves what no key at hand opens, says so, and does the rest', async () => {
    const [lost, before] = [createSeal(randomBytes(32)), await copies(db(), old, people)];
    const phone = await person(db());
    await save(db(), phone, { nationalId: '55556666' }, { seal: lost });
    await inTransaction(db(), (trx) =>
      queueSms(trx, { phone, text: 'lost', carries: 'reply', at: NOON }, lost),
    );
    expect(await rotateKeys(db(), both)).toMatchObject({ details: 18, messages: 3, unopened: 2 });
    expect(await copies(db(), fresh, people)).toEqual(before);
    expect((await exportPerson(db(), lost, phone)).details).toHaveLength(1);
  });

  test('goes through more accounts than one batch', async () => {
    for (let n = 0; n < 205; n += 1) {
      await save(db(), await person(db()), { nssf: '1234567' }, { seal: old });
    }
    expect(await rotateKeys(db(), both)).toMatchObject({ details: 18 + 205, changes: 51 + 205 });
    expect(await rotateKeys(db(), fresh)).toEqual(none);
  });
});

describeOnPostgresql('a rotation while the service runs', (database) => {
  test('loses no change that is made meanwhile', async () => {
    const { db } = database();
    const people = await Promise.all(Array.from({ length: 20 }, () => person(db)));
    await Promise.all(people.map((phone) => save(db, phone, wholeProfile, { seal: old })));
    const given = (phone: Phone) => ({ ...changedProfile, nationalId: phone.slice(-8) });
    await Promise.all([
      rotateKeys(db, both),
      ...people.map((phone) => save(db, phone, given(phone), { seal: both })),
      rotateKeys(db, both),
    ]);
    await rotateKeys(db, both);
    for (const copy of await copies(db, fresh, people)) {
      const values = Object.fromEntries(copy.details.map(({ detail, value }) => [detail, value]));
      expect(values).toEqual(given(copy.phone));
      expect(copy.changes).toHaveLength(50);
    }
  });
});
