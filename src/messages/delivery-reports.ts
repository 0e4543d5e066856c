import type { Knex } from 'knex';
import type { DeliveryFailure, DeliveryReport, DeliveryState } from '../channels/channel.js';
import { deleteOldest } from '../database/delete-oldest.js';
import { runStatement, type Statement } from '../database/statement.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import { type Fate, isForward, type MessageState } from './message.js';

/**
 * `early`: no message has this id, or not yet; `late`: the message is as far already, or further;
 * `nobodys`: we have never sent anything to that number.
 */
export type ReportOutcome = {
  readonly kind: 'applied' | 'late' | 'early' | 'nobodys';
  /** What became of messages by it. */
  readonly fates: readonly Fate[];
};

type Step = {
  readonly state: DeliveryState;
  readonly failure: DeliveryFailure | null;
  readonly network: string | null;
};
type Known = { phone: Phone; id: string; state: MessageState };

/** After so long a report speaks of nothing that was sent: no network keeps an SMS for longer. */
const LONGEST_WAY_MS = 72 * 60 * 60 * 1000;

/**
 * Moves a message on, forward only. Reports come more than once, out of order, and before our own
 * record of the sending: one that no message is known for is kept until its message has its id. A
 * message of unknown fate never gets one from its sending: see {@link adoptStray}.
 */
export function recordDeliveryReport(
  db: Knex,
  report: DeliveryReport,
  at: Date,
): Promise<ReportOutcome> {
  const { carrier, carrierMessageId, phone, network } = report;
  const failure = report.state === 'failed' ? report.failure : null;
  const step: Step = { state: report.state, failure, network };
  return inTransaction(db, async (trx) => {
    if (!(await lockReports(trx, phone ? { phone } : { carrierMessageId }))) {
      return { kind: 'nobodys', fates: [] };
    }
    const message = await findMessage(trx, { carrier, carrierMessageId, phone });
    if (message) {
      const fates = await moveOn(trx, message, step, at);
      return { kind: fates.length > 0 ? 'applied' : 'late', fates };
    }
    await trx('early_delivery_reports').insert({
      ...step,
      ...{ carrier, phone, carrier_message_id: carrierMessageId, received_at: at },
    });
    const fates = phone ? await adoptStray(trx, { carrier, phone, at }) : [];
    return { kind: fates.length > 0 ? 'applied' : 'early', fates };
  });
}

const ID = 'pg_advisory_xact_lock(hashtextextended(?, 0))';
const NUMBER = 'from callers where phone = ? for no key update';
const LOCK_ID: Statement = { name: 'lock-message-id', text: `select ${ID}` };
const LOCK_NUMBER: Statement = { name: 'lock-number', text: `select phone ${NUMBER}` };
const LOCK_BOTH: Statement = { name: 'lock-number-and-id', text: `select phone, ${ID} ${NUMBER}` };

/**
 * Until the end of the transaction, nobody else gives an id to a message of the number, or the id
 * to any, or takes a report about them. Without the lock a report that finds no message, and an
 * acceptance that finds no report, pass each other unseen. Returns whether the number is known.
 */
export async function lockReports(
  trx: Transaction,
  { phone, carrierMessageId }: { phone?: Phone; carrierMessageId?: string },
): Promise<boolean> {
  if (phone === undefined) {
    await runStatement(trx, LOCK_ID, [carrierMessageId ?? '']);
    return true;
  }
  const known =
    carrierMessageId === undefined
      ? await runStatement(trx, LOCK_NUMBER, [phone])
      : await runStatement(trx, LOCK_BOTH, [carrierMessageId, phone]);
  return known.length > 0;
}

/** Applies what has come about a message before it had its id. Take {@link lockReports} first. */
export async function applyEarlyReports(
  trx: Transaction,
  about: { carrier: string; carrierMessageId: string; at: Date },
): Promise<readonly Fate[]> {
  const { carrier, carrierMessageId, at } = about;
  const early: (Step & { id: number; phone: Phone | null })[] = await trx('early_delivery_reports')
    .where({ carrier, carrier_message_id: carrierMessageId })
    .delete()
    .returning(['id', 'phone', 'state', 'failure', 'network']);
  const fates: Fate[] = [];
  for (const { phone, ...step } of early.sort((one, other) => one.id - other.id)) {
    const message = await findMessage(trx, { carrier, carrierMessageId, phone });
    if (message) fates.push(...(await moveOn(trx, message, step, at)));
  }
  return fates;
}

/**
 * A report that nobody knows, for a number with exactly one message of unknown fate, belongs to it:
 * the message gets the report's id, and with it its fate. Not while another message of the number is
 * being sent, whose id nobody knows yet either. Take {@link lockReports} of the number first.
 */
export async function adoptStray(
  trx: Transaction,
  { carrier, phone, at }: { carrier: string; phone: Phone; at: Date },
): Promise<readonly Fate[]> {
  const open: { id: string; state: MessageState; sent_at: Date }[] = await trx('messages')
    .where({ phone, carrier, carrier_message_id: null })
    .whereIn('state', ['sending', 'unknown'])
    .where('sent_at', '>', new Date(at.getTime() - LONGEST_WAY_MS))
    .select('id', 'state', 'sent_at');
  const [message] = open;
  if (open.length !== 1 || message?.state !== 'unknown') return [];

  const strays: string[] = await trx('early_delivery_reports')
    .where({ carrier, phone })
    .where('received_at', '>=', message.sent_at)
    .distinct()
    .pluck('carrier_message_id');
  const [carrierMessageId] = strays;
  if (carrierMessageId === undefined || strays.length > 1) return [];

  await trx('messages')
    .where({ phone, id: message.id })
    .update({ carrier_message_id: carrierMessageId });
  return applyEarlyReports(trx, { carrier, carrierMessageId, at });
}

/** Drops reports that have waited since before an instant: their message is not one of ours. Returns how many, a batch at most. */
export function dropOldReports(db: Knex, before: Date): Promise<number> {
  return deleteOldest(db, 'early_delivery_reports', 'received_at', (reports) =>
    reports.where('received_at', '<', before),
  );
}

function findMessage(
  trx: Transaction,
  about: { carrier: string; carrierMessageId: string; phone: Phone | null },
): Promise<Known | undefined> {
  const { carrier, carrierMessageId, phone } = about;
  return trx('messages')
    .where({ carrier, carrier_message_id: carrierMessageId, ...(phone && { phone }) })
    .first('phone', 'id', 'state');
}

async function moveOn(
  trx: Transaction,
  { phone, id, state: from }: Known,
  { state, failure, network }: Step,
  at: Date,
): Promise<readonly Fate[]> {
  if (!isForward(from, state)) return [];
  await trx('messages')
    .where({ phone, id })
    .update({ state, failure, changed_at: at, ...(network && { network }) });
  return [{ network, state, failure }];
}
