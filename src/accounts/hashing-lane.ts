import { availableParallelism } from 'node:os';

/**
 * Lets so much of some work be done at once, the rest in the order of asking.
 *
 * @param width how many may be under way at once.
 */
export function createLane(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (work) => {
    if (underWay >= width) await new Promise<void>((go) => waiting.push(go));
    else underWay += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place.
      const next = waiting.shift();
      if (next) next();
      else underWay -= 1;
    }
  };
}

/**
 * The lane for hashing passwords. A hash holds a processor and 19 MiB for tens of milliseconds: without
 * a bound a burst of registrations would take every processor, and the whole thread pool, from the
 * turns. One processor is left to them, and of the pool's four threads (libuv's default) one.
 */
export const hashingLane = createLane(Math.max(1, Math.min(3, availableParallelism() - 1)));
