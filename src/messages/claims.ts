import type { Knex } from 'knex';
import { runStatement, type Statement } from '../database/statement.js';
import { kenyanDay } from '../dialogue/kenyan-time.js';
import type { Phone } from '../phone-number.js';
import { type Budget, beginDay, limitsOf } from './budget.js';
import type { Carries, Message, MessageFailure } from './message.js';

/** A message that a worker has for itself until its lease runs out. */
export type Claimed = Message & {
  readonly phone: Phone;
  readonly sealedBody: Buffer;
  readonly claimedAt: Date;
  readonly leaseEndsAt: Date;
  /** What it counts for in the budget of the day of the claim, in shillings. */
  readonly charged: number;
  readonly network: string | null;
};

/** What was found due: claimed, given up for a STOP, or held back, for the day's budget is used up. */
export type Due = {
  readonly claimed: readonly Claimed[];
  readonly stopped: readonly { readonly carries: Carries; readonly network: string | null }[];
  /** What the messages that were held back carry. */
  readonly held: readonly Carries[];
};

type DueRow = {
  verdict: 'claimed' | 'stopped' | 'held' | 'dayToBegin';
  id: string;
  phone: Phone;
  carries: Carries;
  network: string | null;
  body: Buffer;
  attempts: number;
  failure: MessageFailure | null;
  created_at: Date;
  charged: string;
};

/** Longer than any sending takes; what a killed process had claimed is of unknown fate after it. */
export const LEASE_MS = 60_000;

/*
 * In one statement: what is due, passwords before the rest, each the oldest first; judged by STOP and
 * by what is left of the day's budget, whose row serves the claims of all processes one by one; and
 * what may go is claimed and counted. CTEs are evaluated once; as a subquery of `in` the planner
 * may run one more often, limit or not.
 */
const CLAIM: Statement = {
  name: 'claim-due',
  text: `
    with day as materialized (
      select messages, shillings from sms_spending where day = :day and carrier = :carrier for update
    ), due as materialized (
      select m.phone, m.id, m.carries, m.due_at, m.segments * :price::numeric as charged, c.network,
        c.stopped_at is not null and not m.asked as stopped
      from messages m join callers c on c.phone = m.phone
      where m.state = 'queued' and m.due_at <= :at
      order by m.carries <> 'password', m.due_at limit :limit
      for update of m skip locked
    ), counted as materialized (
      select due.*, d.messages is null as no_day,
        d.messages + count(*) filter (where not stopped) over so_far as messages,
        d.shillings + sum(charged) filter (where not stopped) over so_far as shillings
      from due left join day d on true
      window so_far as (order by carries <> 'password', due_at, id)
    ), judged as materialized (
      select phone, id, carries, network, charged, case
          when stopped then 'stopped'
          when no_day then 'dayToBegin'
          when carries = 'password' and messages <= :mostMessages and shillings <= :mostShillings
            or messages <= :otherMessages and shillings <= :otherShillings then 'claimed'
          else 'held'
        end as verdict
      from counted
    ), spent as (
      update sms_spending s set messages = s.messages + batch.count, shillings = s.shillings + batch.sum
      from (select count(*) as count, sum(charged) as sum from judged where verdict = 'claimed') batch
      where day = :day and carrier = :carrier and batch.count > 0
    ), stopped as (
      update messages m set state = 'failed', failure = 'stopped', body = null, changed_at = :at
      from judged j where m.phone = j.phone and m.id = j.id and verdict = 'stopped'
    ), claimed as (
      update messages m
      set state = 'sending', attempts = attempts + 1, due_at = :leaseEndsAt, carrier = :carrier,
        sent_at = :at, charged = j.charged, changed_at = :at
      from judged j where m.phone = j.phone and m.id = j.id and verdict = 'claimed'
      returning m.phone, m.id, m.body, m.attempts, m.failure, m.created_at
    )
    select j.*, c.body, c.attempts, c.failure, c.created_at
    from judged j left join claimed c on c.phone = j.phone and c.id = j.id`,
};

/**
 * Claims what is due, whatever other workers and processes do meanwhile. The claim is the last thing
 * before the carrier is told, so it is also the record that it may have been: claim only what goes at once.
 */
export async function claimDue(
  db: Knex,
  options: { limit: number; at: Date; carrier: string; budget: Budget },
): Promise<Due> {
  const { limit, at, carrier, budget } = options;
  const day = kenyanDay(at);
  const leaseEndsAt = new Date(at.getTime() + LEASE_MS);
  const claim = () =>
    runStatement<DueRow>(db, CLAIM, {
      ...{ day, carrier, limit, at, leaseEndsAt, price: budget.segmentShillings },
      ...limitsOf(budget),
    });
  let rows = await claim();
  if (rows.some(({ verdict }) => verdict === 'dayToBegin')) {
    await beginDay(db, { day, carrier });
    rows = [...rows.filter(({ verdict }) => verdict === 'stopped'), ...(await claim())];
  }
  const judged = (verdict: DueRow['verdict']) => rows.filter((row) => row.verdict === verdict);
  return {
    claimed: judged('claimed').map((row) => ({
      id: row.id,
      phone: row.phone,
      carries: row.carries,
      sealedBody: row.body,
      attempts: row.attempts,
      failure: row.failure,
      createdAt: row.created_at,
      claimedAt: at,
      leaseEndsAt,
      charged: Number(row.charged),
      network: row.network,
    })),
    stopped: judged('stopped').map(({ carries, network }) => ({ carries, network })),
    held: judged('held').map(({ carries }) => carries),
  };
}

/** A message whose worker was killed, or lost its database, when the carrier may have had it. */
export type Lapsed = {
  readonly carries: Carries;
  readonly phone: Phone;
  readonly carrier: string;
  readonly network: string | null;
};

const LEAVE_LAPSED: Statement = {
  name: 'leave-lapsed',
  text: `
    update messages m set state = 'unknown', body = null, failure = null, changed_at = :at
    from callers c
    where m.state = 'sending' and m.due_at <= :at and c.phone = m.phone
    returning m.carries, m.phone, m.carrier, c.network`,
};

/**
 * Leaves the messages whose lease has run out as of unknown fate: the carrier may have taken them, so
 * they are not sent again, and nothing tells those from what was not told to it at all.
 */
export function leaveLapsed(db: Knex, at: Date): Promise<readonly Lapsed[]> {
  return runStatement<Lapsed>(db, LEAVE_LAPSED, { at });
}
