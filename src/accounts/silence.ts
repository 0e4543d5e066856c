import type { Knex } from 'knex';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import { SessionMoved } from '../turns/stored.js';
import type { Account } from './accounts.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Networks in Kenya give a number to somebody else after about six months of silence. Who has not
 * been heard for that long here may have been silent altogether.
 */
const SILENT_AFTER_MS = 180 * DAY_MS;

/** The last instant at which somebody may have been heard whose number is silent at another. */
export function silentSince(at: Date): Date {
  return new Date(at.getTime() - SILENT_AFTER_MS);
}

/** Whether the holder of an account has not been heard for so long that the number may be another's. */
export function isSilent({ heardAt }: { readonly heardAt: Date }, at: Date): boolean {
  return heardAt <= silentSince(at);
}

/** Who knows the password is the holder, even of a number that has been silent. */
export async function noteLogin(
  db: Knex,
  { id, heardAt }: Pick<Account, 'id' | 'heardAt'>,
  at: Date,
): Promise<void> {
  if (at.getTime() - heardAt.getTime() < DAY_MS) return;
  await db('accounts').where({ id }).update({ heard_at: at });
}

/** Somebody has shown to be the holder. Throws where the account is not the number's any more. */
export async function confirmHolder(
  trx: Transaction,
  { phone, at }: { phone: Phone; at: Date },
): Promise<void> {
  const confirmed = await trx('accounts').where({ phone }).update({ heard_at: at });
  if (confirmed === 0) throw new SessionMoved();
}
