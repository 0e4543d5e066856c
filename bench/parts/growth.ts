import { type Bench, play, type Run, type Scene } from '../bench.js';
import { ours } from '../contenders/ours.js';
import { by, cpu, perSecond, ratio } from '../figures.js';
import { type Amounts, members } from '../fill.js';
import { memberMenus } from '../journey.js';
import type { Ratio } from '../targets.js';
import { drop, few, filledDatabase } from './databases.js';
import { type Plans, plansOn } from './plans.js';

/** Everybody who holds a phone in the country, nearly; some years of messages. */
export const many: Amounts = {
  accounts: 10_000_000,
  visitors: 10_000,
  sessions: 1_000_000,
  messages: 10_000_000,
};

export type Growth = {
  readonly runs: readonly Run[];
  readonly ratios: readonly Ratio[];
  /** How the large database goes about what is asked often. */
  readonly plans: Plans;
};

const FEW = 'ten thousand accounts';
const MANY = 'ten million accounts';

/** The same calls, by registered numbers, on a small and on a large database. */
export async function growth(bench: Bench, amounts: Amounts = many): Promise<Growth> {
  const small = await filledDatabase(few);
  const large = await filledDatabase(amounts, bench.say);
  const runs: Run[] = [];
  let plans: Plans;
  try {
    for (let round = 1; round <= bench.rounds; round += 1) {
      for (const [name, databaseUrl, { accounts }] of [
        [FEW, small, few],
        [MANY, large, amounts],
      ] as const) {
        const scene: Scene = {
          journey: memberMenus,
          numbers: members(accounts),
          pace: { kind: 'closed', connections: 64 },
          placing: 'unpinned',
        };
        const played = await play(bench, ours({ name, at: { databaseUrl } }), [scene], round);
        runs.push(...played);
      }
    }
    plans = await plansOn(large);
    bench.say(`${plans.queries} queries explained, ${plans.wholeReads.length} read a table whole`);
    for (const { table, how, query } of plans.wholeReads) bench.say(`${table}: ${how}: ${query}`);
  } finally {
    await drop(small);
    await drop(large);
  }
  return {
    runs,
    plans,
    ratios: [
      {
        name: `time a turn, ${MANY} ÷ ${FEW}`,
        value: ratio(runs, (run) => 1 / perSecond(run), by(MANY), by(FEW)),
        target: { atMost: 1.1 },
      },
      {
        name: `CPU time a turn, ${MANY} ÷ ${FEW}`,
        value: ratio(runs, cpu, by(MANY), by(FEW)),
        target: null,
      },
    ],
  };
}
