import type { Knex } from 'knex';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import type { DetailName } from './details.js';
import { equalDigest, othersWith, type TextChange } from './distinct.js';

/** One of two accounts; one that was set aside has no number. */
export type Party = { readonly accountId: string; readonly phone: Phone | null };

/** The same value on two accounts, for an operator to look into. */
export type Conflict = {
  readonly id: number;
  /** May be one that the profile does not have any more. */
  readonly detail: string;
  readonly accounts: readonly [Party, Party];
  readonly noticedAt: Date;
};

/**
 * Keeps the digests by which others' equal values are found, and brings an account's conflicts up to
 * date: those that a new text ends are resolved, those that it makes are noticed, again where the
 * same two accounts were in conflict before.
 */
export async function keepDistinct(
  trx: Transaction,
  seal: Seal,
  about: { accountId: string; changes: readonly TextChange[]; at: Date },
): Promise<void> {
  const { accountId, changes, at } = about;
  await lockTexts(trx, seal, changes);
  for (const { detail, to: text } of changes) {
    await trx('profile_details')
      .where({ account_id: accountId, detail })
      .update({ equal_digest: text === null ? null : equalDigest(seal, detail, text) });
    const others = text === null ? [] : await othersWith(trx, seal, { detail, text, accountId });
    await resolveEnded(trx, { accountId, detail, others, at });
    if (others.length === 0) continue;
    await trx('profile_conflicts')
      .insert(others.map((other) => ({ detail, ...pair(accountId, other), noticed_at: at })))
      .onConflict(['detail', 'account_id', 'other_account_id'])
      .merge({ noticed_at: at, resolved_at: null });
  }
}

/**
 * Lets those who have, had or will have the same text go one after the other: at one instant they
 * would not see each other. All take their locks in one order, so that nobody waits in a circle.
 */
async function lockTexts(
  trx: Transaction,
  seal: Seal,
  changes: readonly TextChange[],
): Promise<void> {
  const locks = changes.flatMap(({ detail, from, to }) =>
    [from, to].flatMap((text) =>
      text === null ? [] : equalDigest(seal, detail, text).readBigInt64BE(),
    ),
  );
  for (const lock of locks.sort((one, other) => (one < other ? -1 : 1))) {
    await trx.raw('select pg_advisory_xact_lock(?::bigint)', [lock.toString()]);
  }
}

async function resolveEnded(
  trx: Transaction,
  about: { accountId: string; detail: DetailName; others: readonly string[]; at: Date },
): Promise<void> {
  const { accountId, detail, others, at } = about;
  await trx('profile_conflicts')
    .where({ detail, resolved_at: null })
    .where((ended) =>
      ended
        .where((own) => own.where({ account_id: accountId }).whereNotIn('other_account_id', others))
        .orWhere((own) =>
          own.where({ other_account_id: accountId }).whereNotIn('account_id', others),
        ),
    )
    .update({ resolved_at: at });
}

/** In the order that the table wants, so that two accounts make one pair. */
function pair(one: string, other: string) {
  return one < other
    ? { account_id: one, other_account_id: other }
    : { account_id: other, other_account_id: one };
}

type Row = {
  id: number;
  detail: string;
  account_id: string;
  phone: Phone | null;
  other_account_id: string;
  other_phone: Phone | null;
  noticed_at: Date;
};

/** The conflicts that are not resolved, the oldest first. */
export async function openConflicts(db: Knex): Promise<readonly Conflict[]> {
  const rows: Row[] = await db('profile_conflicts as conflict')
    .join('accounts as one', 'one.id', 'conflict.account_id')
    .join('accounts as other', 'other.id', 'conflict.other_account_id')
    .whereNull('conflict.resolved_at')
    .orderBy('conflict.id')
    .select('conflict.id', 'detail', 'account_id', 'other_account_id', 'noticed_at')
    .select('one.phone', 'other.phone as other_phone');
  return rows.map((row) => ({
    id: row.id,
    detail: row.detail,
    accounts: [
      { accountId: row.account_id, phone: row.phone },
      { accountId: row.other_account_id, phone: row.other_phone },
    ],
    noticedAt: row.noticed_at,
  }));
}

/** An operator has looked into it. Returns whether there was such a conflict to resolve. */
export async function resolveConflict(db: Knex, { id, at }: { id: number; at: Date }) {
  const resolved = await db('profile_conflicts')
    .where({ id, resolved_at: null })
    .update({ resolved_at: at });
  return resolved > 0;
}
