import { hasStopped } from '../callers.js';
import type { Transaction } from '../database/transaction.js';
import { segments } from '../dialogue/segments.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import type { Carries } from './message.js';

/** What the outbox needs of the seal: a body sealed in one context opens in no other. */
export type BodySeal = Pick<Seal, 'seal' | 'open'>;

/** A body belongs to its number: whoever can write to the database cannot send it to another. */
export function bodyContext(phone: Phone): string {
  return `messages.body:${phone}`;
}

export type NewSms = {
  readonly phone: Phone;
  readonly text: string;
  readonly carries: Carries;
  readonly at: Date;
  /** Whether its person has asked for it; of a notice they have not, of anything else they have unless said. */
  readonly asked?: boolean;
};

/**
 * Puts an SMS into the outbox, encrypted, as a part of the caller's transaction: after its commit
 * wake the outbox. Returns its id, or null where it is left out: to a number that has texted STOP
 * goes only what it has asked for. That is the whole rule; `stopping.ts` and the claim heed it too.
 */
export async function queueSms(
  trx: Transaction,
  { phone, text, carries, at, asked = carries !== 'notice' }: NewSms,
  seal: BodySeal,
): Promise<string | null> {
  if (!asked && (await hasStopped(trx, phone))) return null;
  const [row]: { id: string }[] = await trx('messages')
    .insert({
      ...{ phone, carries, asked },
      state: 'queued',
      body: seal.seal(text, bodyContext(phone)),
      segments: segments(text).parts.length,
      ...{ due_at: at, created_at: at, changed_at: at },
    })
    .returning('id');
  if (!row) throw new Error('an insert returned no row');
  return row.id;
}

/** Gives up the passwords of a number that wait to be sent: none of them works any more. */
export async function supersedePasswords(
  trx: Transaction,
  { phone, at }: { phone: Phone; at: Date },
): Promise<void> {
  await trx('messages')
    .where({ phone, carries: 'password', state: 'queued' })
    .update({ state: 'failed', failure: 'superseded', body: null, changed_at: at });
}
