import { type Bench, placings, play, type Run, type Scene } from '../bench.js';
import { ours } from '../contenders/ours.js';
import { by, cpu, ratio } from '../figures.js';
import { members, visitors } from '../fill.js';
import { filling, menus } from '../journey.js';
import type { Ratio } from '../targets.js';
import { drop, few, filledDatabase } from './databases.js';

export type Profile = { readonly runs: readonly Run[]; readonly ratios: readonly Ratio[] };

const MENUS = 'reading menus';
const FILLING = 'filling the profile';
/** Each fills the profile once: more than can call while a round is measured. */
const MEMBERS_A_ROUND = 10_000;

/** What it costs to fill the profile, which is most of what people do, beside plain menus. */
export async function profile(bench: Bench): Promise<Profile> {
  const accounts = MEMBERS_A_ROUND * bench.rounds;
  const databaseUrl = await filledDatabase({ ...few, accounts });
  const [placing = 'unpinned'] = placings;
  const pace = { kind: 'closed', connections: 64 } as const;
  const runs: Run[] = [];
  try {
    for (let round = 1; round <= bench.rounds; round += 1) {
      const first = members(accounts).first + MEMBERS_A_ROUND * (round - 1);
      const scenes: Record<string, Scene> = {
        [MENUS]: { journey: menus, numbers: visitors, pace, placing },
        [FILLING]: {
          journey: filling,
          rehearsedBy: first,
          numbers: { first: first + 1, count: MEMBERS_A_ROUND - 1 },
          ...{ pace, placing },
        },
      };
      for (const [name, scene] of Object.entries(scenes)) {
        runs.push(...(await play(bench, ours({ name, at: { databaseUrl } }), [scene], round)));
      }
    }
  } finally {
    await drop(databaseUrl);
  }
  return {
    runs,
    ratios: [
      {
        name: `CPU time a turn, ${FILLING} ÷ ${MENUS}`,
        value: ratio(runs, cpu, by(FILLING), by(MENUS)),
        target: null,
      },
    ],
  };
}
