import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';

/**
 * Closes a number's account and removes all that is kept about the number: details, changes, web
 * sessions, dialogues, SMS, and that it was ever in touch. That an account was closed stays, without
 * whose it was. Returns whether there was anything to remove.
 */
export async function erasePerson(
  trx: Transaction,
  { phone, via, at }: { phone: Phone; via: 'web' | 'command'; at: Date },
): Promise<boolean> {
  // From here on nothing new about the number is committed: it would refer to this row.
  const caller = await trx('callers').where({ phone }).forUpdate().first('phone');
  if (caller === undefined) return false;
  // Details, changes, conflicts, wrong IDs and web sessions go with the account.
  const closed: { id: string }[] = await trx('accounts').where({ phone }).delete().returning('id');
  for (const { id } of closed) {
    await trx('erasures').insert({ account_id: id, requested_via: via, erased_at: at });
  }
  // Sessions before turns: a turn that was under way has moved its session on by then, or never will.
  for (const table of ['sessions', 'turns', 'messages', 'login_failures', 'callers']) {
    await trx(table).where({ phone }).delete();
  }
  return true;
}
