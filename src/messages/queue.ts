import { hasStopped } from '../callers.js';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import type { Carries } from './message.js';

/** What the outbox needs of the seal: a body sealed in one context opens in no other. */
export type BodySeal = Pick<Seal, 'seal' | 'open'>;

/** A body belongs to its number: whoever can write to the database cannot send it to another. */
export function bodyContext(phone: Phone): string {
  return `messages.body:${phone}`;
}

/**
 * Puts an SMS into the outbox, encrypted, as a part of the caller's transaction: after its commit
 * wake the outbox. Of several passwords for one number only the last works, so those that still
 * wait to be sent are given up. A notice to a number that has texted STOP is left out.
 */
export async function queueSms(
  trx: Transaction,
  { phone, text, carries, at }: { phone: Phone; text: string; carries: Carries; at: Date },
  seal: BodySeal,
): Promise<void> {
  if (carries === 'notice' && (await hasStopped(trx, phone))) return;
  if (carries === 'password') {
    await trx('messages')
      .where({ phone, carries, state: 'queued' })
      .update({ state: 'failed', failure: 'superseded', body: null, changed_at: at });
  }
  await trx('messages').insert({
    phone,
    carries,
    state: 'queued',
    body: seal.seal(text, bodyContext(phone)),
    due_at: at,
    created_at: at,
    changed_at: at,
  });
}
