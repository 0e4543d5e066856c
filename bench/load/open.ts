import { createCallers } from './callers.js';
import { type Connection, openConnection } from './connection.js';
import type { Job } from './job.js';
import type { Measure } from './measure.js';

/** So many people are in the middle of a call. */
const CALLERS = 2_000;

/**
 * Turns that come at their own time, with exponential gaps, whether or not the earlier ones have been
 * answered. A latency counts from when the turn was due, so that a server which stands still is not
 * spared the turns that would have come meanwhile. Returns how to stop it.
 */
export function runOpenLoop(job: Job, rate: number, measure: Measure): () => void {
  const nextCaller = createCallers(job);
  const thinking = Array.from({ length: CALLERS }, nextCaller);
  const idle: Connection[][] = job.ports.map(() => []);
  const opened: Connection[] = [];
  let stopped = false;

  const take = (due: number) => {
    // With everybody waiting for an answer, somebody new calls.
    const caller = thinking.shift() ?? nextCaller();
    const { form, answer, target } = caller.next();
    let line = idle[target]?.pop();
    if (!line) {
      line = openConnection(job.ports[target] ?? 0);
      opened.push(line);
    }
    const used = line;
    used.ask(job.path, form, (body) => {
      if (stopped) return;
      measure.answered(due, answer, body);
      idle[target]?.push(used);
      thinking.push(caller);
    });
  };

  let due = performance.now();
  const tick = () => {
    if (stopped) return;
    const now = performance.now();
    while (due <= now) {
      take(due);
      due += (-Math.log(1 - Math.random()) * 1000) / rate;
    }
    setTimeout(tick, Math.max(0, due - now));
  };
  tick();

  return () => {
    stopped = true;
    for (const line of opened) line.close();
  };
}
