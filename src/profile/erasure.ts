import { forgetOldNumber, makeFound, oldPhoneDigests } from '../accounts/old-numbers.js';
import { lockCaller } from '../callers.js';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import { forgetWhoseReadings } from '../replay/readings.js';
import type { Seal } from '../seal.js';

/**
 * Closes a number's account and removes all that is kept about the number: details, changes, web
 * sessions, dialogues, SMS, that it was ever in touch, and that others have named it as theirs. That an account was closed stays, and that
 * somebody looked at what was kept, without whose it was. Returns whether there was anything to remove.
 */
export async function erasePerson(
  trx: Transaction,
  seal: Seal,
  { phone, via, at }: { phone: Phone; via: 'web' | 'command'; at: Date },
): Promise<boolean> {
  // From here on nothing new about the number is committed: it would refer to this row.
  const caller = await lockCaller(trx, phone, 'update');
  // Parts of an SMS may wait from a number that was never answered.
  const texted = await removeAll(trx, phone, ['inbound_sms_parts', 'unconfirmed_sms']);
  await forgetWhoseReadings(trx, seal, phone);
  if (!caller) return texted > 0;
  const account: { id: string } | undefined = await trx('accounts').where({ phone }).first('id');
  await makeFound(trx, seal);
  await lockMoves(trx, {
    ...{ phone, accountId: account?.id ?? null },
    digests: oldPhoneDigests(seal, phone),
  });
  await forgetOldNumber(trx, seal, phone);
  if (account) await closeAccount(trx, { accountId: account.id, via, at });
  // Sessions before turns: a turn that was under way has moved its session on by then, or never will.
  await removeAll(trx, phone, [
    ...['number_moves', 'sessions', 'turns', 'late_turns', 'messages', 'early_delivery_reports'],
    ...['login_failures', 'callers'],
  ]);
  return true;
}

/** Removes a number's rows from tables, one after the other. Returns how many. */
async function removeAll(
  trx: Transaction,
  phone: Phone,
  tables: readonly string[],
): Promise<number> {
  let removed = 0;
  for (const table of tables) removed += await trx(table).where({ phone }).delete();
  return removed;
}

/** Removes an account that was set aside, with all that is kept about its person. Returns whether there was such a one. */
export async function eraseSetAside(
  trx: Transaction,
  { accountId, at }: { accountId: string; at: Date },
): Promise<boolean> {
  await lockMoves(trx, { phone: null, accountId, digests: [] });
  const account = await trx('accounts')
    .where({ id: accountId })
    .whereNotNull('set_aside_at')
    .forUpdate()
    .first('id');
  if (!account) return false;
  await closeAccount(trx, { accountId, via: 'command', at });
  return true;
}

/** Before the account, for removing it writes to them as well: see {@link lockCaller}. */
async function lockMoves(
  trx: Transaction,
  about: { phone: Phone | null; accountId: string | null; digests: readonly Buffer[] },
): Promise<void> {
  const { phone, accountId, digests } = about;
  await trx('number_moves')
    .whereRaw('(phone = ? or account_id = ?)', [phone, accountId])
    .orWhereIn('old_phone_digest', digests)
    .orderBy('id')
    .forUpdate()
    .select('id');
}

/**
 * Details, changes, conflicts, wrong IDs, issued passwords and web sessions go with the account. That one was
 * closed is recorded. Lock its caller and the moves first.
 */
export async function closeAccount(
  trx: Transaction,
  { accountId, via, at }: { accountId: string; via: 'web' | 'command'; at: Date },
): Promise<void> {
  // Who still waits for a decision is to get one; what was decided names the old number.
  await trx('number_moves').where({ account_id: accountId }).whereNot({ state: 'open' }).delete();
  await trx('accounts').where({ id: accountId }).delete();
  await trx('erasures').insert({ account_id: accountId, requested_via: via, erased_at: at });
}
