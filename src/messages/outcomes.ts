import type { Knex } from 'knex';
import { runStatement, type Statement } from '../database/statement.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import { kenyanDay } from '../dialogue/kenyan-time.js';
import { shillingsIn } from './budget.js';
import type { Claimed } from './claims.js';
import { adoptStray, applyEarlyReports, lockReports } from './delivery-reports.js';
import type { Fate, MessageFailure } from './message.js';

/*
 * What the carrier has said of a claimed message. Each of these writes only while the claim holds; a
 * word of the carrier's that comes after the lease still tells what became of it. Null where it was
 * claimed again, or is known to be further already.
 */

/**
 * An id that the carrier has given before belongs to the first message: reports cannot tell them apart.
 * Tells whether the message has the id, and whether reports wait that may be about it.
 */
const ACCEPT: Statement = {
  name: 'record-acceptance',
  text: `
    with accepted as (
      update messages set state = 'accepted', body = null, failure = null, cost = :cost, charged = :charged,
        carrier_message_id = case when not exists
          (select from messages where carrier = :carrier and carrier_message_id = :carrierMessageId)
          then :carrierMessageId end,
        changed_at = :at
      where phone = :phone and id = :id and attempts = :attempts and state in ('sending', 'unknown')
        and carrier_message_id is null
      returning carrier_message_id
    )
    select carrier_message_id is not null as has_id, exists (
      select from early_delivery_reports
      where carrier = :carrier and (carrier_message_id = :carrierMessageId or phone = :phone)
    ) as reported
    from accepted`,
};

/** The carrier has it: the body is wiped, and reports that were quicker than this are applied. */
export function recordAcceptance(
  db: Knex,
  message: Claimed,
  accepted: { carrier: string; carrierMessageId: string; cost: string | null; at: Date },
): Promise<readonly Fate[] | null> {
  const { carrier, carrierMessageId, cost, at } = accepted;
  const { phone, id, attempts, network } = message;
  return inTransaction(db, async (trx) => {
    await lockReports(trx, { phone, carrierMessageId });
    const charged = shillingsIn(cost) ?? message.charged;
    const [row] = await runStatement<{ has_id: boolean; reported: boolean }>(trx, ACCEPT, {
      ...{ phone, id, attempts, carrier, carrierMessageId },
      ...{ cost, charged, at },
    });
    if (!row) return null;
    await count(trx, message, carrier, { messages: 0, shillings: charged - message.charged });
    const fates: Fate[] = [{ network, state: 'accepted', failure: null }];
    if (row.reported) {
      if (row.has_id) {
        fates.push(...(await applyEarlyReports(trx, { carrier, carrierMessageId, at })));
      }
      fates.push(...(await adoptStray(trx, { carrier, phone, at })));
    }
    return fates;
  });
}

/** Nobody knows whether the carrier has it: the body is wiped, for it is not sent again. */
export function recordUnknown(
  db: Knex,
  message: Claimed,
  { carrier, at }: { carrier: string; at: Date },
): Promise<readonly Fate[] | null> {
  const { phone, network } = message;
  return inTransaction(db, async (trx) => {
    await lockReports(trx, { phone });
    const row = { state: 'unknown', body: null, failure: null, changed_at: at };
    if ((await held(trx, message, ['sending']).update(row)) === 0) return null;
    const adopted = await adoptStray(trx, { carrier, phone, at });
    return [{ network, state: 'unknown', failure: null }, ...adopted];
  });
}

/** The carrier has not taken it: back into the queue, and out of what the day has cost. */
export function recordRetry(
  db: Knex,
  message: Claimed,
  retry: { carrier: string; failure: MessageFailure; dueAt: Date; at: Date },
): Promise<readonly Fate[] | null> {
  const { carrier, failure, dueAt, at } = retry;
  const row = { state: 'queued', failure, due_at: dueAt, charged: 0, changed_at: at };
  return inTransaction(db, async (trx) => {
    await lockReports(trx, message);
    if ((await held(trx, message, ['sending']).update(row)) === 0) return null;
    await count(trx, message, carrier, { messages: -1, shillings: -message.charged });
    return adoptStray(trx, { carrier, phone: message.phone, at });
  });
}

/** The carrier never will: the body is wiped, and it costs nothing. */
export function recordFailure(
  db: Knex,
  message: Claimed,
  failed: { carrier: string; failure: MessageFailure; at: Date },
): Promise<readonly Fate[] | null> {
  const { carrier, failure, at } = failed;
  const { phone, network } = message;
  const row = { state: 'failed', failure, body: null, charged: 0, changed_at: at };
  return inTransaction(db, async (trx) => {
    await lockReports(trx, message);
    if ((await held(trx, message, ['sending', 'unknown']).update(row)) === 0) return null;
    await count(trx, message, carrier, { messages: -1, shillings: -message.charged });
    const adopted = await adoptStray(trx, { carrier, phone, at });
    return [{ network, state: 'failed', failure }, ...adopted];
  });
}

function held(
  trx: Transaction,
  { phone, id, attempts }: Claimed,
  states: readonly ('sending' | 'unknown')[],
): Knex.QueryBuilder {
  return trx('messages')
    .where({ phone, id, attempts, carrier_message_id: null })
    .whereIn('state', states);
}

/** Sets right what the message was counted for when it was claimed. */
async function count(
  trx: Transaction,
  { claimedAt }: Claimed,
  carrier: string,
  change: { messages: number; shillings: number },
): Promise<void> {
  const { messages, shillings } = change;
  if (messages === 0 && shillings === 0) return;
  await trx('sms_spending')
    .where({ day: kenyanDay(claimedAt), carrier })
    .update({
      messages: trx.raw('greatest(0, messages + ?)', [messages]),
      shillings: trx.raw('greatest(0, shillings + ?::numeric)', [shillings]),
    });
}
