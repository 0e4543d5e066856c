import { type AnyStateMachine, and, createMachine } from 'xstate';
import { type Branch, statesOf, transitionsIn } from '../src/dialogue/branches.js';
import type { Flow } from '../src/dialogue/flow.js';

/** What was seen of a flow while it was walked. */
export type Seen = {
  /** The transitions that were taken, by {@link branchName}. */
  readonly branches: Set<string>;
  /** Those of the turn, in their order; whoever takes a turn empties it. */
  readonly through: string[];
};

export function branchName({ state, on, index }: Pick<Branch, 'state' | 'on' | 'index'>): string {
  return `${state} ${on} ${index}`;
}

/**
 * The same flow, telling what it goes through. It behaves as the original: each branch has one more
 * guard, which always lets it through and is asked last.
 */
export function watch(flow: Flow): { readonly flow: Flow; readonly seen: Seen } {
  const seen: Seen = { branches: new Set(), through: [] };
  return { flow: { ...flow, machine: watchedMachine(flow, seen) }, seen };
}

function watchedMachine({ machine }: Flow, seen: Seen): AnyStateMachine {
  const branches = (state: string, on: Branch['on'], written: unknown) =>
    transitionsIn(written).map((one, index) => {
      const name = branchName({ state, on, index });
      const tell = () => {
        seen.branches.add(name);
        seen.through.push(name);
        return true;
      };
      return { ...one, guard: one.guard === undefined ? tell : and([one.guard as never, tell]) };
    });
  const states = Object.entries(statesOf(machine)).map(([state, config]) => {
    const { always, on, invoke } = config;
    const watched = {
      ...config,
      ...(always !== undefined && { always: branches(state, 'always', always) }),
      ...(on && { on: { ...on, reply: branches(state, 'reply', on.reply) } }),
      ...(invoke && { invoke: { ...invoke, onDone: branches(state, 'task', invoke.onDone) } }),
    };
    return [state, watched] as const;
  });
  const config = { ...machine.config, states: Object.fromEntries(states) };
  return createMachine(config as never, machine.implementations as never) as AnyStateMachine;
}
