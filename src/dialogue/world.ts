import type { Language } from './languages.js';
import type { Named } from './named.js';

/**
 * The vocabulary between the flows and the world. A task asks: it is answered before the turn
 * commits, outside any transaction, and may change nothing. An effect tells: it happens in the
 * commit, or not at all. Both are always about the caller, whose number no flow needs to hold.
 */

/**
 * Why the last password SMS did not arrive; the first three are the subscriber's to cure. `noNews`: it
 * was sent some time ago, and nobody has said that it arrived.
 */
export type Undelivered = 'blocked' | 'phoneOff' | 'inboxFull' | 'other' | 'noNews';

/**
 * An account whose holder was not heard for so long that the number may be somebody else's by now,
 * and whether there is a national ID on record by which its holder can show to be the holder.
 */
export type Silence = 'withId' | 'withoutId';

/** Whether something may happen once more, or how long a caller has to wait: an instant, ISO 8601. */
export type Permit =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly againAt: string };

export type Tasks = {
  /** Who is at the other end, and whether something waits for them. */
  findCaller: {
    input: undefined;
    output: {
      readonly registered: boolean;
      readonly undelivered: Undelivered | null;
      /** Nothing is shown, sent or changed until somebody has shown to be the holder; null where nobody has to. */
      readonly silent: Silence | null;
    };
  };
  /** A new password and its hash. The password may go on into an effect, and nowhere else. */
  makePassword: {
    input: undefined;
    output: { readonly password: string; readonly passwordHash: string };
  };
  /** Whether the caller may have another password today. */
  checkReset: { input: undefined; output: Permit };
  /** The caller's profile, and what comes of details that were texted with the keyword. */
  openProfile: {
    input: { readonly value: string; readonly held: string };
    output: OpenedProfile;
  };
  /** What is needed to ask for a detail: its list, where it has one, and whether the ID comes first. */
  prepareQuestion: {
    input: { readonly detail: string };
    output: { readonly items: readonly ListedItem[]; readonly locked: boolean };
  };
  /** Reads an answer to the question for a detail. */
  judgeAnswer: {
    input: {
      readonly detail: string;
      readonly said: string;
      /** The numbers that the caller could choose from. */
      readonly shown: readonly number[];
    };
    output: JudgedAnswer;
  };
  /**
   * What has become of values that waited for a word: `overtaken`, one of their details has changed since
   * it was `shown`; `locked`, one of them wants the ID first.
   */
  checkWaiting: {
    input: {
      readonly changes: readonly SealedChange[];
      readonly shown: Readonly<Record<string, string>>;
    };
    output: 'right' | 'overtaken' | 'locked';
  };
  /** Whether this is the national ID on record; three wrong ones, and it is not asked again that day. */
  checkIdentity: {
    input: { readonly said: string };
    output: 'right' | 'wrong' | 'stopped' | 'unknown';
  };
  /** Reads the number that the caller had before; null where it is none. */
  readOldNumber: {
    input: { readonly said: string };
    output: { readonly number: string; readonly shown: string } | null;
  };
  /** What the caller's old number and national ID come to. Nothing of it is for the caller. */
  checkMove: {
    input: { readonly number: string; readonly said: string };
    output: { readonly permit: Permit; readonly claim: Claim };
  };
};

/** The account that an old number has or had, if any, and whether the national ID fits it. */
export type Claim = { readonly accountId: string | null; readonly idFits: boolean };

/** What of a task is a secret, which is nowhere kept between two turns: parts of its input, of its output. */
export type SecretParts = {
  readonly input?: readonly string[];
  readonly output?: readonly string[];
};

/** The tasks that are told a secret, or answer with one. */
export const secretParts: Readonly<Partial<Record<TaskName, SecretParts>>> = {
  makePassword: { output: ['password', 'passwordHash'] },
  openProfile: { input: ['value'] },
  judgeAnswer: { input: ['said'] },
  checkIdentity: { input: ['said'] },
  readOldNumber: { input: ['said'] },
  checkMove: { input: ['said'], output: ['claim'] },
};

/** An item of a list, with the number that callers reply. */
export type ListedItem = { readonly number: number; readonly label: string };

/** A value on its way to be kept: encrypted, so that it may be held between two turns. */
export type SealedChange = { readonly detail: string; readonly sealed: string };

