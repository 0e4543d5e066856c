import { setTimeout as pause } from 'node:timers/promises';
import { type Caller, createCallers } from './callers.js';
import { type Connection, openConnection } from './connection.js';
import type { Job } from './job.js';
import type { Measure } from './measure.js';

/**
 * Between two turns somebody thinks for so long, on the average: shorter than people do, so that calls
 * that all began at once have drifted apart when the measuring begins.
 */
const THINKING_SECONDS = 0.2;
/** A carrier opens no more connections than this; what comes then waits, and its waiting counts. */
const CONNECTIONS = 512;

/**
 * Turns that come at their own time, with exponential gaps, whether or not the earlier ones have been
 * answered. A latency counts from when the turn was due, so that a server which stands still is not
 * spared the turns that would have come meanwhile. Returns how to stop it, which waits for the answers that are still due.
 */
export function runOpenLoop(job: Job, rate: number, measure: Measure): () => Promise<void> {
  const nextCaller = createCallers(job);
  const thinking: Caller[] = Array.from({ length: Math.ceil(rate * THINKING_SECONDS) }, nextCaller);
  const idle: Connection[][] = job.ports.map(() => []);
  const opened: Connection[] = [];
  const waiting: number[] = [];
  let inFlight = 0;
  let stopped = false;

  const take = (due: number) => {
    // With everybody waiting for an answer, somebody new calls.
    const caller = takeAny(thinking) ?? nextCaller();
    const { form, answer, target } = caller.next();
    const line = idle[target]?.pop() ?? open(target);
    inFlight += 1;
    line.ask(job.path, form, (body) => {
      measure.answered(due, answer, body);
      if (stopped) return;
      inFlight -= 1;
      idle[target]?.push(line);
      thinking.push(caller);
      const next = waiting.shift();
      if (next !== undefined) take(next);
    });
  };

  const open = (target: number): Connection => {
    const line = openConnection(job.ports[target] ?? 0);
    opened.push(line);
    return line;
  };

  let due = performance.now();
  const tick = () => {
    if (stopped) return;
    const now = performance.now();
    for (; due <= now; due += (-Math.log(1 - Math.random()) * 1000) / rate) {
      if (inFlight < CONNECTIONS) take(due);
      else waiting.push(due);
    }
    setTimeout(tick, Math.max(0, due - now));
  };
  tick();

  return async () => {
    stopped = true;
    while (opened.some((line) => line.isWaiting())) await pause(10);
    for (const line of opened) line.close();
  };
}

/** Takes one out, at random. */
function takeAny<T>(all: T[]): T | undefined {
  const last = all.pop();
  if (last === undefined || all.length === 0) return last;
  const index = Math.floor(Math.random() * (all.length + 1));
  const taken = all[index] ?? last;
  if (index < all.length) all[index] = last;
  return taken;
}
