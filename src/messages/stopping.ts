import { setStopped } from '../callers.js';
import type { Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';

/**
 * STOP, by SMS or from the carrier: nothing more goes to the number but what its holder asks for,
 * and what waits to be sent unasked is given up. Kept also of a number that was never in touch.
 */
export async function stopMessages(
  trx: Transaction,
  { phone, at }: { phone: Phone; at: Date },
): Promise<void> {
  await setStopped(trx, { phone, at });
  await trx('messages')
    .where({ phone, state: 'queued', asked: false })
    .update({ state: 'failed', failure: 'stopped', body: null, changed_at: at });
}

/** START: takes a STOP back. */
export function startMessages(trx: Transaction, phone: Phone): Promise<void> {
  return setStopped(trx, { phone, at: null });
}
