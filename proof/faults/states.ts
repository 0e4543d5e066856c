import type { Branch } from '../../src/dialogue/branches.js';
import type { Place, Walk } from '../explore.js';
import type { Fault } from './fault.js';

/** States that nobody comes to, branches that nobody takes, names that do not say what a state does. */
export function stateFaults(walk: Walk): readonly Fault[] {
  const { flow, dialogue, branches } = walk;
  const entered = enteredStates(walk);
  const about = (state: string, what: string): Fault => ({
    ...{ flow: flow.name, state, what },
    ...{ language: null, way: wayTo(walk, state) },
  });
  const faults: Fault[] = [];
  for (const state of Object.keys(flow.machine.states)) {
    const { asks, rests, enter, resumeFrom } = dialogue.shape(flow, state);
    if (!entered.has(state)) faults.push(about(state, unreached(state, branches)));
    if (/ing$/.test(state) === rests) {
      const does = asks ? `asks the world (${asks})` : rests ? 'shows a screen' : 'decides at once';
      if (!enter && !resumeFrom) faults.push(about(state, `is named as if it did not: it ${does}`));
    }
    if (/^to[A-Z]/.test(state) !== (enter !== null || resumeFrom !== null)) {
      faults.push(about(state, 'a name that begins with `to` is for states that hand over'));
    }
  }
  for (const branch of branches) {
    if (branch.taken || !entered.has(branch.state)) continue;
    // The engine reads the items of a list off it; it is never taken itself.
    if ((branch.guard as { type?: string } | undefined)?.type === 'picksItem') continue;
    faults.push(about(branch.state, `no answer takes the branch ${called(branch)}`));
  }
  return faults;
}

/** The states that were come to, also those without a screen: the first, and where branches led that were taken. */
export function enteredStates({ flow, branches }: Walk): ReadonlySet<string> {
  const first = flow.machine.root.initial.target.map(({ key }) => key);
  return new Set([
    ...first,
    ...branches.flatMap(({ taken, target }) => (taken && target !== null ? [target] : [])),
  ]);
}

function unreached(state: string, branches: readonly Branch[]): string {
  const leading = branches.filter(({ target }) => target === state);
  if (leading.length === 0) return 'no branch leads to this state';
  const from = leading.map((branch) => `${branch.state} by ${called(branch)}`).join(', ');
  return `nobody comes to this state; what would lead to it: ${from}`;
}

/** As the author knows it: `task 2 to toHome (not registered)`. */
function called({ on, index, target, description, guard }: Branch): string {
  const option = (guard as { params?: { option?: string } } | undefined)?.params?.option;
  const about = option ?? description;
  return `${on} ${index + 1}${target ? ` to ${target}` : ''}${about ? ` (${about})` : ''}`;
}

function wayTo({ places, flow }: Walk, state: string): Place['way'] | null {
  const there = ({ turn: { position } }: Place) =>
    position.flow === flow.name && position.state === state;
  return places.find(there)?.way ?? null;
}
