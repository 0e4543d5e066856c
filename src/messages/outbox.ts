import { once } from 'node:events';
import { createBell } from './bell.js';
import { type Claimed, claimDue } from './claims.js';
import { createSending, reasonOf, type SendingOptions } from './sending.js';

export type OutboxOptions = Omit<SendingOptions, 'recordAgainMs' | 'abandoned'> & {
  /** Milliseconds between two looks for retries and for messages of other processes. */
  readonly pollMs: number;
  /** How many SMS may be on their way to the carrier at once. */
  readonly concurrency: number;
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
  /** In place of {@link start}: sends all that is due at this moment. Returns the attempts made. */
  sendDue(): Promise<number>;
};

/** To wait at least after the database was away. */
const PAUSE_MS = 5_000;

/**
 * The outbox of one process; any number of them may share a database. A message is sent once, but
 * for a process that is killed, or loses its database, between the carrier's yes and its record:
 * carriers offer nothing to tell a repetition by, so that message is sent again.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { db, now, log, pollMs, concurrency, stopWithinMs = 10_000 } = options;
  const abandoned = new AbortController();
  const send = createSending({
    ...options,
    recordAgainMs: Math.min(pollMs, 1_000),
    abandoned: abandoned.signal,
  });
  const underWay = new Set<Promise<void>>();
  const bell = createBell();
  let loop: Promise<void> | undefined;
  let stopping = false;

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
          'stopped without an answer of the carrier: to be sent again',
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
      } catch (error) {
        log.warn(reasonOf(error), 'SMS: the database does not say what is due');
        waitMs = Math.max(pollMs, PAUSE_MS);
      }
      if (!stopping) await bell.wait(waitMs);
    }
  }

  /** Claims only what can be sent at once, so that no lease runs out in a line. */
  async function startDue(): Promise<number> {
    let started = 0;
    for (;;) {
      if (underWay.size >= concurrency) await Promise.race(underWay);
      if (stopping) return started;
      const limit = concurrency - underWay.size;
      const claimed = await claimDue(db, { limit, at: now() });
      for (const message of claimed) begin(message);
      started += claimed.length;
      if (claimed.length < limit) return started;
    }
  }

  function begin(message: Claimed): void {
    const sending = send(message).finally(() => underWay.delete(sending));
    underWay.add(sending);
  }

  async function finish(): Promise<void> {
    await loop;
    await Promise.all(underWay);
  }
}
