import type { Permit } from '../dialogue/world.js';

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/**
 * Whether something may happen once more that may happen `most` times within a day.
 *
 * @param happened when it has, within the last day, in any order.
 */
export function permitAfter(happened: readonly Date[], most: number): Permit {
  const first = happened.toSorted((a, b) => b.getTime() - a.getTime())[most - 1];
  if (!first) return { allowed: true };
  // Told to the minute, so it is a whole one, and not one that has not quite come yet.
  const againAt = Math.ceil((first.getTime() + DAY_MS) / MINUTE_MS) * MINUTE_MS;
  return { allowed: false, againAt: new Date(againAt).toISOString() };
}
