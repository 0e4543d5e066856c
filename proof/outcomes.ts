import type { Language } from '../src/dialogue/languages.js';
import type { Ask, TaskName } from '../src/dialogue/world.js';
import type { Samples } from './samples.js';

/** A task that was asked on the way, and the answer that it got. */
export type Asked = { readonly task: TaskName; readonly output: unknown };

/** What one way of answering the tasks came to. */
export type Outcome<T> = { readonly asked: readonly Asked[]; readonly result: T };

/**
 * Runs a turn once for every combination of answers that its tasks can get: each run records where
 * it had a choice, and the next one takes the next branch.
 */
export async function everyOutcome<T>(
  samples: Samples,
  language: Language,
  run: (ask: Ask) => Promise<T>,
): Promise<readonly Outcome<T>[]> {
  const outcomes: Outcome<T>[] = [];
  let path: { taken: number; of: number }[] = [];
  do {
    const asked: Asked[] = [];
    const ask = async (task: TaskName, input: unknown) => {
      // Each name comes with its own kind of input and answer, which a loop over names cannot show.
      const sample = samples[task] as (input: unknown, language: Language) => readonly unknown[];
      const answers = sample(input, language);
      const step = asked.length;
      path[step] ??= { taken: 0, of: answers.length };
      const output = answers[path[step]?.taken ?? 0];
      asked.push({ task, output });
      return output;
    };
    outcomes.push({ result: await run(ask as Ask), asked });
    path = path.slice(0, asked.length);
    while (path.length > 0 && (path.at(-1)?.taken ?? 0) + 1 >= (path.at(-1)?.of ?? 0)) path.pop();
    const last = path.at(-1);
    if (last) path[path.length - 1] = { ...last, taken: last.taken + 1 };
  } while (path.length > 0);
  return outcomes;
}
