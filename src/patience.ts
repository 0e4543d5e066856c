import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Screen } from './channels/channel.js';
import { commonWords } from './dialogue/common-words.js';
import type { Language } from './dialogue/languages.js';
import type { LateTurns } from './late-turns.js';
import { notLookedAt } from './refusals.js';
import type { Input } from './turns/stored.js';

/** How long a caller is to wait for a turn: a carrier gives up after some 10 s, and then shows something ugly. */
export const PATIENCE_MS = 6_000;
/** And for the note of what is promised: where the database takes longer, nobody can say more. */
const NOTED_WITHIN_MS = 1_000;

/** What a turn knows of the caller who waits for it. */
export type Patience = {
  /** The language to apologise in, as soon as it is known. */
  speak(language: Language): void;
  /** What is being taken, as soon as that is known: a promise to the caller is noted for it. */
  takes(input: Input): void;
  /** What the caller was told in place of the reply, or null while the caller waits. */
  late(): string | null;
};

export type PatienceParts = {
  readonly patienceMs: number;
  readonly lateTurns: LateTurns;
  /** Gets what the turn rejects with after its caller was answered. */
  readonly onLateFailure: (error: unknown) => void;
};

/**
 * The reply of a turn, or after so many milliseconds a polite end. The turn goes on all the same, and
 * can find out that it is late. That it was promised to go on is noted until it is recorded; where nothing
 * is known of the request yet, nothing is promised.
 *
 * @returns the reply; and, once the turn is through, `done`.
 */
export function inTime(
  take: (patience: Patience) => Promise<Screen>,
  { patienceMs, lateTurns, onLateFailure }: PatienceParts,
): { readonly reply: Promise<Screen>; readonly done: Promise<void> } {
  let language: Language = 'en';
  let input: Input | null = null;
  let told: string | null = null;
  let noted: { readonly input: Input; readonly done: Promise<void> } | null = null;

  const taking = take({
    speak(spoken) {
      language = spoken;
    },
    takes(taken) {
      input = taken;
    },
    late: () => told,
  });

  /** Settles when it is noted, or when the caller cannot wait for it any longer. */
  async function note(): Promise<void> {
    if (!input) return;
    noted = { input, done: lateTurns.note(input, language) };
    await Promise.race([noted.done, pauseFor(NOTED_WITHIN_MS, undefined, { ref: false })]);
  }

  const reply = new Promise<Screen>((resolve, reject) => {
    let over = false;
    const timer = setTimeout(async () => {
      await note().catch(quietly);
      if (over) return;
      told = input ? commonWords[language].late : notLookedAt;
      resolve({ text: told, ended: true });
    }, patienceMs);
    taking.then(
      (screen) => {
        over = true;
        clearTimeout(timer);
        resolve(screen);
      },
      (error) => {
        over = true;
        clearTimeout(timer);
        if (told === null) reject(error);
        else onLateFailure(error);
      },
    );
  });

  /** The note stays where what was promised is not done. */
  async function settleNote(): Promise<void> {
    const failed = await taking.then(
      () => false,
      () => told !== null,
    );
    if (!noted) return;
    const { input, done } = noted;
    // The database may not have taken it at first.
    if (failed) await done.catch(() => lateTurns.note(input, language));
    else await done.then(() => lateTurns.forget(input));
  }

  return { reply, done: settleNote().catch(quietly) };
}

function quietly(): void {}
