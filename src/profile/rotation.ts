import type { Knex } from 'knex';
import { rotateFormerPhone } from '../accounts/set-aside.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import type { Seal } from '../seal.js';
import { changeContext } from './changes.js';
import { distinctTexts, equalDigest } from './distinct.js';
import { lockAccountById, readValues, valueContext } from './stored.js';

/** What of a profile was sealed anew, and how many digests of equal values were made anew. */
export type RotatedProfile = {
  readonly details: number;
  readonly changes: number;
  readonly digests: number;
  /** Numbers that accounts had before. */
  readonly numbers: number;
};

const nothing: RotatedProfile = { details: 0, changes: 0, digests: 0, numbers: 0 };

type DetailRow = { readonly detail: string; readonly sealed: Buffer };
type ChangeRow = {
  readonly id: number;
  readonly detail: string;
  readonly from_sealed: Buffer | null;
  readonly to_sealed: Buffer | null;
};

/**
 * Whether anything of an account is not sealed with the present key. The digests need no look: they
 * are always made together with a change, and every change is sealed.
 */
export async function isProfileToRotate(db: Knex, seal: Seal, accountId: string): Promise<boolean> {
  const { details, changes } = await sealedOf(db, seal, accountId);
  return details.length + changes.length > 0;
}

/** Rotates an account in one transaction, during which nobody else changes its details. */
export function rotateProfile(db: Knex, seal: Seal, accountId: string): Promise<RotatedProfile> {
  return inTransaction(db, async (trx) => {
    if (!(await lockAccountById(trx, accountId))) return nothing;
    const numbers = await rotateFormerPhone(trx, seal, accountId);
    const { details, changes } = await sealedOf(trx, seal, accountId);
    const again = (sealed: Buffer | null, context: string) =>
      sealed && seal.seal(seal.open(sealed, context), context);
    for (const { detail, sealed } of details) {
      await trx('profile_details')
        .where({ account_id: accountId, detail })
        .update({ sealed: again(sealed, valueContext(accountId, detail)) });
    }
    for (const { id, detail, from_sealed, to_sealed } of changes) {
      await trx('profile_changes')
        .where({ account_id: accountId, id })
        .update({
          from_sealed: again(from_sealed, changeContext(accountId, detail, 'from')),
          to_sealed: again(to_sealed, changeContext(accountId, detail, 'to')),
        });
    }
    const texts = distinctTexts(await readValues(trx, seal, accountId));
    for (const [detail, text] of texts) {
      await trx('profile_details')
        .where({ account_id: accountId, detail })
        .update({ equal_digest: equalDigest(seal, detail, text) });
    }
    return { details: details.length, changes: changes.length, digests: texts.size, numbers };
  });
}

/** What of an account needs resealing. */
async function sealedOf(db: Knex | Transaction, seal: Seal, accountId: string) {
  const details: DetailRow[] = await db('profile_details')
    .where({ account_id: accountId })
    .whereNotNull('sealed')
    .select('detail', 'sealed');
  const changes: ChangeRow[] = await db('profile_changes')
    .where({ account_id: accountId })
    .select('id', 'detail', 'from_sealed', 'to_sealed');
  const isOld = (sealed: Buffer | null) => sealed !== null && seal.needsResealing(sealed);
  return {
    details: details.filter(({ sealed }) => isOld(sealed)),
    changes: changes.filter((row) => isOld(row.from_sealed) || isOld(row.to_sealed)),
  };
}
