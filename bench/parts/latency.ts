import { type Bench, playInTurn, type Run } from '../bench.js';
import type { Contender } from '../contenders/contender.js';
import { visitors } from '../fill.js';
import { menus } from '../journey.js';

/** Turns a second: some ten times what a deadline day brings, and what most contenders can bear. */
export const RATE = 300;

/** How long a turn takes when turns come at their own time, the same rate for all. */
export function latency(bench: Bench, contenders: readonly Contender[]): Promise<Run[]> {
  const pace = { kind: 'open', rate: RATE } as const;
  return playInTurn(bench, contenders, [
    { journey: menus, numbers: visitors, pace, placing: 'unpinned' },
  ]);
}
