import type { Bench } from './bench.js';
import { placings } from './bench.js';
import { everybody } from './contenders/all.js';
import type { Options } from './options.js';
import { emptyDatabase, few, filledDatabase, scratchFolder } from './parts/databases.js';
import { against, cpuAgainst, throughput } from './parts/throughput.js';
import { describeMachine } from './report/machine.js';
import { recordedRatios } from './report/results.js';
import { aligned } from './report/tables.js';

const CONNECTIONS = 64;
/** What moves by less is the machine's mood. */
const WORTH_A_WORD = 0.1;

/** The ratios that say most, in a minute, beside those that were recorded last. Never fails on time. */
export async function quick(options: Options, say: (text: string) => void): Promise<void> {
  await describeMachine();
  const bench: Bench = { ...options, warmUpSeconds: 1, say };
  const databaseUrl = await filledDatabase(few);
  const peers = ['Koa', 'ussd-menu-builder, memory', 'ussd-menu-builder, PostgreSQL'];
  const peersDatabase = await emptyDatabase();
  const all = everybody({ databaseUrl, peersDatabase, folder: scratchFolder() }, say);
  const contenders = all.filter(({ name }) => name === 'CP2 Gateway' || peers.includes(name));
  const [placing = 'unpinned'] = placings;
  const runs = await throughput(bench, contenders, [CONNECTIONS], placing);
  const recorded = recordedRatios();
  const ratios = [
    ...peers.map((peer) => against(runs, peer, CONNECTIONS, placing, null)),
    ...peers.map((peer) => cpuAgainst(runs, peer, CONNECTIONS, placing)),
  ];
  const table = ratios.map(({ name, value }) => {
    const before = recorded.get(name);
    return [name, value.toFixed(2), before?.toFixed(2) ?? '–', moved(value, before)];
  });
  say(`\n${aligned([['ratio', 'now', 'recorded', ''], ...table])}`);
}

function moved(value: number, before: number | undefined): string {
  if (before === undefined) return '';
  const change = value / before - 1;
  if (Math.abs(change) < WORTH_A_WORD) return 'as it was';
  return `${change > 0 ? 'up' : 'down'} ${Math.abs(change * 100).toFixed(0)} %`;
}
