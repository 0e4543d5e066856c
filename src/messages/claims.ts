import type { Knex } from 'knex';
import { inTransaction } from '../database/transaction.js';
import type { Phone } from '../phone-number.js';
import { applyEarlyReports, lockReportsOf } from './delivery-reports.js';
import type { Carries, Message, MessageFailure } from './message.js';

/** A message that a worker has for itself until its lease runs out. */
export type Claimed = Message & {
  readonly phone: Phone;
  readonly sealedBody: Buffer;
  readonly leaseEndsAt: Date;
};

type ClaimedRow = {
  id: string;
  phone: Phone;
  carries: Carries;
  body: Buffer;
  attempts: number;
  failure: MessageFailure | null;
  created_at: Date;
};

/** Longer than any sending takes; what a killed process had claimed is claimed again after it. */
export const LEASE_MS = 60_000;

// The CTE is evaluated once; as a subquery of `in` the planner may run it more often, limit or not.
const CLAIM = `
  with due as materialized (
    select id from messages
    where state in ('queued', 'sending') and due_at <= :at
    order by due_at limit :limit
    for update skip locked
  )
  update messages
  set state = 'sending', attempts = attempts + 1, due_at = :leaseEndsAt, changed_at = :at
  from due where messages.id = due.id
  returning messages.id, phone, carries, body, attempts, failure, created_at`;

/** Claims what is due, the oldest first, whatever other workers and processes do meanwhile. */
export async function claimDue(
  db: Knex,
  { limit, at }: { limit: number; at: Date },
): Promise<Claimed[]> {
  const leaseEndsAt = new Date(at.getTime() + LEASE_MS);
  const { rows } = await db.raw<{ rows: ClaimedRow[] }>(CLAIM, { limit, at, leaseEndsAt });
  return rows.map((row) => ({
    id: row.id,
    phone: row.phone,
    carries: row.carries,
    sealedBody: row.body,
    attempts: row.attempts,
    failure: row.failure,
    createdAt: row.created_at,
    leaseEndsAt,
  }));
}

/** The rest of these functions write only while the claim holds, and return whether it did. */
function held(db: Knex, { id, attempts }: Message): Knex.QueryBuilder {
  return db('messages').where({ id, attempts, state: 'sending' });
}

/** The carrier has it: the body is wiped, and reports that were quicker than this are applied. */
export function recordAcceptance(
  db: Knex,
  message: Message,
  { carrierMessageId, cost, at }: { carrierMessageId: string; cost: string | null; at: Date },
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    await lockReportsOf(trx, carrierMessageId);
    // An id that the carrier has given before belongs to the first message: reports cannot tell them apart.
    const taken = await trx('messages').where({ carrier_message_id: carrierMessageId }).first('id');
    const updated: number = await held(trx, message).update({
      state: 'accepted',
      body: null,
      failure: null,
      carrier_message_id: taken ? null : carrierMessageId,
      cost,
      changed_at: at,
    });
    if (updated === 0) return false;
    if (!taken) await applyEarlyReports(trx, carrierMessageId, at);
    return true;
  });
}

/** The carrier has not taken it: back into the queue. */
export async function recordRetry(
  db: Knex,
  message: Message,
  { failure, dueAt, at }: { failure: MessageFailure; dueAt: Date; at: Date },
): Promise<boolean> {
  const row = { state: 'queued', failure, due_at: dueAt, changed_at: at };
  return (await held(db, message).update(row)) > 0;
}

/** The carrier never will: the body is wiped. */
export async function recordFailure(
  db: Knex,
  message: Message,
  { failure, at }: { failure: MessageFailure; at: Date },
): Promise<boolean> {
  const row = { state: 'failed', failure, body: null, changed_at: at };
  return (await held(db, message).update(row)) > 0;
}
