import type { Knex } from 'knex';
import type { Permit } from '../dialogue/world.js';
import { passwordsSentSince } from '../messages/passwords-sent.js';
import type { Phone } from '../phone-number.js';
import { permitAfter } from './daily-permit.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Passwords that may go to one number within a day, the first one included. */
export const MOST_PASSWORDS_A_DAY = 5;

/**
 * Whether a number may have another password now. An SMS that failed does not count: whoever had to
 * unblock their line first must not be shut out by it.
 */
export async function resetPermit(db: Knex, phone: Phone, now: Date): Promise<Permit> {
  const sent = await passwordsSentSince(db, phone, new Date(now.getTime() - DAY_MS));
  return permitAfter(sent, MOST_PASSWORDS_A_DAY);
}
