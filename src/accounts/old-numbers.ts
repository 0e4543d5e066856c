import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import { type Seal, UnknownKeyError } from '../seal.js';

/** An old number is sealed for the number that has named it. */
export function oldPhoneContext(phone: Phone): string {
  return `number_moves.old_phone:${phone}`;
}

/** The columns of a request of `phone` that name the old number. */
export function oldPhoneColumns(seal: Seal, phone: Phone, old: Phone) {
  return {
    old_phone: seal.seal(old, oldPhoneContext(phone)),
    old_phone_digest: seal.digest(OLD_PHONE, old),
  };
}

/** By any of these the requests are found that name a number as the old one. */
export function oldPhoneDigests(seal: Pick<Seal, 'digests'>, old: Phone): Buffer[] {
  return [...seal.digests(OLD_PHONE, old)];
}

const OLD_PHONE = 'number_moves.old_phone';

/** Lets those requests be found as well that an earlier version has kept. */
export async function makeFound(trx: Transaction, seal: Seal): Promise<void> {
  const rows: { phone: Phone; id: number; old_phone: Buffer }[] = await trx('number_moves')
    .whereNull('old_phone_digest')
    .orderBy('id')
    .forUpdate();
  for (const { phone, id, old_phone } of rows) {
    const old = opened(seal, phone, old_phone);
    if (old === null) continue;
    await trx('number_moves')
      .where({ phone, id })
      .update(oldPhoneColumns(seal, phone, old));
  }
}

/** Null where the key is not here any more: nobody can read what it names. */
function opened(seal: Seal, phone: Phone, sealed: Buffer): Phone | null {
  try {
    // Only a number is ever sealed there.
    return seal.open(sealed, oldPhoneContext(phone)) as Phone;
  } catch (error) {
    if (error instanceof UnknownKeyError) return null;
    throw error;
  }
}

/**
 * Removes what others have asked for who named a number as their old one: at once where it is decided, otherwise
 * once it is. How an account has come to the number that it has stays with it.
 */
export async function forgetOldNumber(
  trx: Transaction,
  seal: Pick<Seal, 'digests'>,
  old: Phone,
): Promise<void> {
  const naming = () => trx('number_moves').whereIn('old_phone_digest', oldPhoneDigests(seal, old));
  await naming()
    .whereNot({ state: 'open' })
    .where((over) => over.whereNot({ state: 'approved' }).orWhereNull('account_id'))
    .delete();
  await naming().where({ state: 'open' }).update({ old_phone_erased: true });
}
