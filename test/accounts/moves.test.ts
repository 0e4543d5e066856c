import { beforeEach, describe, expect, test } from 'vitest';
import {
  approveMove,
  type Hindrance,
  listMoves,
  refuseMove,
} from '../../src/accounts/decisions.js';
import { moveNotice } from '../../src/accounts/move-notices.js';
import { findClaimed, movePermit, readOldNumber, requestMove } from '../../src/accounts/moves.js';
import { listSetAside, setAsideSilent } from '../../src/accounts/set-aside.js';
import { hasStopped, setStopped } from '../../src/callers.js';
import { inTransaction } from '../../src/database/transaction.js';
import { isGsm, septets } from '../../src/dialogue/gsm.js';
import { languageCodes } from '../../src/dialogue/languages.js';
import { bodyContext } from '../../src/messages/queue.js';
import { maskPhone, type Phone } from '../../src/phone-number.js';
import { erasePerson, eraseSetAside } from '../../src/profile/erasure.js';
import { exportPerson, exportSetAside } from '../../src/profile/export.js';
import { readValues } from '../../src/profile/profile.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { changesNothing } from '../kit/rows.js';
import {
  changedProfile,
  MINUTE,
  NOON,
  newPhone,
  person,
  save,
  seal,
  wholeProfile,
} from '../profile/people.js';

const DAY = 24 * 60 * MINUTE;
const at = new Date(NOON.getTime() + 200 * DAY);
const later = new Date(at.getTime() + MINUTE);
const ID = wholeProfile.nationalId;

describe('the words about a move', () => {
  test.each(languageCodes)('in %s fit into one SMS each', (language) => {
    for (const says of ['asked', 'movedAway', 'movedHere', 'refused'] as const) {
      const said = moveNotice(language, says, '0712***678');
      expect(septets(said)).toBeLessThanOrEqual(160);
      expect(isGsm(said)).toBe(true);
      expect(said).toMatch(/^KNEC CP2: .*0712\*\*\*678/);
    }
  });
});

