import type { Language } from './languages.js';

/**
 * The vocabulary between the flows and the world. A task asks: it is answered before the turn
 * commits, outside any transaction, and may change nothing. An effect tells: it happens in the
 * commit, or not at all. Both are always about the caller, whose number no flow needs to hold.
 */

/** Why the last password SMS did not arrive; `blocked` and `phoneOff` are the subscriber's to cure. */
export type Undelivered = 'blocked' | 'phoneOff' | 'other';

/** How long a refused caller has to wait: an instant, ISO 8601. */
export type ResetPermit =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly againAt: string };

export type Tasks = {
  /** Who is at the other end, and whether something waits for them. */
  findCaller: {
    input: undefined;
    output: { readonly registered: boolean; readonly undelivered: Undelivered | null };
  };
  /** A new password and its hash. The password may go on into an effect, and nowhere else. */
  makePassword: {
    input: undefined;
    output: { readonly password: string; readonly passwordHash: string };
  };
  /** Whether the caller may have another password today. */
  checkReset: { input: undefined; output: ResetPermit };
  /** The caller's profile, as far as it is kept. */
  readProfile: {
    input: undefined;
    output: { readonly fullName: string | null; readonly memberSince: string };
  };
};

export type Effects = {
  createAccount: { readonly passwordHash: string };
  /** Replaces the password and ends every web session of the caller. */
  replacePassword: { readonly passwordHash: string };
  saveDetail: { readonly detail: 'fullName'; readonly value: string };
  setLanguage: { readonly language: Language };
  /** No more SMS to this number, but those that its holder asks for. */
  stopMessages: undefined;
  startMessages: undefined;
};

export type TaskName = keyof Tasks;
export type EffectName = keyof Effects;

/** One effect, as data. */
export type Effect = {
  [Name in EffectName]: { readonly type: Name; readonly params: Effects[Name] };
}[EffectName];

/** Answers a task for the caller of the turn. */
export type Ask = <Name extends TaskName>(
  task: Name,
  input: Tasks[Name]['input'],
) => Promise<Tasks[Name]['output']>;

/**
 * An SMS that a flow sends to its caller. `carries` tells the outbox what it is for: a `password` is
 * looked after until it has arrived, a `reply` answers what the person has just sent.
 */
export type OutgoingSms = { readonly carries: 'password' | 'reply'; readonly text: string };
