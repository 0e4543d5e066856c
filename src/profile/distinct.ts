import type { Knex } from 'knex';
import type { Transaction } from '../database/transaction.js';
import type { Seal } from '../seal.js';
import { type DetailName, detailNames, detailOf } from './details.js';
import type { Values } from './stored.js';

/** The texts of a person's values that nobody else should have, by their details. */
export function distinctTexts(values: Values): ReadonlyMap<DetailName, string> {
  const texts = new Map<DetailName, string>();
  for (const detail of detailNames) {
    const value = values[detail];
    // Whether two are the same has nothing to do with the year.
    const text = value && detailOf(detail).distinct?.(value, { values, year: 0 });
    if (typeof text === 'string') texts.set(detail, text);
  }
  return texts;
}

/** A text that nobody else should have, before and after; a null is that there is none. */
export type TextChange = {
  readonly detail: DetailName;
  readonly from: string | null;
  readonly to: string | null;
};

/** The details whose text is another after a change; it may be the change of a value beside it. */
export function textChanges(before: Values, after: Values): readonly TextChange[] {
  const [old, texts] = [distinctTexts(before), distinctTexts(after)];
  return detailNames.flatMap((detail) => {
    const [from = null, to = null] = [old.get(detail), texts.get(detail)];
    return from === to ? [] : [{ detail, from, to }];
  });
}

/** By this the same text of another account is found, without its being read. */
export function equalDigest(seal: Seal, detail: DetailName, text: string): Buffer {
  return seal.digest(purposeOf(detail), text);
}

/** The other accounts that have the same text in a detail; `accountId` is null for nobody's. */
export async function othersWith(
  db: Knex | Transaction,
  seal: Seal,
  same: { detail: DetailName; text: string; accountId: string | null },
): Promise<readonly string[]> {
  const { detail, text, accountId } = same;
  return db('profile_details')
    .where({ detail })
    .whereIn('equal_digest', [...seal.digests(purposeOf(detail), text)])
    .modify((query) => {
      if (accountId !== null) query.whereNot({ account_id: accountId });
    })
    .pluck('account_id');
}

function purposeOf(detail: DetailName): string {
  return `profile.equal:${detail}`;
}
