import { availableParallelism } from 'node:os';
import type { Contender } from './contenders/contender.js';
import { rehearse, type Step } from './journey.js';
import type { Numbers, Pace } from './load/job.js';
import { type Measured, runLoad } from './load/run.js';
import { canPin } from './processes.js';

/** How long and how often everything is measured, and where what is measured is told. */
export type Bench = {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  say(text: string): void;
};

/** The server on one core, the load and what is stored on the other; or both wherever the system puts them. */
export type Placing = 'pinned' | 'unpinned';

export const placings: readonly Placing[] = canPin ? ['pinned', 'unpinned'] : ['unpinned'];

const cores = {
  pinned: { server: 0, load: Math.min(1, availableParallelism() - 1) },
  unpinned: { server: null, load: null },
} as const;

export function coresOf(placing: Placing): { server: number | null; load: number | null } {
  return cores[placing];
}

/** What is played, by whom and how fast. */
export type Scene = {
  readonly journey: readonly Step[];
  readonly numbers: Numbers;
  /** Who plays the journey beforehand: the first of the numbers, unless it can be played but once. */
  readonly rehearsedBy?: number;
  readonly pace: Pace;
  readonly placing: Placing;
};

/** One scene played by one contender in one round. */
export type Run = Scene & {
  readonly contender: string;
  readonly round: number;
  readonly measured: Measured;
};

/** Starts a contender, lets it play the scenes one after the other, and stops it. */
export async function play(
  bench: Bench,
  contender: Contender,
  scenes: readonly Scene[],
  round: number,
): Promise<Run[]> {
  const [first] = scenes;
  if (!first) return [];
  const { server, load } = coresOf(first.placing);
  const running = await contender.start({ core: server, storeCore: load });
  const runs: Run[] = [];
  try {
    for (const scene of scenes) {
      const { numbers, pace, journey, rehearsedBy = numbers.first } = scene;
      const url = `http://127.0.0.1:${running.ports[0]}${running.path}`;
      const call = await rehearse(url, rehearsedBy, journey);
      const { warmUpSeconds, seconds } = bench;
      const job = { call, numbers, pace, warmUpSeconds, seconds };
      const measured = await runLoad(running, job, load);
      const run = { ...scene, contender: contender.name, round, measured };
      bench.say(told(run));
      runs.push(run);
    }
    return runs;
  } finally {
    await running.stop();
  }
}

/** Lets all contenders play the scenes, in turn (A B C A B C), so that what the machine does meanwhile meets all. */
export async function playInTurn(
  bench: Bench,
  contenders: readonly Contender[],
  scenes: readonly Scene[],
): Promise<Run[]> {
  const runs: Run[] = [];
  for (let round = 1; round <= bench.rounds; round += 1) {
    for (const contender of contenders) {
      runs.push(...(await play(bench, contender, scenes, round)));
    }
  }
  return runs;
}

function told({ contender, round, pace, placing, measured }: Run): string {
  const load = pace.kind === 'closed' ? `${pace.connections} connections` : `${pace.rate}/s`;
  const wrong = measured.wrong > 0 ? `, ${measured.wrong} wrong (${measured.example})` : '';
  return `round ${round}: ${contender}, ${load}, ${placing}: ${measured.perSecond.toFixed(0)}/s, p99 ${measured.p99.toFixed(1)} ms${wrong}`;
}
