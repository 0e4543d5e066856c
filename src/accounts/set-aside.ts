import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import { SessionMoved } from '../turns/stored.js';
import { voidPasswords } from './accounts.js';
import { silentSince } from './silence.js';

/** Of which account the number was: the sealed form opens for no other. */
export function formerPhoneContext(accountId: string): string {
  return `accounts.former_phone:${accountId}`;
}

/** The columns of an account that has no number any more. */
export function formerPhone(seal: Seal, accountId: string, phone: Phone) {
  return {
    former_phone: seal.seal(phone, formerPhoneContext(accountId)),
    former_phone_digest: seal.digest(FORMER_PHONE, phone),
  };
}

/** By any of these the accounts are found that a number had before. */
export function formerPhoneDigests(seal: Seal, phone: Phone): readonly Buffer[] {
  return seal.digests(FORMER_PHONE, phone);
}

const FORMER_PHONE = 'accounts.former_phone';

/**
 * Takes a silent account from its number, which is somebody else's now. All of it is kept, closed to
 * everybody, for an operator to give back to its person. What its person wanted of the number is
 * forgotten: whoever has it now has wishes of their own. Throws where the number has no silent account any more.
 */
export async function setAsideSilent(
  trx: Transaction,
  seal: Seal,
  { phone, at }: { phone: Phone; at: Date },
): Promise<void> {
  const account: { id: string } | undefined = await trx('accounts')
    .where({ phone })
    .where('heard_at', '<=', silentSince(at))
    .forUpdate()
    .first('id');
  if (!account) throw new SessionMoved();
  await voidPasswords(trx, { accountId: account.id, at });
  await trx('accounts')
    .where({ id: account.id })
    .update({ phone: null, set_aside_at: at, ...formerPhone(seal, account.id, phone) });
  await trx('callers').where({ phone }).update({ stopped_at: null, first_seen_at: at });
}
