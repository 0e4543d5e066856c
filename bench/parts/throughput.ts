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
): Promise<Run[]> {
  return playInTurn(
    bench,
    contenders,
    connections.map((each) => scene(each, placing)),
  );
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

/**
 * What a turn costs with two processes on one database, to what it costs with one: with the same
 * callers, of whom each process then has half, and with as many for each.
 */
export function secondProcess(runs: readonly Run[], target: Target): Ratio[] {
  const crowds = [64, 256].flatMap((one) => [
    { one, two: one, told: `${one} connections` },
    { one, two: 2 * one, told: `${one} connections each` },
  ]);
  return Object.values(PAIRS).flatMap((pair) =>
    crowds.map(({ one, two, told }) => ({
      name: `CPU time a turn of service and PostgreSQL, ${pair} ÷ one, ${told}`,
      value: ratio(
        runs,
        cpu,
        there(`${OURS}, ${pair}`, two, 'unpinned'),
        there(OURS, one, 'unpinned'),
      ),
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
  return (run) => by(contender)(run) && run.placing === placing && isClosed(run.pace, connections);
}

function isClosed(pace: Pace, connections: number): boolean {
  return pace.kind === 'closed' && pace.connections === connections;
}
