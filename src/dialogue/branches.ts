import type { AnyStateMachine } from 'xstate';

/** A transition of a machine, as it is written there. */
export type Branch = {
  readonly state: string;
  /** A `reply` answers the screen, a `task` has got its answer from the world, `always` decides at once. */
  readonly on: 'reply' | 'task' | 'always';
  /** Its place among those of its kind: the first whose guard lets it through is taken. */
  readonly index: number;
  /** Null for one that stays where it is. */
  readonly target: string | null;
  /** What it is for, where that is said. */
  readonly description: string | null;
  readonly guard: unknown;
};

/** A transition in a machine's configuration. */
export type TransitionConfig = {
  readonly target?: string;
  readonly guard?: unknown;
  readonly description?: string;
};

/** A state in a machine's configuration, as far as flows use it. */
export type StateConfig = {
  readonly type?: string;
  readonly always?: unknown;
  readonly on?: { readonly reply?: unknown };
  readonly invoke?: { readonly onDone?: unknown };
};

/** A machine's states as they are written. */
export function statesOf(machine: AnyStateMachine): Readonly<Record<string, StateConfig>> {
  return (machine.config.states ?? {}) as Readonly<Record<string, StateConfig>>;
}

/** Every transition of a machine, in the order of writing. */
export function branchesOf(machine: AnyStateMachine): readonly Branch[] {
  return Object.entries(statesOf(machine)).flatMap(([state, { on, invoke, always }]) => {
    const kinds = { reply: on?.reply, task: invoke?.onDone, always } as const;
    return Object.entries(kinds).flatMap(([kind, written]) =>
      transitionsIn(written).map(({ target = null, description = null, guard }, index) => ({
        ...{ state, on: kind as Branch['on'], index },
        ...{ target, description, guard },
      })),
    );
  });
}

/** None, one or many, as XState takes them; each in its long form. */
export function transitionsIn(written: unknown): readonly TransitionConfig[] {
  const list: readonly unknown[] =
    written === undefined ? [] : Array.isArray(written) ? written : [written];
  return list.map((one) => (typeof one === 'string' ? { target: one } : (one as TransitionConfig)));
}
