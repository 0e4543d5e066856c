import { setTimeout as pause } from 'node:timers/promises';
import { createCallers } from './callers.js';
import { openConnection } from './connection.js';
import type { Job } from './job.js';
import type { Measure } from './measure.js';

/** Callers who answer at once, each on a connection of their own to each process. Returns how to stop them, which waits for the answers that are still due. */
export function runClosedLoop(
  job: Job,
  connections: number,
  measure: Measure,
): () => Promise<void> {
  const nextCaller = createCallers(job);
  let stopped = false;

  const all = Array.from({ length: connections }, () => {
    const caller = nextCaller();
    const lines = job.ports.map((port) => openConnection(port));
    const ask = () => {
      const { form, answer, target } = caller.next();
      const since = performance.now();
      lines[target]?.ask(job.path, form, (body) => {
        measure.answered(since, answer, body);
        if (stopped) return;
        // Not at once where the other side is gone, or this would spin.
        if (body === null) setTimeout(ask, 10);
        else ask();
      });
    };
    ask();
    return lines;
  });

  return async () => {
    stopped = true;
    while (all.flat().some((line) => line.isWaiting())) await pause(10);
    for (const line of all.flat()) line.close();
  };
}
