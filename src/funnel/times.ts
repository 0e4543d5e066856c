/**
 * How long answers took, as a histogram: counts of many calls and days are added up without keeping
 * any one of them. The bounds are what is stored, so they never change.
 */

/** Upper bounds in seconds; what took longer than the last is counted after them. */
const BOUNDS = [
  ...[1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20],
  ...[25, 30, 40, 50, 60, 90, 120, 180, 300],
] as const;

/** Counts by bound, and one more for what is beyond the last. */
export type Times = readonly number[];

export const noTimes: Times = Array.from({ length: BOUNDS.length + 1 }, () => 0);

/** The counts with one more answer. */
export function countTime(times: Times, ms: number): Times {
  const found = BOUNDS.findIndex((bound) => ms <= bound * 1000);
  return times.with(found < 0 ? BOUNDS.length : found, (times.at(found) ?? 0) + 1);
}

export function addTimes(one: Times, other: Times): Times {
  return noTimes.map((_, index) => (one[index] ?? 0) + (other[index] ?? 0));
}

/**
 * The seconds within which a share of the answers came, such as 0.5 for the median: to within the
 * bounds about it. Null where nothing was answered; infinite beyond the last bound.
 */
export function quantile(times: Times, share: number): number | null {
  const all = times.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  const wanted = share * all;
  let below = 0;
  for (const [index, count] of times.entries()) {
    if (count > 0 && below + count >= wanted) {
      const bound = BOUNDS[index];
      if (bound === undefined) return Number.POSITIVE_INFINITY;
      const from = BOUNDS[index - 1] ?? 0;
      return from + ((bound - from) * (wanted - below)) / count;
    }
    below += count;
  }
  return Number.POSITIVE_INFINITY;
}
