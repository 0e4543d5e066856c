import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Run } from '../bench.js';
import { median } from '../figures.js';
import type { Hashing } from '../parts/hashing.js';
import type { Plans } from '../parts/plans.js';
import type { Size } from '../parts/size.js';
import type { StartFigures } from '../parts/start.js';
import type { Ratio } from '../targets.js';
import type { Machine } from './machine.js';

/** All that a run of the bench found. */
export type Results = {
  readonly machine: Machine;
  readonly command: string;
  readonly rows: readonly Row[];
  readonly less: Readonly<Record<string, string>>;
  readonly hashing: Hashing | null;
  readonly start: StartFigures | null;
  readonly size: Size | null;
  readonly plans: Plans | null;
  readonly ratios: readonly Ratio[];
};

/** The medians of a contender's runs at one load. Latencies in milliseconds, CPU in milliseconds a turn. */
export type Row = {
  readonly contender: string;
  readonly load: string;
  readonly placing: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly serverCpu: number | null;
  readonly storeCpu: number | null;
  /** Wrong answers, and those that never came, of all rounds together. */
  readonly wrong: number;
};

export const folder = fileURLToPath(new URL('../../../docs/benchmarks/', import.meta.url));

export function rowsOf(runs: readonly Run[]): Row[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.placing, run.pace, run.contender]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const of = (figure: (run: Run) => number | null) => {
      const values = group.map(figure);
      return values.some((value) => value === null) ? null : median(values.map(Number));
    };
    const { contender, pace, placing } = first;
    return [
      {
        contender,
        load: pace.kind === 'closed' ? `${pace.connections} connections` : `${pace.rate} a second`,
        placing,
        perSecond: of(({ measured }) => measured.perSecond) ?? Number.NaN,
        p50: of(({ measured }) => measured.p50) ?? Number.NaN,
        p99: of(({ measured }) => measured.p99) ?? Number.NaN,
        serverCpu: of(({ measured }) => measured.serverCpu),
        storeCpu: of(({ measured }) => measured.storeCpu),
        wrong: group.reduce((sum, { measured }) => sum + measured.wrong, 0),
      },
    ];
  });
}

/** The ratios that were recorded last, by name; none where nothing was. */
export function recordedRatios(): ReadonlyMap<string, number> {
  try {
    const { ratios }: Pick<Results, 'ratios'> = JSON.parse(
      readFileSync(`${folder}results.json`, 'utf8'),
    );
    return new Map(ratios.map(({ name, value }) => [name, value]));
  } catch {
    return new Map();
  }
}