describeOnEachDatabase('moving an account', (database) => {
  const db = () => database().db;
  let old: Phone;
  let own: Phone;
  beforeEach(async () => {
    for (const table of ['number_moves', 'accounts', 'messages']) await db()(table).delete();
    old = await person(db());
    await save(db(), old, wholeProfile);
    own = await caller();
  });

  /** Somebody who has dialled, and has no account. */
  async function caller(): Promise<Phone> {
    const phone = newPhone();
    await db()('callers').insert({ phone, first_seen_at: NOON });
    return phone;
  }

  /** Asks as the flow does; returns the request's id. */
  async function ask(
    phone: Phone,
    from: Phone,
    said: string = ID,
    when: Date = at,
  ): Promise<number> {
    const number = readOldNumber(seal, phone, from)?.number ?? '';
    const claim = await findClaimed(db(), seal, { phone, number, said });
    await inTransaction(db(), (trx) =>
      requestMove(trx, seal, { ...claim, phone, number, via: 'ussd', at: when }),
    );
    const row = await db()('number_moves').where({ phone, state: 'open' }).first('id');
    return row.id;
  }

  const approve = (id: number, { withoutId = false } = {}): Promise<Hindrance | null> =>
    inTransaction(db(), (trx) =>
      approveMove(trx, seal, { id, operator: 'achieng', at: later, withoutId }),
    );
  const aside = (phone: Phone) =>
    inTransaction(db(), (trx) => setAsideSilent(trx, seal, { phone, at }));
  const valuesOf = (phone: Phone) => readValues(db(), seal, phone);
  const sentTo = async (phone: Phone) => {
    const rows: { body: Buffer }[] = await db()('messages').where({ phone }).orderBy('created_at');
    return rows.map(({ body }) => seal.open(body, bodyContext(phone)));
  };

  test('an operator sees who asks for what, and whether the ID fits', async () => {
    const [right, wrong, none] = [own, await caller(), await caller()];
    await ask(right, old, ` 0${ID} `);
    await ask(wrong, old, '1234567');
    await ask(none, newPhone());
    const account = { phone: old, heardAt: NOON, details: 25, hasId: true };
    expect(await listMoves(db(), seal)).toMatchObject([
      { phone: right, oldPhone: old, idFits: true, account, requestedAt: at, decided: null },
      { phone: wrong, oldPhone: old, idFits: false, account },
      { phone: none, idFits: false, account: null },
    ]);
  });

  test('what the old number has done so far is not in a copy for its next holder', async () => {
    const id = await ask(own, old);
    expect((await exportPerson(db(), seal, old)).ofNumber?.messages).not.toEqual([]);
    await approve(id);
    const { ofNumber, contact } = await exportPerson(db(), seal, old);
    expect(contact?.firstAt).toBe(later.toISOString());
    expect(ofNumber?.messages.map(({ queuedAt }) => queuedAt)).toEqual([later.toISOString()]);
  });

  test('the old number lies nowhere in the clear beside the new one, nor the ID', async () => {
    await ask(own, old, '87654321');
    const rows = JSON.stringify(await db()('number_moves').select());
    expect(rows).not.toContain(old);
    expect(rows).not.toContain('87654321');
  });

  test('gives all of it to the number that has asked, and tells both', async () => {
    const { id } = await db()('accounts').where({ phone: old }).first('id');
    await db()('web_sessions').insert({
      ...{ token_digest: Buffer.from('token'), account_id: id },
      ...{ started_at: NOON, expires_at: new Date(later.getTime() + DAY) },
    });
    await db()('sessions').insert({
      ...{ phone: old, channel: 'ussd', carrier: 'test', carrier_session: String(old) },
      ...{ language: 'en', turns: 3, open: true, heard_digest: Buffer.from('digest') },
      ...{ started_at: at, turned_at: at },
    });
    expect(await approve(await ask(own, old))).toBeNull();
    expect(await valuesOf(own)).toEqual(wholeProfile);
    expect(await valuesOf(old)).toEqual({});
    expect((await exportPerson(db(), seal, own)).changes).toHaveLength(25);
    expect(await db()('accounts').where({ id }).first()).toMatchObject({
      ...{ phone: own, heard_at: later, password_hash: null },
    });
    expect(await db()('issued_passwords').whereIn('phone', [own, old])).toEqual([]);
    expect(await db()('web_sessions').where({ account_id: id })).toEqual([]);
    expect(await db()('sessions').where({ phone: old }).first()).toMatchObject({
      ...{ open: false, turns: 4 },
    });
    expect(await sentTo(own)).toEqual([moveNotice('en', 'movedHere', maskPhone(old))]);
    expect(await sentTo(old)).toEqual([
      moveNotice('en', 'asked', maskPhone(own)),
      moveNotice('en', 'movedAway', maskPhone(own)),
    ]);
    expect(await listMoves(db(), seal)).toEqual([]);
    expect(await listMoves(db(), seal, { all: true })).toMatchObject([
      { state: 'approved', decided: { at: later, by: 'achieng' }, account: { phone: own } },
    ]);
  });

  test('is approved once, and a second request for it comes too late', async () => {
    const id = await ask(own, old);
    const other = await ask(await caller(), old);
    expect(await Promise.all([approve(id), approve(id)])).toEqual(
      expect.arrayContaining([null, 'notOpen']),
    );
    await db()('messages').delete();
    expect(await changesNothing(db(), () => approve(other))).toBe('changedHands');
  });

  test.each<[Hindrance, () => Promise<number>]>([
    ['notOpen', async () => (await ask(own, old)) + 1],
    ['noAccount', () => ask(own, newPhone())],
    ['idDiffers', () => ask(own, old, '1234567')],
    [
      'hasOwn',
      async () => {
        const phone = await person(db());
        await save(db(), phone, { fullName: 'Jane Kamau' }, { at });
        await db()('accounts').where({ phone }).update({ heard_at: at });
        return ask(phone, old);
      },
    ],
  ])('is hindered, and changes nothing: %s', async (hindrance, asked) => {
    const id = await asked();
    await db()('messages').delete();
    expect(await changesNothing(db(), () => approve(id))).toBe(hindrance);
  });

  test('goes by the operator’s word where there is no ID on record', async () => {
    const without = await person(db());
    await save(db(), without, { fullName: 'Jane Kamau' });
    const id = await ask(own, without);
    expect(await approve(id)).toBe('idDiffers');
    expect(await approve(id, { withoutId: true })).toBeNull();
    expect(await valuesOf(own)).toEqual({ fullName: 'Jane Kamau' });
  });

  test('an empty account of the new number gives way, a silent one is set aside', async () => {
    const empty = await person(db());
    await db()('accounts').where({ phone: empty }).update({ heard_at: at });
    const { id } = await db()('accounts').where({ phone: empty }).first('id');
    expect(await approve(await ask(empty, old))).toBeNull();
    expect(await valuesOf(empty)).toEqual(wholeProfile);
    expect(await db()('accounts').where({ id })).toEqual([]);

    const recycled = await person(db());
    await save(db(), recycled, changedProfile);
    const next = await ask(recycled, empty);
    expect(await approve(next)).toBeNull();
    expect(await valuesOf(recycled)).toEqual(wholeProfile);
    expect(await listSetAside(db(), seal)).toMatchObject([{ formerPhone: recycled, details: 25 }]);
  });

  test('finds what was set aside when the old number went to somebody else', async () => {
    await setStopped(db(), { phone: old, at: NOON });
    await aside(old);
    expect(await hasStopped(db(), old)).toBe(false);
    await db()('accounts').insert({
      ...{ phone: old, password_hash: '$argon2id$of-another' },
      ...{ password_set_at: at, created_at: at, heard_at: at, created_via: 'ussd' },
    });
    await save(db(), old, { nationalId: changedProfile.nationalId }, { at });
    expect(await approve(await ask(own, old))).toBeNull();
    expect(await valuesOf(own)).toEqual(wholeProfile);
    // Whoever has the old number now has nothing to do with it.
    expect(await valuesOf(old)).toEqual({ nationalId: changedProfile.nationalId });
    expect(await sentTo(old)).toEqual([]);
    expect(await listSetAside(db(), seal)).toEqual([]);
  });

  test('gives it back to who has said by mistake to be new on the number', async () => {
    await aside(old);
    const id = await ask(old, old);
    expect(await listMoves(db(), seal)).toMatchObject([{ idFits: true, account: { phone: null } }]);
    expect(await approve(id)).toBeNull();
    expect(await valuesOf(old)).toEqual(wholeProfile);
    // Of one's own account there is nothing to move.
    await ask(old, old, ID, new Date(later.getTime() + MINUTE));
    expect(await listMoves(db(), seal)).toMatchObject([{ account: null }]);
  });

  test('keeps one request a number, three a day', async () => {
    const after = (hours: number) => new Date(at.getTime() + hours * 60 * MINUTE);
    for (const hours of [0, 1, 2]) {
      expect(await movePermit(db(), own, after(hours))).toEqual({ allowed: true });
      await ask(own, old, ID, after(hours));
    }
    expect(await listMoves(db(), seal)).toHaveLength(1);
    expect(await listMoves(db(), seal, { all: true })).toHaveLength(3);
    expect(await movePermit(db(), own, after(3))).toEqual({
      allowed: false,
      againAt: after(24).toISOString(),
    });
    await expect(ask(own, old, ID, after(3))).rejects.toThrow();
    expect(await movePermit(db(), own, after(24))).toEqual({ allowed: true });
    // Its holder hears of it once a day, not as often as it pleases others.
    expect(await sentTo(old)).toHaveLength(1);
  });

  test('tells the holder only of those who know the ID, and not after STOP', async () => {
    await ask(own, old, '1234567');
    expect(await sentTo(old)).toEqual([]);
    await setStopped(db(), { phone: old, at });
    await ask(await caller(), old);
    expect(await sentTo(old)).toEqual([]);
  });

  test('is refused in the language of who has asked, after STOP too', async () => {
    await db()('callers').where({ phone: own }).update({ language: 'sw', stopped_at: at });
    const id = await ask(own, old, '1234567');
    const refuse = () =>
      inTransaction(db(), (trx) => refuseMove(trx, seal, { id, operator: 'achieng', at: later }));
    expect(await refuse()).toBeNull();
    expect(await refuse()).toBe('notOpen');
    expect(await sentTo(own)).toEqual([moveNotice('sw', 'refused', maskPhone(old))]);
    expect(await valuesOf(old)).toEqual(wholeProfile);
  });

  test('is in the copy of who has asked, and erased with them', async () => {
    await ask(own, old);
    expect((await exportPerson(db(), seal, own)).moves).toEqual([
      {
        ...{ oldPhone: old, requestedAt: at.toISOString(), requestedVia: 'ussd' },
        ...{ state: 'open', decidedAt: null },
      },
    ]);
    await inTransaction(db(), (trx) =>
      erasePerson(trx, seal, { phone: own, via: 'web', at: later }),
    );
    expect(await db()('number_moves').select()).toEqual([]);
  });

  describe('the number that was asked for is erased', () => {
    const refuse = (id: number) =>
      inTransaction(db(), (trx) => refuseMove(trx, seal, { id, operator: 'achieng', at: later }));
    const erase = (phone: Phone) =>
      inTransaction(db(), (trx) => erasePerson(trx, seal, { phone, via: 'web', at: later }));
    const namedBy = async (phone: Phone) =>
      (await exportPerson(db(), seal, phone)).moves.map(({ oldPhone }) => oldPhone);

    test.each(['now', 'by an earlier version'])(
      'and named no more where it is decided, kept %s',
      async (kept) => {
        const [named, asking] = [await caller(), await caller()];
        await refuse(await ask(own, named));
        await refuse(await ask(asking, old, '1234567'));
        if (kept !== 'now') await db()('number_moves').update({ old_phone_digest: null });
        await erase(named);
        expect(await namedBy(own)).toEqual([]);
        expect(await namedBy(asking)).toEqual([old]);
      },
    );

    test('and named until its request is answered where that is open', async () => {
      const [first, second] = [own, await caller()];
      const id = await ask(first, old);
      await ask(second, old);
      await erase(old);
      expect(await namedBy(first)).toEqual([old]);
      expect(await refuse(id)).toBeNull();
      expect(await sentTo(first)).toEqual([moveNotice('en', 'refused', maskPhone(old))]);
      expect(await namedBy(first)).toEqual([]);
      const other = newPhone();
      await ask(second, other);
      expect(await namedBy(second)).toEqual([other]);
    });

    test('and stays with the account that has come from it', async () => {
      await approve(await ask(own, old));
      await erase(old);
      expect(await namedBy(own)).toEqual([old]);
    });
  });

  test('has nothing to give any more once the old account is erased', async () => {
    const id = await ask(own, old);
    await inTransaction(db(), (trx) =>
      erasePerson(trx, seal, { phone: old, via: 'web', at: later }),
    );
    expect(await approve(id)).toBe('noAccount');
  });

  test('what was set aside is copied out in full, and erased, for who asks for it', async () => {
    const before = await exportPerson(db(), seal, old);
    await aside(old);
    const [account] = await listSetAside(db(), seal, old);
    expect(await listSetAside(db(), seal, own)).toEqual([]);
    const copy = await exportSetAside(db(), seal, account?.id ?? '');
    expect(copy).toMatchObject({
      ...{ phone: old, contact: null, moves: [] },
      ...{ details: before.details, changes: before.changes },
      account: { setAsideAt: at.toISOString() },
    });
    // The number's new holder gets nothing of it, and takes nothing of it away.
    expect(await exportPerson(db(), seal, old)).toMatchObject({ account: null, details: [] });
    await inTransaction(db(), (trx) =>
      erasePerson(trx, seal, { phone: old, via: 'web', at: later }),
    );
    expect(await listSetAside(db(), seal)).toHaveLength(1);

    const erase = (accountId: string) =>
      inTransaction(db(), (trx) => eraseSetAside(trx, { accountId, at: later }));
    expect(await erase(account?.id ?? '')).toBe(true);
    expect(await erase(account?.id ?? '')).toBe(false);
    expect(await db()('profile_details').where({ account_id: account?.id })).toEqual([]);
    const other = await person(db());
    const { id } = await db()('accounts').where({ phone: other }).first('id');
    expect(await erase(id)).toBe(false);
    expect(await exportSetAside(db(), seal, id)).toBeNull();
  });
});
