import type { Run } from './bench.js';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** What of a run is compared. */
export type Figure = (run: Run) => number;

export const perSecond: Figure = ({ measured }) => measured.perSecond;
/** Milliseconds of CPU time a turn of the server alone: what a busy machine disturbs least. */
export const serverCpu: Figure = ({ measured }) => measured.serverCpu ?? Number.NaN;
/** The same of the server and of what it stores in together. */
export const cpu: Figure = ({ measured }) =>
  (measured.serverCpu ?? Number.NaN) + (measured.storeCpu ?? Number.NaN);

/** Picks the runs of one contender. */
export const by =
  (contender: string) =>
  (run: Run): boolean =>
    run.contender === contender;

/**
 * The median, over the rounds, of a figure of some runs divided by that of others in the same round.
 * NaN where either did not run.
 */
export function ratio(
  runs: readonly Run[],
  figure: Figure,
  of: (run: Run) => boolean,
  to: (run: Run) => boolean,
): number {
  const rounds = [...new Set(runs.map(({ round }) => round))];
  const ratios = rounds.flatMap((round) => {
    const over = runs.filter((run) => run.round === round && of(run)).map(figure);
    const under = runs.filter((run) => run.round === round && to(run)).map(figure);
    const value = median(over) / median(under);
    return Number.isNaN(value) ? [] : [value];
  });
  return median(ratios);
}