export type JudgedAnswer =
  | {
      readonly kind: 'good';
      readonly change: SealedChange;
      /** The value as screens show it, masked where it must be. */
      readonly shown: string;
      /** A question to answer first: the value is unusual. */
      readonly doubt: Named | null;
      /** The details that do not go with it, and are missing again once it is kept. */
      readonly drops?: readonly string[];
      /** Some other account has the same value. */
      readonly conflict: boolean;
      /** The ID comes first: it may have been given meanwhile, or set on another call. */
      readonly locked: boolean;
    }
  | { readonly kind: 'several'; readonly items: readonly ListedItem[] }
  /** `fault` is null where what the detail expects says it all. */
  | { readonly kind: 'bad'; readonly fault: Named | null };

export type OpenedProfile =
  | { readonly registered: false }
  /** It stays closed to who has not shown to be the holder. What was texted waits meanwhile, sealed. */
  | { readonly registered: true; readonly silent: true; readonly held: string }
  | {
      readonly registered: true;
      readonly silent: false;
      readonly memberSince: string;
      /** What is kept, by detail, as screens show it. */
      readonly shown: Readonly<Record<string, string>>;
      /** What was texted, read one by one; null where nothing was. */
      readonly texted: TextedDetails | null;
    };

/** The detail, where one was recognised, what it expects, and what it can be chosen from, where that is to be told. */
export type TextedFault = {
  readonly detail: string | null;
  readonly expects: Named | null;
  readonly choices?: readonly string[];
};

export type TextedDetails = {
  readonly changes: readonly SealedChange[];
  /** Those of the changes that some other account has as well. */
  readonly conflicts: readonly string[];
  /** The details that did not go with the changes, and are missing again. */
  readonly dropped?: readonly string[];
  /** What was not understood, or not right. */
  readonly faults: readonly TextedFault[];
  /** A value has the name of another detail in it: it may be two, with no comma between them. */
  readonly mayHoldMore?: boolean;
  /** A detail of which several items of its list fit, where nothing else needs a word more: which of them is meant. */
  readonly asks?: { readonly detail: string; readonly items: readonly ListedItem[] } | null;
  /** What needs a word more: an ID before it, or a yes to something unusual. */
  readonly pending: {
    readonly change: SealedChange;
    readonly shown: string;
    readonly locked: boolean;
    readonly doubt: Named | null;
    readonly drops?: readonly string[];
    /** Whether some other account has any of it as well. */
    readonly conflict?: boolean;
    /** What waits for the same, to be kept with it. */
    readonly also?: readonly {
      readonly change: SealedChange;
      readonly shown: string;
      readonly drops?: readonly string[];
    }[];
  } | null;
};

export type Effects = {
  createAccount: { readonly passwordHash: string };
  /** Replaces the password and ends every web session of the caller. */
  replacePassword: { readonly passwordHash: string };
  /** The caller has shown to be the holder of a number that was silent. */
  confirmHolder: undefined;
  /** The silent account of the number is its account no more, for the number has another holder. */
  setAside: undefined;
  /** Asks KNEC to move the account of an old number, sealed, to the caller's. */
  requestMove: Claim & { readonly number: string };
  saveDetails: { readonly changes: readonly SealedChange[] };
  /** Calls of the number that were left before are not offered again. */
  dropUnfinished: undefined;
  setLanguage: { readonly language: Language };
  /** No more SMS to this number, but those that its holder asks for. */
  stopMessages: undefined;
  startMessages: undefined;
};

export type TaskName = keyof Tasks;

/** The tasks whose answers are few and tell nothing about anybody. */
export const plainTasks: ReadonlySet<TaskName> = new Set(['findCaller']);
export type EffectName = keyof Effects;

/** One effect, as data. */
export type Effect = {
  [Name in EffectName]: { readonly type: Name; readonly params: Effects[Name] };
}[EffectName];

/** Answers a task for the caller of the turn, who will be what the turn's effects so far make of them. */
export type Ask = <Name extends TaskName>(
  task: Name,
  input: Tasks[Name]['input'],
  pending: readonly Effect[],
) => Promise<Tasks[Name]['output']>;

/**
 * An SMS that a flow sends to its caller. `carries` tells the outbox what it is for: a `password` is
 * looked after until it has arrived, a `reply` answers what the person has just sent.
 */
export type OutgoingSms = { readonly carries: 'password' | 'reply'; readonly text: string };
