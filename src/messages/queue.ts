import { hasStopped } from '../callers.js';
import { runStatement, type Statement, type Values } from '../database/statement.js';
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

/** Inserts an SMS and gives its `id` and `phone`; its values are those of {@link smsValues}. */
export const INSERT_SMS = `
  insert into messages (phone, carries, asked, state, body, segments, due_at, created_at, changed_at)
  values (:phone, :carries, :asked, 'queued', :body, :segments, :at, :at, :at) returning id, phone`;

const QUEUE: Statement = { name: 'queue-sms', text: INSERT_SMS };

export function smsValues(sms: NewSms, seal: BodySeal): Values {
  const { phone, text, carries, at } = sms;
  const body = seal.seal(text, bodyContext(phone));
  return { phone, carries, at, body, asked: isAsked(sms), segments: segments(text).parts.length };
}

/**
 * Puts an SMS into the outbox, encrypted, as a part of the caller's transaction: after its commit
 * wake the outbox; unless {@link isUnwanted}. One that carries a password is for
 * `queuePasswordSms` of the accounts.
 */
export async function queueSms(trx: Transaction, sms: NewSms, seal: BodySeal): Promise<void> {
  if (await isUnwanted(trx, sms)) return;
  await runStatement(trx, QUEUE, smsValues(sms, seal));
}

/**
 * Whether an SMS is left out: to a number that has texted STOP goes only what it has asked for. That
 * is the whole rule; `stopping.ts` and the claim heed it too.
 */
export async function isUnwanted(trx: Transaction, sms: NewSms): Promise<boolean> {
  return !isAsked(sms) && (await hasStopped(trx, sms.phone));
}

function isAsked({ carries, asked = carries !== 'notice' }: NewSms): boolean {
  return asked;
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
