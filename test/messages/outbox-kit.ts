import type { Knex } from 'knex';
import type { SendOutcome, SendSms } from '../../src/channels/channel.js';
import { inTransaction } from '../../src/database/transaction.js';
import type { Budget } from '../../src/messages/budget.js';
import type { Carries, Fate, MessageFailure, MessageState } from '../../src/messages/message.js';
import { createOutbox, type OutboxOptions } from '../../src/messages/outbox.js';
import { queueSms } from '../../src/messages/queue.js';
import type { Attempt } from '../../src/messages/sending.js';
import { type Phone, readPhone } from '../../src/phone-number.js';
import { createSeal } from '../../src/seal.js';

export const seal = createSeal(Buffer.alloc(32, 7));

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** The nth of some test numbers. */
export function phoneNumber(nth = 0): Phone {
  const phone = readPhone(`2547${String(nth).padStart(8, '0')}`);
  if (phone === null) throw new Error(`${nth} gives no phone number`);
  return phone;
}

export type Clock = { now(): Date; pass(ms: number): void };

export function createClock(): Clock {
  let at = Date.parse('2026-05-03T06:00:00Z');
  return {
    now: () => new Date(at),
    pass(ms) {
      at += ms;
    },
  };
}

export type Carrier = {
  readonly sendSms: SendSms;
  readonly taken: { to: Phone; text: string }[];
};

/** A carrier that gives these answers in turn and then takes everything, each under an id of its own. */
export function createCarrier(...answers: SendOutcome[]): Carrier {
  const taken: Carrier['taken'] = [];
  return {
    taken,
    async sendSms(to, text) {
      taken.push({ to, text });
      await new Promise((resolve) => setImmediate(resolve));
      return answers.shift() ?? accepted(`id-${taken.length}`);
    },
  };
}

export function accepted(carrierMessageId: string): SendOutcome {
  return { accepted: true, carrierMessageId, cost: 'KES 0.8000' };
}

/** A promise and what settles it. */
export function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export type Line = { readonly level: 'info' | 'warn' | 'error'; readonly text: string };

export const NO_BUDGET: Budget = { messages: null, shillings: null, segmentShillings: 0.8 };

/** An outbox that a test drives with {@link createOutbox}'s `sendDue`, and what it logged and reported. */
export function makeOutbox(
  options: Pick<OutboxOptions, 'db' | 'sendSms' | 'now'> & Partial<OutboxOptions>,
) {
  const lines: Line[] = [];
  const attempts: Attempt[] = [];
  const fates: Fate[] = [];
  const write = (level: Line['level']) => (details: object, message: string) => {
    lines.push({ level, text: `${message} ${JSON.stringify(details)}` });
  };
  const outbox = createOutbox({
    seal,
    random: () => 0.5,
    log: {
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    } as OutboxOptions['log'],
    onOutcome: (attempt) => attempts.push(attempt),
    onFate: (fate) => fates.push(fate),
    carrier: 'africastalking',
    pollMs: 60_000,
    concurrency: 4,
    perSecond: 10_000,
    budget: NO_BUDGET,
    ...options,
  });
  return { ...outbox, lines, attempts, fates };
}

export async function queue(
  db: Knex,
  sms: { at: Date; phone?: Phone; text?: string; carries?: Carries; asked?: boolean },
): Promise<void> {
  const { phone = phoneNumber(), text = 'Hello', carries = 'reply', ...rest } = sms;
  await db('callers').insert({ phone, first_seen_at: sms.at }).onConflict('phone').ignore();
  await inTransaction(db, (trx) => queueSms(trx, { phone, text, carries, ...rest }, seal));
}

export type Row = {
  id: string;
  phone: Phone;
  state: MessageState;
  body: Buffer | null;
  attempts: number;
  due_at: Date;
  carrier_message_id: string | null;
  failure: MessageFailure | null;
  cost: string | null;
  charged: string;
  segments: number;
  network: string | null;
};

export function messages(db: Knex): Promise<Row[]> {
  return db('messages').orderBy(['created_at', 'phone']).select();
}

/** The only message that there is. */
export async function onlyMessage(db: Knex): Promise<Row> {
  const [row, ...others] = await messages(db);
  if (row === undefined || others.length > 0) throw new Error('there is not exactly one message');
  return row;
}

/** Leaves the tables of the outbox empty. */
export async function emptyOutbox(db: Knex): Promise<void> {
  const tables = ['messages', 'early_delivery_reports', 'sms_spending', 'accounts', 'callers'];
  for (const table of tables) {
    await db(table).delete();
  }
}
