import {
  type AnyActorScope,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  fromPromise,
} from 'xstate';

/** An action that a transition asks for, as data. */
export type Action = { readonly type: string; readonly params?: unknown };

type Transition = readonly [snapshot: AnyMachineSnapshot, actions: readonly Action[]];

/**
 * The actor that XState wants to stand behind a transition. It never starts. XState's own
 * `transition()` makes one each time, and has it take the machine's first step for nothing, which
 * is two thirds of what a transition costs; where the machine needs its input it throws as well.
 */
const nobody = createActor(fromPromise(async () => {}));

const nothing = () => {};

function scopeFor(actions: Action[]): AnyActorScope {
  return {
    self: nobody,
    system: nobody.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    stopChild: nothing,
    emit: nothing,
    actionExecutor: (action: Action) => actions.push(action),
  } as unknown as AnyActorScope;
}

/** The first step of a machine, and what it asks for. Pure; throws what the machine throws. */
export function firstStep(machine: AnyStateMachine, input: unknown): Transition {
  const actions: Action[] = [];
  return [unfailed(machine.getInitialSnapshot(scopeFor(actions), input)), actions];
}

/** The step that a machine takes at an event, and what it asks for. Pure; throws what the machine throws. */
export function nextStep(
  machine: AnyStateMachine,
  before: AnyMachineSnapshot,
  event: AnyEventObject,
): Transition {
  const actions: Action[] = [];
  return [unfailed(machine.transition(before, event, scopeFor(actions))), actions];
}

/** XState keeps what goes wrong in a first step for whoever starts the actor, and nobody will. */
function unfailed(snapshot: AnyMachineSnapshot): AnyMachineSnapshot {
  if (snapshot.status === 'error') throw snapshot.error;
  return snapshot;
}
