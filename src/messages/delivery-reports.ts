import type { Knex } from 'knex';
import type { DeliveryFailure, DeliveryReport, DeliveryState } from '../channels/channel.js';
import { deleteOldest } from '../database/delete-oldest.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import { isForward, type MessageState } from './message.js';

/** `early`: no message has this id, or not yet; `late`: the message is as far already, or further. */
export type ReportOutcome = 'applied' | 'late' | 'early';

type Step = { readonly state: DeliveryState; readonly failure: DeliveryFailure | null };
type Known = { id: string; state: MessageState };

/**
 * Moves a message on, forward only. Reports come more than once, out of order, and before our own
 * record of the sending: one that no message is known for is kept until its message has its id.
 */
export function recordDeliveryReport(
  db: Knex,
  report: DeliveryReport,
  at: Date,
): Promise<ReportOutcome> {
  const { carrierMessageId } = report;
  const step: Step = {
    state: report.state,
    failure: report.state === 'failed' ? report.failure : null,
  };
  return inTransaction(db, async (trx) => {
    await lockReportsOf(trx, carrierMessageId);
    const message = await findMessage(trx, carrierMessageId);
    if (message) return moveOn(trx, message, step, at);
    await trx('early_delivery_reports').insert({
      ...step,
      carrier_message_id: carrierMessageId,
      received_at: at,
    });
    return 'early';
  });
}

/**
 * Until the end of the transaction, nobody else gives this id to a message or takes a report about
 * it. Without the lock a report that finds no message, and an acceptance that finds no report, pass
 * each other unseen.
 */
export async function lockReportsOf(trx: Transaction, carrierMessageId: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [carrierMessageId]);
}

/** Applies what has come about a message before it had its id. Take {@link lockReportsOf} first. */
export async function applyEarlyReports(
  trx: Transaction,
  carrierMessageId: string,
  at: Date,
): Promise<void> {
  const early: (Step & { id: number })[] = await trx('early_delivery_reports')
    .where({ carrier_message_id: carrierMessageId })
    .delete()
    .returning(['id', 'state', 'failure']);
  for (const { state, failure } of early.sort((one, other) => one.id - other.id)) {
    const message = await findMessage(trx, carrierMessageId);
    if (message) await moveOn(trx, message, { state, failure }, at);
  }
}

/** Drops reports that have waited since before an instant: their message is not one of ours. Returns how many, a batch at most. */
export function dropOldReports(db: Knex, before: Date): Promise<number> {
  return deleteOldest(db, 'early_delivery_reports', 'received_at', (reports) =>
    reports.where('received_at', '<', before),
  );
}

function findMessage(trx: Transaction, carrierMessageId: string): Promise<Known | undefined> {
  return trx('messages').where({ carrier_message_id: carrierMessageId }).first('id', 'state');
}

async function moveOn(
  trx: Transaction,
  { id, state }: Known,
  step: Step,
  at: Date,
): Promise<ReportOutcome> {
  if (!isForward(state, step.state)) return 'late';
  await trx('messages')
    .where({ id })
    .update({ ...step, changed_at: at });
  return 'applied';
}
