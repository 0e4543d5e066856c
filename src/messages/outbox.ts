import { once } from 'node:events';
import { inTransaction } from '../database/transaction.js';
import { createAlarm } from './alarm.js';
import { createBell } from './bell.js';
import type { Budget } from './budget.js';
import { type Claimed, claimDue, leaveLapsed } from './claims.js';
import { adoptStray, lockReports } from './delivery-reports.js';
import { outboxDepth } from './depth.js';
import { createPace } from './pace.js';
import { createSending, reasonOf, type SendingOptions } from './sending.js';

export type OutboxOptions = Omit<
  SendingOptions,
  'recordAgainMs' | 'abandoned' | 'pace' | 'raiseAlarm'
> & {
  /** Milliseconds between two looks for retries and for messages of other processes. */
  readonly pollMs: number;
  /** How many SMS may be on their way to the carrier at once. */
  readonly concurrency: number;
  /** How many SMS this process may hand to the carrier in a second. */
  readonly perSecond: number;
  /** What all processes together may send in a day. */
  readonly budget: Budget;
  /** Loads what sending takes: called once, when there is something to send. */
  readonly prepare?: () => Promise<void>;
  /** Milliseconds that {@link Outbox.stop} waits for sendings under way: 10 s unless given. */
  readonly stopWithinMs?: number;
};

export type Outbox = {
  /** Sends what is due, now and from now on, until it is stopped. Does not keep the process alive. */
  start(): void;
  /** Something was queued: sends it without waiting for the next poll. Call it after the commit. */
  wake(): void;
  /** Claims no more, and settles when the sendings under way are recorded or their time is up. */
  stop(): Promise<void>;
  /** In place of {@link start}: sends all that is due at this moment and may go. Returns the attempts made. */
  sendDue(): Promise<number>;
};

/** To wait at least after the database was away. */
const PAUSE_MS = 5_000;
const LOOK_FOR_LAPSED_EVERY_MS = 1_000;

/**
 * The outbox of one process; any number of them may share a database. What may have reached the
 * carrier is never sent again: carriers offer nothing to tell a repetition by. Where a process is
 * killed, or loses its database, between the claim and the record of the carrier's answer, nobody
 * knows what became of the message, and it says so.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { db, now, log, pollMs, concurrency, stopWithinMs = 10_000 } = options;
  const abandoned = new AbortController();
  const pace = createPace(options);
  const raiseAlarm = createAlarm(log, now);
  const send = createSending({
    ...options,
    pace,
    raiseAlarm,
    recordAgainMs: Math.min(pollMs, 1_000),
    abandoned: abandoned.signal,
  });
  const underWay = new Set<Promise<void>>();
  const bell = createBell();
  let loop: Promise<void> | undefined;
  let stopping = false;
  let prepared = false;
  let lookedForLapsedAt = Number.NEGATIVE_INFINITY;

  return {
    start() {
      loop ??= run();
    },
    wake: bell.ring,
    async stop() {
      stopping = true;
      bell.ring();
      const timer = setTimeout(() => abandoned.abort(), stopWithinMs);
      await Promise.race([finish(), once(abandoned.signal, 'abort')]);
      clearTimeout(timer);
      if (underWay.size > 0) {
        log.warn(
          { sms: underWay.size },
          'stopped without an answer of the carrier: their fate is unknown',
        );
      }
    },
    async sendDue() {
      const started = await startDue();
      await Promise.all(underWay);
      return started;
    },
  };

  async function run(): Promise<void> {
    while (!stopping) {
      let waitMs = pollMs;
      try {
        await startDue();
        waitMs = Math.min(pollMs, pace.waitMs() || pollMs);
      } catch (error) {
        log.warn(reasonOf(error), 'SMS: the database does not say what is due');
        waitMs = Math.max(pollMs, PAUSE_MS);
      }
      if (!stopping) await bell.wait(waitMs);
    }
  }

  /** Claims only what can be sent at once: a claim is all that tells what the carrier may have. */
  async function startDue(): Promise<number> {
    await tellLapsed();
    if (!(await isPrepared())) return 0;
    let started = 0;
    for (;;) {
      if (underWay.size >= concurrency) await Promise.race(underWay);
      if (stopping) return started;
      const limit = pace.take(concurrency - underWay.size);
      if (limit === 0) return started;
      const { claimed, stopped, held } = await claimDue(db, { ...options, limit, at: now() });
      pace.giveBack(limit - claimed.length);
      for (const message of claimed) begin(message);
      for (const { carries, network } of stopped) {
        options.onOutcome?.({ carries, result: 'failed', failure: 'stopped' });
        options.onFate?.({ network, state: 'failed', failure: 'stopped' });
      }
      if (held.length > 0) raiseAlarm(held.includes('password') ? 'overBudget' : 'reserveOnly');
      started += claimed.length;
      if (claimed.length + stopped.length < limit) return started;
    }
  }

  /**
   * Loading takes half a second. It ends before a claim, for a process that is killed after one leaves
   * the fate of an SMS unknown; and while nothing is to be sent, nobody waits for it.
   */
  async function isPrepared(): Promise<boolean> {
    if (prepared) return true;
    const { queued } = await outboxDepth(db);
    if (queued === 0) return false;
    // Where it fails, each SMS says why.
    await options.prepare?.().catch(() => {});
    prepared = true;
    return true;
  }

  function begin(message: Claimed): void {
    const sending = send(message).finally(() => underWay.delete(sending));
    underWay.add(sending);
  }

  async function tellLapsed(): Promise<void> {
    const at = now();
    if (at.getTime() - lookedForLapsedAt < LOOK_FOR_LAPSED_EVERY_MS) return;
    lookedForLapsedAt = at.getTime();
    for (const { carries, phone, carrier, network } of await leaveLapsed(db, at)) {
      log.warn({ carries }, 'SMS: nobody has recorded what the carrier said, its fate is unknown');
      options.onOutcome?.({ carries, result: 'unknown', failure: null });
      options.onFate?.({ network, state: 'unknown', failure: null });
      const fates = await inTransaction(db, async (trx) => {
        await lockReports(trx, { phone });
        return adoptStray(trx, { carrier, phone, at });
      });
      for (const fate of fates) options.onFate?.(fate);
    }
  }

  async function finish(): Promise<void> {
    await loop;
    await Promise.all(underWay);
  }
}
