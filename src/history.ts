import type { Seal } from './seal.js';

/*
 * A carrier that repeats the whole history in every request has no id for the request itself. So
 * what was heard is remembered, as a length and a keyed digest (it may hold an ID number), and what
 * follows it is the answer. Splitting at the last `*` would lose an answer that holds one.
 */

/** What has been heard of a call so far, to be stored with it. */
export type Heard = { readonly heardLength: number; readonly heardDigest: Buffer | null };

export function heardSoFar(seal: Seal, history: string): Heard {
  return { heardLength: history.length, heardDigest: seal.digest('history', history) };
}

/** The answer that a history adds to what was heard, or null where it does not continue it. */
export function continuation(seal: Seal, heard: Heard, history: string): string | null {
  const { heardLength, heardDigest } = heard;
  if (!heardDigest || history.length <= heardLength) return null;
  if (!seal.digest('history', history.slice(0, heardLength)).equals(heardDigest)) return null;
  if (heardLength === 0) return history;
  return history[heardLength] === '*' ? history.slice(heardLength + 1) : null;
}
