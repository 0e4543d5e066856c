import type { Knex } from 'knex';
import type { Phone } from '../phone-number.js';

/**
 * When passwords that its person asked for were sent to a number after an instant, the oldest first:
 * for the daily limit. One that failed does not count, for its person has had nothing; one that gave
 * way to a newer one does.
 */
export async function passwordsSentSince(db: Knex, phone: Phone, since: Date): Promise<Date[]> {
  return db('messages')
    .where({ phone, carries: 'password', asked: true })
    .where('created_at', '>', since)
    .where((counted) => counted.whereNot('state', 'failed').orWhere('failure', 'superseded'))
    .orderBy('created_at')
    .pluck('created_at');
}
