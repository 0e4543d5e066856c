import type { Knex } from 'knex';
import type { Undelivered } from '../dialogue/world.js';
import { isWithoutNews, type MessageFailure, type MessageState } from '../messages/message.js';
import type { Phone } from '../phone-number.js';
import { NO_NEWS_AFTER_MS } from './issued-passwords.js';

type Sent = {
  expires_at: Date;
  used_at: Date | null;
  state: MessageState | null;
  failure: MessageFailure | null;
  sent_at: Date | null;
};

/**
 * Why the number's last password SMS did not arrive, or that nobody knows whether it did. Null where
 * one did, or still may, or where none is needed any more, for one was used or an own one chosen.
 */
export async function undeliveredPassword(
  db: Knex,
  phone: Phone,
  at: Date,
): Promise<Undelivered | null> {
  const sent: Sent[] = await db('issued_passwords as i')
    .leftJoin('messages as m', (same) => same.on('m.phone', 'i.phone').on('m.id', 'i.message_id'))
    .where('i.phone', phone)
    .orderBy('i.issued_at', 'desc')
    .select('i.expires_at', 'i.used_at', 'm.state', 'm.failure', 'm.sent_at');
  const [last] = sent;
  if (!last || sent.some(({ used_at, state }) => used_at !== null || state === 'delivered')) {
    return null;
  }
  if (last.state === 'failed') return whatToCure(last.failure);
  // Of one that does not work any more, it makes no difference whether it came.
  if (last.expires_at <= at) return null;
  const since = at.getTime() - NO_NEWS_AFTER_MS;
  const forLong = (last.sent_at?.getTime() ?? 0) < since;
  return isWithoutNews(last.state) && forLong ? 'noNews' : null;
}

function whatToCure(failure: MessageFailure | null): Undelivered {
  if (failure === 'blocked' || failure === 'inboxFull') return failure;
  return failure === 'phoneOff' || failure === 'expired' ? 'phoneOff' : 'other';
}
