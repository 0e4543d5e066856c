import { isDeepStrictEqual } from 'node:util';
import { type Bench, type Placing, playInTurn, type Run, type Scene } from '../bench.js';
import type { Contender } from '../contenders/contender.js';
import { ours } from '../contenders/ours.js';
import { by, cpu, perSecond, ratio, serverCpu } from '../figures.js';
import { visitors } from '../fill.js';
import { menus } from '../journey.js';
import type { Pace } from '../load/job.js';
import type { Ratio, Target } from '../targets.js';
import { onCopies } from './databases.js';

/** Callers who answer at once, on so many connections. */
export const scene = (connections: number, placing: Placing): Scene => ({
  journey: menus,
  numbers: visitors,
  pace: { kind: 'closed', connections },
  placing,
});

export function throughput(
  bench: Bench,
  contenders: readonly Contender[],
  connections: readonly number[],
  placing: Placing,
  rates: readonly number[] = [],
): Promise<Run[]> {
  const atRates = rates.map((rate): Scene => {
    return { journey: menus, numbers: visitors, pace: { kind: 'open', rate }, placing };
  });
  return playInTurn(bench, contenders, [
    ...connections.map((each) => scene(each, placing)),
    ...atRates,
  ]);
}

const OURS = 'CP2 Gateway';

/** Ours against a peer, at the same number of connections and in the same placing. */
export function against(
  runs: readonly Run[],
  peer: string,
  connections: number,
  placing: Placing,
  target: Target | null,
): Ratio {
  return {
    name: `turns a second ÷ ${peer}, ${connections} connections, ${placing}`,
    value: ratio(
      runs,
      perSecond,
      there(OURS, connections, placing),
      there(peer, connections, placing),
    ),
    target,
  };
}

/** The same in the server's own CPU time a turn, which moves less with what else the machine does. */
export function cpuAgainst(
  runs: readonly Run[],
  peer: string,
  connections: number,
  placing: Placing,
): Ratio {
  return {
    name: `server's CPU time a turn ÷ ${peer}, ${connections} connections, ${placing}`,
    value: ratio(
      runs,
      serverCpu,
      there(OURS, connections, placing),
      there(peer, connections, placing),
    ),
    target: null,
  };
}

/** Turns a second for each process, that two of them, PostgreSQL and the load leave the cores room. */
const RATE_EACH = 600;
export const RATES = [RATE_EACH, 2 * RATE_EACH] as const;

/**
 * What a turn costs with two processes on one database, to what it costs with one: with the same
 * callers who answer at once, of whom each process then has half, with as many for each, and with turns
 * that come at a rate, the same to each process.
 */
export function secondProcess(runs: readonly Run[], target: Target): Ratio[] {
  const open = (rate: number): Pace => ({ kind: 'open', rate });
  const closed = (connections: number): Pace => ({ kind: 'closed', connections });
  const loads = [
    ...[64, 256].flatMap((each) => [
      { one: closed(each), two: closed(each), told: `${each} connections` },
      { one: closed(each), two: closed(2 * each), told: `${each} connections each` },
    ]),
    { one: open(RATES[0]), two: open(RATES[1]), told: `${RATE_EACH} turns a second each` },
  ];
  return Object.values(PAIRS).flatMap((pair) =>
    loads.map(({ one, two, told }) => ({
      name: `CPU time a turn of service and PostgreSQL, ${pair} ÷ one, ${told}`,
      value: ratio(runs, cpu, at(`${OURS}, ${pair}`, two, 'unpinned'), at(OURS, one, 'unpinned')),
      target,
    })),
  );
}

const PAIRS = {
  requests: 'two processes',
  calls: 'two processes, a call to one of them',
} as const;

/** Two processes on one database, behind a splitter of requests, and behind one that keeps calls together. */
export function twoProcesses(databaseUrl: string): Contender[] {
  return (['requests', 'calls'] as const).map((split) =>
    onCopies(databaseUrl, (on) =>
      ours({
        name: `${OURS}, ${PAIRS[split]}`,
        at: { databaseUrl: on },
        processes: 2,
        split,
      }),
    ),
  );
}

function there(contender: string, connections: number, placing: Placing): (run: Run) => boolean {
  return at(contender, { kind: 'closed', connections }, placing);
}

function at(contender: string, pace: Pace, placing: Placing): (run: Run) => boolean {
  return (run) =>
    by(contender)(run) && run.placing === placing && isDeepStrictEqual(run.pace, pace);
}
