import type { Screen } from './channels/channel.js';
import { commonWords } from './dialogue/common-words.js';
import type { Language } from './dialogue/languages.js';

/** How long a caller is to wait for a turn: a carrier gives up after some 10 s, and then shows something ugly. */
export const PATIENCE_MS = 6_000;

/** What a turn knows of the caller who waits for it. */
export type Patience = {
  /** The language to apologise in, as soon as it is known. */
  speak(language: Language): void;
  /** What the caller was told in place of the reply, or null while the caller waits. */
  late(): string | null;
};

/**
 * The reply of a turn, or after so many milliseconds a polite end. The turn goes on all the same, and
 * can find out that it is late.
 *
 * @param onLateFailure gets what the turn rejects with after its caller was answered.
 * @returns the reply; and, once the turn is through, `done`.
 */
export function inTime(
  take: (patience: Patience) => Promise<Screen>,
  { patienceMs, onLateFailure }: { patienceMs: number; onLateFailure: (error: unknown) => void },
): { readonly reply: Promise<Screen>; readonly done: Promise<void> } {
  let language: Language = 'en';
  let told: string | null = null;
  const taking = take({
    speak(spoken) {
      language = spoken;
    },
    late: () => told,
  });
  const reply = new Promise<Screen>((resolve, reject) => {
    const timer = setTimeout(() => {
      told = commonWords[language].late;
      resolve({ text: told, ended: true });
    }, patienceMs);
    taking.then(
      (screen) => {
        clearTimeout(timer);
        resolve(screen);
      },
      (error) => {
        clearTimeout(timer);
        if (told === null) reject(error);
        else onLateFailure(error);
      },
    );
  });
  return { reply, done: taking.then(quietly, quietly) };
}

function quietly(): void {}
