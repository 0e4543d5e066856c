import QuickLRU from 'quick-lru';
import type { Input, KnownAccount, KnownCaller, RecordedReply, StoredSession } from './stored.js';

/** A dialogue as this process has left it. */
export type Recent = {
  readonly session: StoredSession;
  readonly caller: KnownCaller | null;
  readonly account: KnownAccount | null | undefined;
  /** The reply to the input whose digest is the session's `heardDigest`. */
  readonly reply: RecordedReply;
};

/**
 * The dialogues that this process wrote last, so that the next turn of a call need not load what was
 * written a moment ago. Another process may have moved one on meanwhile: a turn that is taken from
 * here finds out when it is recorded, and is then taken again from what is stored.
 */
export type RecentDialogues = {
  get(input: Input): Recent | null;
  set(input: Input, recent: Recent): void;
  forget(input: Input): void;
};

/** @param least dialogues that are remembered at least; twice as many at most. What was not heard of longest goes first. */
export function createRecentDialogues(least: number): RecentDialogues {
  const dialogues = new QuickLRU<string, Recent>({ maxSize: least });
  const keyOf = ({ channel, carrier, session, phone }: Input) =>
    `${phone} ${channel} ${carrier} ${session}`;
  return {
    get: (input) => dialogues.get(keyOf(input)) ?? null,
    set(input, recent) {
      dialogues.set(keyOf(input), recent);
    },
    forget(input) {
      dialogues.delete(keyOf(input));
    },
  };
}
