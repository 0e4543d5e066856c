import type { Knex } from 'knex';
import { beforeEach, expect, test } from 'vitest';
import { replacePassword } from '../../src/accounts/accounts.js';
import { approveMove, refuseMove } from '../../src/accounts/decisions.js';
import { queuePasswordSms } from '../../src/accounts/issued-passwords.js';
import { readOldNumber, requestMove } from '../../src/accounts/moves.js';
import { oldPhoneContext } from '../../src/accounts/old-numbers.js';
import { setAsideSilent } from '../../src/accounts/set-aside.js';
import { inTransaction, type Transaction } from '../../src/database/transaction.js';
import type { Phone } from '../../src/phone-number.js';
import { erasePerson, eraseSetAside } from '../../src/profile/erasure.js';
import { saveChanges } from '../../src/profile/profile.js';
import { recordTurns } from '../../src/turns/record.js';
import type { Step, StoredSession } from '../../src/turns/stored.js';
import { createTurns } from '../../src/turns/turns.js';
import { describeOnPostgresql } from '../kit/database.js';
import { eventually } from '../kit/rows.js';
import {
  changesOf,
  MINUTE,
  NOON,
  newPhone,
  person,
  save,
  seal,
  USSD_CODE,
  wholeProfile,
} from '../profile/people.js';

const DAY = 24 * 60 * MINUTE;
const soon = new Date(NOON.getTime() + 2 * DAY);
const at = new Date(NOON.getTime() + 200 * DAY);
const passwordHash = '$argon2id$of-a-test';

