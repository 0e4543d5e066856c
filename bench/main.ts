import { inspect } from 'node:util';
import { type Bench, placings, type Run } from './bench.js';
import { everybody, gatewayOn, koa } from './contenders/all.js';
import type { Contender } from './contenders/contender.js';
import { installPeers } from './install.js';
import { MessageError } from './message-error.js';
import { type Options, type Part, readOptions } from './options.js';
import { dropAll, emptyDatabase, few, filledDatabase, scratchFolder } from './parts/databases.js';
import { growth } from './parts/growth.js';
import { type Hashing, hashing } from './parts/hashing.js';
import { latency } from './parts/latency.js';
import type { Plans } from './parts/plans.js';
import { profile } from './parts/profile.js';
import { installSize, type Size } from './parts/size.js';
import { type StartFigures, startFigures } from './parts/start.js';
import {
  against,
  cpuAgainst,
  RATES,
  secondProcess,
  throughput,
  twoProcesses,
} from './parts/throughput.js';
import { quick } from './quick.js';
import { writeDocument } from './report/document.js';
import { describeMachine } from './report/machine.js';
import { type Results, rowsOf } from './report/results.js';
import { aligned, ratiosTable, runsTable, startTable } from './report/tables.js';
import type { Ratio } from './targets.js';

/** Until the compiler has seen what is hot, in each of several processes. */
const WARM_UP_SECONDS = 4;

const say = (text: string) => void process.stdout.write(`${text}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void dropAll().finally(() => process.exit(1)));
}
try {
  const options = readOptions(process.argv.slice(2));
  installPeers();
  await (options.quick ? quick(options, say) : run(options));
} catch (error) {
  say(error instanceof MessageError ? error.message : inspect(error));
  process.exitCode = 1;
} finally {
  await dropAll();
}

async function run(options: Options): Promise<void> {
  const machine = await describeMachine();
  say(`${machine.system}\n${machine.node}, ${machine.postgresql}`);
  say(`load average at the start: ${machine.load}\n`);
  const { rounds, seconds, connections } = options;
  const bench: Bench = { rounds, seconds, warmUpSeconds: WARM_UP_SECONDS, say };
  const wants = (part: Part) => options.parts.includes(part);

  const databaseUrl = await filledDatabase(few);
  const peersDatabase = await emptyDatabase();
  const gateway = gatewayOn(databaseUrl);
  const all = everybody({ databaseUrl, peersDatabase, folder: scratchFolder() }, say);
  const chosen = all.filter(({ name }) => name.includes(options.contender));
  const pairs = twoProcesses(databaseUrl);

  const runs: Run[] = [];
  const ratios: Ratio[] = [];
  let start: StartFigures | null = null;
  let size: Size | null = null;
  let plans: Plans | null = null;
  let beside: Hashing | null = null;

  if (wants('throughput')) {
    for (const placing of placings) {
      // Where nothing is pinned, only what is compared there: two processes also with as many callers each.
      const [contenders, crowds, rates] =
        placing === 'pinned'
          ? [chosen, connections, []]
          : [[gateway, ...pairs, koa], withDoubles(connections), RATES];
      runs.push(...(await throughput(bench, contenders, crowds, placing, rates)));
    }
    ratios.push(...throughputRatios(runs));
  }
  if (wants('latency')) runs.push(...(await latency(bench, chosen)));
  if (wants('profile')) {
    const filled = await profile(bench);
    runs.push(...filled.runs);
    ratios.push(...filled.ratios);
  }
  if (wants('hashing')) {
    beside = await hashing(bench, databaseUrl);
    ratios.push(...beside.ratios);
  }
  if (wants('growth')) {
    const grown = await growth(bench);
    runs.push(...grown.runs);
    ratios.push(...grown.ratios);
    plans = grown.plans;
  }
  if (wants('start')) {
    start = await startFigures(bench);
    size = installSize();
    ratios.push(...start.ratios);
  }

  const results: Results = {
    machine,
    command: commandLine(process.argv.slice(2)),
    rows: rowsOf(runs),
    less: lessOf(all),
    hashing: beside,
    start,
    size,
    plans,
    ratios: ratios.filter(({ value }) => !Number.isNaN(value)),
  };
  say(`\n${aligned(runsTable(results.rows))}\n`);
  say(`${aligned(startTable(results))}\n`);
  say(aligned(ratiosTable(results.ratios)));
  if (options.record) await writeDocument(results);
}

function withDoubles(counts: readonly number[]): readonly number[] {
  return [...new Set(counts.flatMap((one) => [one, 2 * one]))];
}

function throughputRatios(runs: readonly Run[]): Ratio[] {
  return [
    ...placings.flatMap((placing) => [
      against(runs, 'Koa', 16, placing, null),
      against(runs, 'Koa', 64, placing, { atLeast: 0.5 }),
      against(runs, 'Koa', 256, placing, { atLeast: 0.6 }),
    ]),
    ...placings
      .filter((placing) => placing === 'pinned')
      .flatMap((placing) => [
        against(runs, 'ussd-menu-builder, memory', 64, placing, { atLeast: 1.2 }),
        against(runs, 'ussd-menu-builder, PostgreSQL', 64, placing, { atLeast: 2.5 }),
        against(runs, 'ussd-builder, memory', 64, placing, null),
        against(runs, 'ussd-builder, PostgreSQL', 64, placing, null),
        against(runs, 'advanced-ussd-builder, Redis', 64, placing, { atLeast: 10 }),
        ...['Koa', 'ussd-menu-builder, memory', 'ussd-menu-builder, PostgreSQL'].map((peer) =>
          cpuAgainst(runs, peer, 64, placing),
        ),
      ]),
    ...secondProcess(runs, { atMost: 1.1 }),
  ];
}

function lessOf(contenders: readonly Contender[]): Record<string, string> {
  return Object.fromEntries(contenders.map(({ name, less }) => [name, less]));
}

function commandLine(args: readonly string[]): string {
  return ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
}
