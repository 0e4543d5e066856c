import { timingSafeEqual } from 'node:crypto';
import type { Knex } from 'knex';
import { isSilent } from '../accounts/silence.js';
import { deleteOldest } from '../database/delete-oldest.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import { kenyanDay } from '../dialogue/kenyan-time.js';
import type { Effect, Silence } from '../dialogue/world.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import type { KnownAccount } from '../turns/stored.js';
import { bareNationalId } from './details.js';
import { lockAccount, readValues } from './stored.js';

/** `stopped`: not today any more; `unknown`: there is no ID on record to compare with. */
export type IdentityCheck = 'right' | 'wrong' | 'stopped' | 'unknown';

/**
 * Who gave an ID: somebody who has the number in hand or is logged in; or, with a web form, anybody, whose wrong
 * ones must not shut the holder out.
 */
export type GivenBy = 'holder' | 'anybody';

/** Wrong IDs that may be given for a number in one day in Kenya, by each. */
const MOST_WRONG_A_DAY = 3;

/**
 * Compares a national ID with the one on record, leading zeros, spaces and dashes aside. A wrong
 * one is counted, in a transaction of its own that serves an account's tries one by one: after the
 * third of a day, which says so, even the right one is not taken any more.
 *
 * @param about.by `holder` unless it is said.
 * @param about.input the digest of what it came with, which two processes may have in hand at once: it
 *   counts once.
 */
export function checkIdentity(
  db: Knex,
  seal: Seal,
  phone: Phone,
  said: string,
  at: Date,
  { by = 'holder', input = null }: { by?: GivenBy; input?: Buffer | null } = {},
): Promise<IdentityCheck> {
  return inTransaction(db, async (trx) => {
    const accountId = await lockAccount(trx, phone);
    if (accountId === null) return 'unknown';
    const { nationalId } = await readValues(trx, seal, accountId);
    if (nationalId === undefined) return 'unknown';
    const day = { account_id: accountId, day: kenyanDay(at), given_by: by };
    const { failures, counted } = await wrongOnes(trx, day);
    const after = (wrong: number) => (wrong >= MOST_WRONG_A_DAY ? 'stopped' : 'wrong');
    if (input && counted?.equals(input)) return after(failures);
    if (failures >= MOST_WRONG_A_DAY) return 'stopped';
    if (isSame(seal, said, nationalId)) return 'right';
    await countWrong(trx, day, input);
    return after(failures + 1);
  });
}

/**
 * Whether an account is silent, and if so whether there is an ID to show by who its holder is; null
 * also where the turn's effects confirm the holder.
 */
export async function silenceOf(
  db: Knex,
  account: KnownAccount,
  { at, pending }: { at: Date; pending: readonly Effect[] },
): Promise<Silence | null> {
  const confirmed = pending.some(({ type }) => type === 'confirmHolder');
  if (confirmed || !isSilent(account, at)) return null;
  const onRecord = { account_id: account.id, detail: 'nationalId' };
  const found = await db('profile_details').where(onRecord).first('detail');
  return found ? 'withId' : 'withoutId';
}

/** Whether this is the national ID on record in an account. Nobody who asks may hear of it. */
export async function fitsIdentity(
  db: Knex,
  seal: Seal,
  accountId: string,
  said: string,
): Promise<boolean> {
  const { nationalId } = await readValues(db, seal, accountId);
  return nationalId !== undefined && isSame(seal, said, nationalId);
}

/** Of digests, the time that the comparison takes tells nothing at all. */
function isSame(seal: Seal, one: string, other: string): boolean {
  const digest = (id: string) =>
    seal.digest('profile.identity', bareNationalId(id).replace(/^0+/, ''));
  return timingSafeEqual(digest(one), digest(other));
}

/** What an account's wrong IDs are counted by. */
type Day = {
  readonly account_id: string;
  readonly day: string;
  readonly given_by: GivenBy;
};

/** How many there were, and the input that was counted last. */
async function wrongOnes(trx: Transaction, day: Day) {
  const row: { failures: number; input_digest: Buffer | null } | undefined = await trx(
    'identity_failures',
  )
    .where(day)
    .first('failures', 'input_digest');
  return { failures: row?.failures ?? 0, counted: row?.input_digest ?? null };
}

async function countWrong(trx: Transaction, day: Day, input: Buffer | null): Promise<void> {
  await trx('identity_failures')
    .where({ account_id: day.account_id })
    .where('day', '<', day.day)
    .delete();
  await trx('identity_failures')
    .insert({ ...day, failures: 1, input_digest: input })
    .onConflict(['account_id', 'day', 'given_by'])
    .merge({ failures: trx.raw('identity_failures.failures + 1'), input_digest: input });
}

/** Deletes what was counted before the day of an instant. Returns how many, a batch at most. */
export function forgetOldIdentityFailures(db: Knex, before: Date): Promise<number> {
  return deleteOldest(db, 'identity_failures', 'day', (failures) =>
    failures.where('day', '<', kenyanDay(before)),
  );
}