describeOnPostgresql('locks', (database) => {
  const db = () => database().db;
  /** With an account, and the one who asks for it. */
  let old: Phone;
  let asker: Phone;
  let accountId: string;
  let moveId: number;
  beforeEach(async () => {
    for (const table of ['number_moves', 'accounts', 'messages', 'sessions']) {
      await db()(table).delete();
    }
    asker = newPhone();
    await db()('callers').insert({ phone: asker, first_seen_at: NOON });
    old = await person(db());
    await save(db(), old, wholeProfile);
    accountId = (await db()('accounts').where({ phone: old }).first('id')).id;
    await inTransaction(db(), ask);
    moveId = (await db()('number_moves').first('id')).id;
  });

  const ask = (trx: Transaction) =>
    requestMove(trx, seal, {
      ...{ phone: asker, number: readOldNumber(seal, asker, old)?.number ?? '' },
      ...{ accountId, idFits: true, via: 'ussd', at: soon },
    });
  const decision = () => ({ id: moveId, operator: 'achieng', at });
  const within = (work: (trx: Transaction) => Promise<unknown>) => inTransaction(db(), work, 1);

  /** Of a call that is open, or of its first turn. */
  function stepOf(session: Pick<StoredSession, 'id' | 'turns'> | null): Step {
    const position = {
      ...{ flow: 'home', version: 1, state: 'menu', context: {}, remark: null, page: 0 },
    };
    return {
      input: {
        ...{ channel: 'ussd', carrier: 'test', session: 'one', phone: old, network: null },
        ...{ digest: Buffer.from(`turn ${session?.turns ?? 0}`), formerDigests: [] },
      },
      session: session && {
        ...{ ...session, language: 'en', position, heard: null, heardLength: 0 },
        ...{ heardDigest: Buffer.from('turn 0'), turnedAt: soon },
      },
      caller: { language: null, network: null, heardAt: NOON },
      account: null,
      after: {
        ...({ language: 'en', chosen: null, position, open: true } as const),
        ...{ displaces: true, ended: false, reply: 'Menu', said: null, slipped: false },
        ...{ topic: null, finished: null, heard: null, at: soon },
      },
    };
  }

  const turns = () => createTurns({ db: db(), hot: db(), seal });
  const first = () => recordTurns(db(), seal, [stepOf(null)]);
  async function inCall(work: (trx: Transaction) => Promise<void>): Promise<void> {
    const { id } = await db()('sessions').where({ phone: old }).first('id');
    await turns().recordWith(stepOf({ id, turns: 1 }), work);
  }
  const reset = (trx: Transaction) => replacePassword(trx, { phone: old, passwordHash, at: soon });
  const change = (trx: Transaction) =>
    saveChanges(trx, seal, {
      ...{ phone: old, changes: changesOf({ account: '98765432' }), via: 'web', at: soon },
      ussdCode: USSD_CODE,
    });

  type Deed = {
    before?: () => Promise<unknown>;
    does: () => Promise<unknown>;
    /** The move that is not held, where it is not about this one. */
    but?: () => number;
  };
  const aside = { does: () => within((trx) => setAsideSilent(trx, seal, { phone: old, at })) };
  const withCallers: Readonly<Record<string, Deed>> = {
    'the first turn of a day': { does: first },
    'a turn that sends another password': {
      before: first,
      does: () =>
        inCall(async (trx) => {
          await reset(trx);
          await queuePasswordSms(trx, { phone: old, text: 'Password', at: soon }, seal);
        }),
    },
    'a change of details that is told by SMS': { does: () => within(change) },
    'a request': { does: () => within(ask) },
    'an approval': {
      does: () => within((trx) => approveMove(trx, seal, { ...decision(), withoutId: false })),
    },
    'a refusal': { does: () => within((trx) => refuseMove(trx, seal, decision())) },
    'setting aside': aside,
    'an erasure': {
      does: () => within((trx) => erasePerson(trx, seal, { phone: old, via: 'web', at })),
    },
  };
  const withMoves: Readonly<Record<string, Deed>> = {
    ...Object.fromEntries(
      ['a request', 'an approval', 'a refusal', 'an erasure'].map((name) => [
        name,
        withCallers[name] as Deed,
      ]),
    ),
    'an approval where an account gives way': {
      async before() {
        await db()('accounts').insert({
          ...{ phone: asker, password_hash: passwordHash, password_set_at: NOON },
          ...{ created_at: NOON, heard_at: NOON, created_via: 'ussd' },
        });
        const own = await db()('accounts').where({ phone: asker }).first('id');
        await db()('number_moves').insert({
          ...{ phone: old, old_phone: seal.seal(asker, oldPhoneContext(old)), account_id: own.id },
          ...{ id_fits: true, state: 'open', requested_at: soon, requested_via: 'ussd' },
        });
      },
      // What others want of the account that gives way is written to as well.
      but: () => moveId,
      does: () => within((trx) => approveMove(trx, seal, { ...decision(), withoutId: false })),
    },
    'an erasure of what was set aside': {
      before: aside.does,
      does: () => within((trx) => eraseSetAside(trx, { accountId, at })),
    },
  };

  test.each(Object.keys(withCallers))('of callers come before all others: %s', async (name) => {
    const { before, does } = withCallers[name] as Deed;
    await before?.();
    await whileHeld(db()('callers'), does, ['sessions', 'number_moves', 'accounts']);
  });

  test.each(Object.keys(withMoves))('of moves come before those of accounts: %s', async (name) => {
    const { before, does, but } = withMoves[name] as Deed;
    await before?.();
    const held = db()('number_moves').whereNot({ id: but?.() ?? 0 });
    await whileHeld(held, does, ['accounts']);
  });

  test('are taken by a second request and the approval of the first without a circle', async () => {
    const [second, approval] = [withCallers['a request'], withCallers['an approval']];
    const deeds: Promise<unknown>[] = [];
    await db().transaction(async (holder) => {
      await holder('callers').forUpdate().select();
      for (const deed of [second, approval]) {
        const doing = deed?.does();
        doing?.catch(() => {});
        deeds.push(Promise.resolve(doing));
        await eventually(async () => expect(await waiting(holder)).toBe(deeds.length));
      }
    });
    expect(await Promise.allSettled(deeds)).toMatchObject([
      { status: 'fulfilled' },
      { status: 'fulfilled', value: 'notOpen' },
    ]);
  });

  /** Does something while rows are locked: it has to wait, and nothing of the others may be locked by it. */
  async function whileHeld(
    held: Knex.QueryBuilder,
    does: () => Promise<unknown>,
    free: readonly string[],
  ): Promise<void> {
    let deed: Promise<unknown> | undefined;
    await db().transaction(async (holder) => {
      await held.transacting(holder).forUpdate().select();
      deed = does();
      // It is awaited once the lock is gone.
      deed.catch(() => {});
      await eventually(async () => expect(await waiting(holder)).toBe(1));
      for (const other of free) expect(await lockedIn(other), other).toBe(0);
    });
    await deed;
  }

  /** Those that wait for a transaction, or for one that does. */
  async function waiting(holder: Knex): Promise<number> {
    const { rows } = await holder.raw<{ rows: { waiting: number }[] }>(
      `with wait as (select pid, pg_blocking_pids(pid) as by from pg_locks where not granted)
       select count(distinct w.pid) as waiting from wait w left join wait first on first.pid = any (w.by)
       where pg_backend_pid() = any (w.by) or pg_backend_pid() = any (first.by)`,
    );
    return Number(rows[0]?.waiting);
  }

  /** Rows that somebody has locked. */
  async function lockedIn(table: string): Promise<number> {
    const all: unknown[] = await db()(table).select();
    const rows: unknown[] = await db().transaction((trx) =>
      trx(table).forUpdate().skipLocked().select(),
    );
    return all.length - rows.length;
  }
});
