import { type Bench, placings, play, type Run, type Scene } from '../bench.js';
import { ours } from '../contenders/ours.js';
import { by, cpu, ratio } from '../figures.js';
import { members, visitors } from '../fill.js';
import { filling, menus } from '../journey.js';
import type { Ratio } from '../targets.js';
import { drop, few, filledDatabase, onCopies } from './databases.js';

export type Profile = { readonly runs: readonly Run[]; readonly ratios: readonly Ratio[] };

const MENUS = 'reading menus';
const FILLING = 'filling the profile';
/** Each fills the profile once: more than can call while a round is measured. */
const MEMBERS = few.accounts;

/** What it costs to fill the profile, which is most of what people do, beside plain menus. */
export async function profile(bench: Bench): Promise<Profile> {
  const databaseUrl = await filledDatabase(few);
  const [placing = 'unpinned'] = placings;
  const pace = { kind: 'closed', connections: 64 } as const;
  const { first } = members(MEMBERS);
  const scenes: Record<string, Scene> = {
    [MENUS]: { journey: menus, numbers: visitors, pace, placing },
    [FILLING]: {
      journey: filling,
      rehearsedBy: first,
      numbers: { first: first + 1, count: MEMBERS - 1 },
      ...{ pace, placing },
    },
  };
  const runs: Run[] = [];
  try {
    for (let round = 1; round <= bench.rounds; round += 1) {
      for (const [name, scene] of Object.entries(scenes)) {
        const contender = onCopies(databaseUrl, (on) => ours({ name, at: { databaseUrl: on } }));
        runs.push(...(await play(bench, contender, [scene], round)));
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
