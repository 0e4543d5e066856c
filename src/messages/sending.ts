import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { SendOutcome, SendSms } from '../channels/channel.js';
import { codeOf } from '../database/database-errors.js';
import { maskPhone } from '../phone-number.js';
import type { Trouble } from './alarm.js';
import type { Claimed } from './claims.js';
import type { Carries, Fate, MessageFailure } from './message.js';
import { recordAcceptance, recordFailure, recordRetry, recordUnknown } from './outcomes.js';
import type { Pace } from './pace.js';
import { type BodySeal, bodyContext } from './queue.js';
import { isStale, nextAttemptAt } from './retry.js';

/** One attempt that was made and recorded, for the metrics. */
export type Attempt = {
  readonly carries: Carries;
  readonly result: 'accepted' | 'unknown' | 'retrying' | 'failed';
  readonly failure: MessageFailure | null;
};

export type SendingOptions = {
  readonly db: Knex;
  /** Whose way out it is. */
  readonly carrier: string;
  readonly sendSms: SendSms;
  readonly seal: BodySeal;
  readonly now: () => Date;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly onOutcome?: (attempt: Attempt) => void;
  /** What has become of a message. */
  readonly onFate?: (fate: Fate) => void;
  readonly pace: Pace;
  readonly raiseAlarm: (trouble: Trouble) => void;
  /** Milliseconds to wait for a database that does not take an outcome. */
  readonly recordAgainMs: number;
  /** Aborted, it waits for the database no longer. */
  readonly abandoned: AbortSignal;
};

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** What became of an attempt, less the details that are only for the record. */
type Outcome =
  | Extract<SendOutcome, { accepted: true }>
  | { readonly accepted: false; readonly failure: MessageFailure | 'timedOut' };

type Recorded = { readonly attempt: Attempt; readonly fates: readonly Fate[] };

/**
 * Makes the function that takes one claimed message to the carrier and records what came of it. It
 * never rejects: what could not be recorded is logged, and of unknown fate when its lease has run out.
 */
export function createSending(options: SendingOptions): (message: Claimed) => Promise<void> {
  const { db, carrier, sendSms, seal, now, random, log, pace } = options;

  return async (message) => {
    try {
      const outcome = await tryToSend(message);
      const recorded = await recordSurely(message, () => record(message, outcome, now()));
      if (recorded) {
        options.onOutcome?.(recorded.attempt);
        for (const fate of recorded.fates) options.onFate?.(fate);
      } else log.warn(about(message), 'SMS: the lease ran out before the carrier answered');
    } catch (error) {
      log.warn({ ...about(message), ...reasonOf(error) }, 'SMS: the outcome is not recorded');
    }
  };

  async function tryToSend(message: Claimed): Promise<Outcome> {
    // Whatever went wrong before; nothing at all, where nobody ran the outbox all that time.
    if (isStale(message, now())) return { accepted: false, failure: message.failure ?? 'tooLate' };
    const text = openBody(message);
    if (text === null) return { accepted: false, failure: 'unreadable' };
    try {
      return await sendSms(message.phone, text);
    } catch {
      // What it rejected with may hold the text or an API key.
      log.error(about(message), 'SMS: the carrier rejected, which it must never do');
      return { accepted: false, failure: 'timedOut' };
    }
  }

  function openBody({ sealedBody, phone }: Claimed): string | null {
    try {
      return seal.open(sealedBody, bodyContext(phone));
    } catch {
      return null;
    }
  }

  /** Null where the claim did not hold any more. */
  async function record(message: Claimed, outcome: Outcome, at: Date): Promise<Recorded | null> {
    const { carries } = message;
    if (outcome.accepted) {
      pace.goOn();
      const fates = await recordAcceptance(db, message, { ...outcome, carrier, at });
      return fates && { attempt: { carries, result: 'accepted', failure: null }, fates };
    }
    const { failure } = outcome;
    if (failure === 'timedOut') {
      const fates = await recordUnknown(db, message, { carrier, at });
      if (fates) log.info(about(message), 'SMS: the carrier did not answer, its fate is unknown');
      return fates && { attempt: { carries, result: 'unknown', failure: null }, fates };
    }
    if (failure === 'rateLimited') pace.slowDown();
    const dueAt = nextAttemptAt(message, { failure, at, random: random() });
    const fates = dueAt
      ? await recordRetry(db, message, { carrier, failure, dueAt, at })
      : await recordFailure(db, message, { carrier, failure, at });
    if (!fates) return null;
    options.raiseAlarm(failure);
    if (dueAt) log.info({ ...about(message), failure, dueAt }, 'SMS not taken, to be tried again');
    else log.warn({ ...about(message), failure }, 'SMS given up');
    return { attempt: { carries, result: dueAt ? 'retrying' : 'failed', failure }, fates };
  }

  /** The carrier may have the SMS, and only a delivery report would tell what is not recorded now. */
  async function recordSurely<T>({ leaseEndsAt }: Claimed, attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (options.abandoned.aborted || now() >= leaseEndsAt) throw error;
        log.warn(reasonOf(error), 'SMS: the database does not take an outcome, trying again');
        await pause(options.recordAgainMs);
      }
    }
  }
}

function about({ id, phone, carries, attempts }: Claimed) {
  return { message: id, phone: maskPhone(phone), carries, attempts };
}

/** An error of the database says more in its other fields, whole rows for one. */
export function reasonOf(error: unknown): { code: string | null; reason: string } {
  return { code: codeOf(error), reason: error instanceof Error ? error.message : 'unknown' };
}
