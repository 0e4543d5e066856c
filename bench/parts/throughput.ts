import { type Bench, type Placing, playInTurn, type Run, type Scene } from '../bench.js';
import type { Contender } from '../contenders/contender.js';
import { by, cpu, perSecond, ratio, serverCpu } from '../figures.js';
import { visitors } from '../fill.js';
import { menus } from '../journey.js';
import type { Pace } from '../load/job.js';
import type { Ratio, Target } from '../targets.js';

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

/** What a turn costs with two processes on one database, each request to the other one, to what it costs with one. */
export function secondProcess(runs: readonly Run[], target: Target): Ratio {
  return {
    name: 'CPU time a turn of service and PostgreSQL, two processes ÷ one, 64 connections',
    value: ratio(
      runs,
      cpu,
      there(`${OURS}, two processes`, 64, 'unpinned'),
      there(OURS, 64, 'unpinned'),
    ),
    target,
  };
}

function there(contender: string, connections: number, placing: Placing): (run: Run) => boolean {
  return (run) => by(contender)(run) && run.placing === placing && isClosed(run.pace, connections);
}

function isClosed(pace: Pace, connections: number): boolean {
  return pace.kind === 'closed' && pace.connections === connections;
}
