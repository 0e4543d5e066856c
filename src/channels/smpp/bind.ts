import { setTimeout as pause } from 'node:timers/promises';
import type { SendFailure } from '../channel.js';
import type { Link } from './link.js';
import { failureOf, status, statusName } from './statuses.js';

/** What happens to a bind, for the log. */
export type BindNews =
  | { readonly kind: 'bound' }
  | { readonly kind: 'refused'; readonly status: string; readonly failure: SendFailure }
  | { readonly kind: 'lost'; readonly reason: string };

export type BindOptions = {
  readonly command: 'bind_transceiver' | 'bind_transmitter' | 'bind_receiver';
  readonly systemId: string;
  readonly password: string;
  /** Connects to the message centre. Rejects where it is not there. */
  connect(signal: AbortSignal): Promise<Link>;
  readonly onNews: (news: BindNews) => void;
  /** Milliseconds between two looks whether the message centre is still there. */
  readonly enquireMs: number;
  /** Milliseconds until the first attempt to bind again; each next one waits twice as long. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** From 0 to 1. */
  readonly random: () => number;
};

/** A bind that is kept up. */
export type Bind = {
  /** The link, once it is bound; null where it is not bound within some milliseconds. */
  link(withinMs: number): Promise<Link | null>;
  /** Why the message centre refused the last attempt; null where it did not. */
  refusal(): SendFailure | null;
  /** Unbinds. What is under way on the link should be over. */
  close(): Promise<void>;
};

/** As bind requests name SMPP 3.4. */
const INTERFACE_VERSION = 0x34;

/** Binds, and binds again whenever the link is lost, until it is closed. */
export function keepBound(options: BindOptions): Bind {
  const { command, systemId, password, onNews, firstWaitMs, longestWaitMs, random } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const waiters = new Set<(link: Link) => void>();
  let bound: Link | null = null;
  let refused: SendFailure | null = null;
  const running = run();

  return {
    link(withinMs) {
      if (bound || refused) return Promise.resolve(bound);
      return new Promise((resolve) => {
        const settle = (link: Link | null) => {
          clearTimeout(timer);
          waiters.delete(settle);
          resolve(link);
        };
        const timer = setTimeout(() => settle(null), withinMs);
        waiters.add(settle);
      });
    },
    refusal: () => refused,
    async close() {
      closing.abort();
      if (bound) {
        await bound.request('unbind');
        bound.close('unbound');
      }
      await running;
    },
  };

  async function run(): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      if (await holdOne()) attempt = 0;
      const wait = Math.min(firstWaitMs * 2 ** attempt, longestWaitMs);
      // Half of it by chance, so that processes that were cut off together do not come back together.
      await pause(wait * (0.5 + random() / 2), null, { signal, ref: false }).catch(() => {});
    }
  }

  /** One link, from its beginning to its end. Returns whether it was bound. */
  async function holdOne(): Promise<boolean> {
    let link: Link;
    try {
      link = await options.connect(signal);
    } catch (error) {
      refused = null;
      if (!signal.aborted) onNews({ kind: 'lost', reason: codeOf(error) });
      return false;
    }
    const answer = await link.request(command, {
      system_id: systemId,
      password,
      interface_version: INTERFACE_VERSION,
    });
    const given = answer.kind === 'answered' ? answer.status : null;
    const failure = given === null || given === status.ok ? null : failureOf(given);
    refused = failure;
    if (given !== status.ok || signal.aborted) {
      link.close('no answer to the bind');
      const reason = await link.closed;
      if (signal.aborted) return false;
      if (given === null || failure === null) onNews({ kind: 'lost', reason });
      else onNews({ kind: 'refused', status: statusName(given), failure });
      return false;
    }
    bound = link;
    onNews({ kind: 'bound' });
    for (const settle of waiters) settle(link);
    const enquiring = setInterval(() => void enquire(link), options.enquireMs).unref();
    const reason = await link.closed;
    clearInterval(enquiring);
    bound = null;
    if (!signal.aborted) onNews({ kind: 'lost', reason });
    return true;
  }
}

async function enquire(link: Link): Promise<void> {
  if (!(await link.arrived())) link.close('no answer to enquire_link');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'not reachable';
}
