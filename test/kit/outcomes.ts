import type { Ask, TaskName } from '../../src/dialogue/world.js';
import { samples } from './samples.js';

/**
 * Runs a turn once for every combination of answers that its tasks can get: each run records where
 * it had a choice, and the next one takes the next branch.
 */
export async function everyOutcome<T>(run: (ask: Ask) => Promise<T>): Promise<T[]> {
  const outcomes: T[] = [];
  let path: { taken: number; of: number }[] = [];
  do {
    let step = 0;
    const ask = async (task: TaskName) => {
      const answers = samples[task];
      path[step] ??= { taken: 0, of: answers.length };
      const answer = answers[path[step]?.taken ?? 0];
      step += 1;
      return answer;
    };
    // Each name comes with its own kind of answer, which a loop over names cannot show.
    outcomes.push(await run(ask as Ask));
    path = path.slice(0, step);
    while (path.length > 0 && (path.at(-1)?.taken ?? 0) + 1 === path.at(-1)?.of) path.pop();
    const last = path.at(-1);
    if (last) path[path.length - 1] = { ...last, taken: last.taken + 1 };
  } while (path.length > 0);
  return outcomes;
}
