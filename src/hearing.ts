import type { Said, UssdTurn } from './channels/channel.js';
import type { Seal } from './seal.js';
import type { StoredSession } from './turns/stored.js';

/*
 * What a request of a call says. A carrier that repeats the whole history in every request has no id
 * for the request itself. So what was heard is remembered, as a length and a keyed digest (it may hold
 * an ID number), and what follows it is the answer. Splitting at the last `*` would lose an answer
 * that holds one. A carrier that sends the last answer alone repeats nothing to compare with: there a
 * request is told by the carrier's own number for it, or else by its place in the call.
 */

/** What a request is, and its digest: the same request has the same one. */
export type Heard = { readonly digest: Buffer } & (
  | { readonly kind: 'dial'; readonly dialled: readonly string[] }
  | { readonly kind: 'answer'; readonly answer: string }
  /** It was heard before. */
  | { readonly kind: 'again' }
  /** It cannot be the next request of the call. */
  | { readonly kind: 'outOfStep' }
);

type Request = Pick<UssdTurn, 'carrier' | 'session' | 'said'>;

/** A session as far as hearing needs it. */
type Known = Pick<StoredSession, 'turns' | 'heard' | 'heardLength' | 'heardDigest' | 'turnedAt'>;

/** Deeper than any flow; more answers dialled with the code would only lead in circles. */
const MOST_DIALLED = 20;

/**
 * A caller needs longer than this to read a screen and to answer it, and a carrier that got no reply
 * less to ask again: it tells a repeated answer from a new one where the wire does not.
 */
const REPEATED_WITHIN_MS = 2_000;

/**
 * The digest of a request, and after it those by which it may be known since before the key was
 * replaced; null where they depend on its place in the call.
 */
export function digestsOf(seal: Seal, call: Request): readonly Buffer[] | null {
  const { said } = call;
  if ('history' in said) return digestsIn(seal, call, said.history);
  return said.request === null ? null : digestsIn(seal, call, { request: said.request });
}

/** The history that a request repeats, or null where the wire repeats none. */
export function historyIn(said: Said): string | null {
  return 'history' in said ? said.history : null;
}

/**
 * What a request says after what is known of its call.
 *
 * @param known the session; null where the call is not known yet.
 * @param ownDigest the first that {@link digestsOf} gives for the request, where it is known already.
 */
export function hear(
  seal: Seal,
  call: Request,
  known: Known | null,
  at: Date,
  ownDigest: Buffer | null = null,
): Heard {
  const { said } = call;
  if (!('history' in said)) return hearAnswer(seal, call, said, known, at);
  const digest = ownDigest ?? digestIn(seal, call, said.history);
  if (!known) {
    const dialled = said.history === '' ? [] : said.history.split('*');
    return { kind: 'dial', dialled: dialled.slice(0, MOST_DIALLED), digest };
  }
  const answer = continuation(seal, call, known, said.history);
  return answer === null ? { kind: 'outOfStep', digest } : { kind: 'answer', answer, digest };
}

/** The answer that a history adds to what was heard, or null where it does not continue it. */
function continuation(
  seal: Seal,
  call: Call,
  { heard, heardLength, heardDigest }: Known,
  history: string,
): string | null {
  if (history.length <= heardLength) return null;
  const before = history.slice(0, heardLength);
  const goesOn =
    heard === null
      ? digestsIn(seal, call, before).some((digest) => digest.equals(heardDigest))
      : before === heard;
  if (!goesOn) return null;
  if (heardLength === 0) return history;
  return history[heardLength] === '*' ? history.slice(heardLength + 1) : null;
}

function hearAnswer(
  seal: Seal,
  call: Call,
  { answer, begins, request }: Exclude<Said, { history: string }>,
  known: Known | null,
  at: Date,
): Heard {
  const nth = (number: number) => (request === null ? { number, answer } : { request });
  const digest = digestIn(seal, call, nth((known?.turns ?? 0) + 1));
  if (!known) {
    const dialled = answer === '' ? [] : answer.split('*');
    return { kind: 'dial', dialled: dialled.slice(0, MOST_DIALLED), digest };
  }
  const { heardDigest } = known;
  const isLast = digestsIn(seal, call, nth(known.turns)).some((last) => last.equals(heardDigest));
  const soon = at.getTime() - known.turnedAt.getTime() < REPEATED_WITHIN_MS;
  const dialledAgain = begins === true && known.turns === 1;
  if (isLast && (soon || dialledAgain)) return { kind: 'again', digest: heardDigest };
  return begins === true ? { kind: 'outOfStep', digest } : { kind: 'answer', answer, digest };
}

type Call = Omit<Request, 'said'>;

/** A history, the carrier's number for a request, or an answer by its place in the call. */
type Telling =
  | string
  | { readonly request: string }
  | { readonly number: number; readonly answer: string };

function digestIn(seal: Seal, call: Call, said: Telling): Buffer {
  return seal.digest('turn', textOf(call, said));
}

function digestsIn(seal: Seal, call: Call, said: Telling): readonly Buffer[] {
  return seal.digests('turn', textOf(call, said));
}

function textOf({ carrier, session }: Call, said: Telling): string {
  return JSON.stringify(['ussd', carrier, session, said]);
}
