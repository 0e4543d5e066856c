import type { Knex } from 'knex';
import type { Undelivered } from '../dialogue/world.js';
import type { Phone } from '../phone-number.js';
import type { MessageFailure, MessageState } from './message.js';

type PasswordMessage = { state: MessageState; failure: MessageFailure | null };

/**
 * Why the number's last password SMS did not arrive, or null: it did, it may still, or the person
 * has chosen an own password since.
 */
export async function undeliveredPassword(db: Knex, phone: Phone): Promise<Undelivered | null> {
  const last: PasswordMessage | undefined = await db('messages')
    .join('accounts', 'accounts.phone', 'messages.phone')
    .where({ 'messages.phone': phone, carries: 'password', password_kind: 'issued' })
    .orderBy('messages.created_at', 'desc')
    .first('messages.state', 'messages.failure');
  return last?.state === 'failed' ? whatToCure(last.failure) : null;
}

function whatToCure(failure: MessageFailure | null): Undelivered {
  if (failure === 'blocked') return 'blocked';
  const toBeReached = failure === 'phoneOff' || failure === 'inboxFull' || failure === 'expired';
  return toBeReached ? 'phoneOff' : 'other';
}

/**
 * When passwords were sent to a number after an instant, the oldest first: for the daily limit. One
 * that failed does not count, for its person has had nothing; one that gave way to a newer one does.
 */
export async function passwordsSentSince(db: Knex, phone: Phone, since: Date): Promise<Date[]> {
  return db('messages')
    .where({ phone, carries: 'password' })
    .where('created_at', '>', since)
    .where((counted) => counted.whereNot('state', 'failed').orWhere('failure', 'superseded'))
    .orderBy('created_at')
    .pluck('created_at');
}
