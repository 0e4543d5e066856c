import type { Account } from '../accounts/accounts.js';
import type { Language } from '../dialogue/languages.js';
import type { Position } from '../dialogue/screen.js';
import type { Phone } from '../phone-number.js';
import { type Seal, UnknownKeyError } from '../seal.js';
import type { Channel } from '../sessions.js';

/** One request, as far as storage is concerned. */
export type Input = {
  readonly channel: Channel;
  readonly carrier: string;
  /** The carrier's id of the call, of the SMS, or the nonce of the web form. */
  readonly session: string;
  readonly phone: Phone;
  /** The carrier's word for the caller's network, or null. */
  readonly network: string | null;
  /** A keyed digest of all that makes the input what it is: the same input has the same one. */
  readonly digest: Buffer;
  /** Those that it had under keys which were replaced: it may have been taken by one of them. */
  readonly formerDigests: readonly Buffer[];
};

/** A dialogue between two turns. */
export type StoredSession = {
  readonly id: number;
  readonly language: Language;
  /** Null once it has ended. */
  readonly position: Position | null;
  readonly turns: number;
  /**
   * The history that was heard by the last turn, while the call is open and where this very process has
   * heard it: what is stored of it is its length and its digest. Null elsewhere.
   */
  readonly heard: string | null;
  /** The length of the history that was heard by the last turn; 0 where the wire repeats none. */
  readonly heardLength: number;
  /** The digest of the last turn's input. */
  readonly heardDigest: Buffer;
  readonly turnedAt: Date;
};

/** The reply that an input has got. */
export type RecordedReply = {
  readonly text: string;
  readonly ended: boolean;
  readonly state: string;
};

/** What is known of a number that has been in touch before. */
export type KnownCaller = {
  /** What the caller has chosen, or null. */
  readonly language: Language | null;
  readonly network: string | null;
  /** When the number was last in touch, to the day. */
  readonly heardAt: Date | null;
};

/** The account of a number, as a turn finds it. */
export type KnownAccount = Account;

/** All that a turn needs to know before it is taken. */
export type Before = {
  /** It is what this process has written of the dialogue, which may be old: the database was not asked. */
  readonly remembered: boolean;
  readonly recorded: RecordedReply | null;
  readonly session: StoredSession | null;
  readonly caller: KnownCaller | null;
  /** Undefined: it may have changed since it was looked at. */
  readonly account: KnownAccount | null | undefined;
  /** Where the last USSD call of the number was left within a day, if it did not end. */
  readonly unfinished: Position | null;
};

/** What a turn leaves behind. */
export type After = {
  readonly language: Language;
  /** The language of the keyword, or of the web form: that of a number which has no account and has chosen none yet. */
  readonly chosen: Language | null;
  readonly position: Position;
  /** Whether the dialogue can be gone on with. */
  readonly open: boolean;
  /** Where it begins by SMS: whether it ends what was open before. */
  readonly displaces: boolean;
  readonly reply: string;
  /** Whether the reply ended the call. */
  readonly ended: boolean;
  /** What was answered, where it was a choice or a way out; null where it was typed freely, or nothing was. */
  readonly said: string | null;
  readonly slipped: boolean;
  /** What the screen asks for, where its state alone does not tell. */
  readonly topic: string | null;
  /** The flow whose task was done, or null. */
  readonly finished: string | null;
  /** The history that the turn was heard by, or null where the wire repeats none. */
  readonly heard: string | null;
  readonly at: Date;
};

/** A turn on its way into storage. */
export type Step = {
  readonly input: Input;
  /** What it was taken from; null where it begins a dialogue. */
  readonly session: StoredSession | null;
  readonly caller: KnownCaller | null;
  readonly account: KnownAccount | null | undefined;
  readonly after: After;
};

/** What is sealed belongs to its number: moved to another's row it does not open. */
export const replyContext = (phone: Phone) => `turns.reply:${phone}`;

/** Where a dialogue is, from the sealed exchange of its last turn. */
export function openPosition(seal: Seal, phone: Phone, last: Buffer | null): Position | null {
  if (last === null) return null;
  try {
    return openExchange(seal, phone, last).position;
  } catch (error) {
    // Its key is gone for good: a call that cannot be gone on with, and no reason to refuse the next.
    if (error instanceof UnknownKeyError) return null;
    throw error;
  }
}

/** What a turn was about, as it is sealed. */
export type Exchange = {
  /** The screen. */
  readonly text: string;
  /** What was answered, see {@link After}. */
  readonly said: string | null;
  /** Where the dialogue can be gone on with; null where it has ended. */
  readonly position: Position | null;
};

/** What is kept of a turn, with the screen that it came to. */
export function exchangeOf({ reply, said, open, position }: After): Exchange {
  return { text: reply, said, position: open ? position : null };
}

export function sealExchange(seal: Seal, phone: Phone, exchange: Exchange): Buffer {
  return seal.seal(JSON.stringify(exchange), replyContext(phone));
}

export function openExchange(seal: Seal, phone: Phone, sealed: Buffer): Exchange {
  return JSON.parse(seal.open(sealed, replyContext(phone)));
}

/** Somebody else has moved on meanwhile what the turn was taken from, so it must be taken again from the start. */
export class SessionMoved extends Error {
  override readonly name = 'SessionMoved';
}
