import type { Knex } from 'knex';
import type { ResetPermit } from '../dialogue/world.js';
import { passwordsSentSince } from '../messages/passwords-sent.js';
import type { Phone } from '../phone-number.js';

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Passwords that may go to one number within a day, the first one included. */
export const MOST_PASSWORDS_A_DAY = 5;

/**
 * Whether a number may have another password now. An SMS that failed does not count: whoever had to
 * unblock their line first must not be shut out by it.
 */
export async function resetPermit(db: Knex, phone: Phone, now: Date): Promise<ResetPermit> {
  const sent = await passwordsSentSince(db, phone, new Date(now.getTime() - DAY_MS));
  const first = sent.toSorted((a, b) => b.getTime() - a.getTime())[MOST_PASSWORDS_A_DAY - 1];
  if (!first) return { allowed: true };
  // Told to the minute, so it is a whole one, and not one that has not quite come yet.
  const againAt = Math.ceil((first.getTime() + DAY_MS) / MINUTE_MS) * MINUTE_MS;
  return { allowed: false, againAt: new Date(againAt).toISOString() };
}
