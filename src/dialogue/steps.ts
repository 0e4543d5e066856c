import type { AnyMachineSnapshot } from 'xstate';
import type { Flow } from './flow.js';
import type { Entry, Reply } from './machine.js';
import type { Position } from './screen.js';
import { type Action, firstStep, nextStep } from './transitions.js';
import { plainTasks, type TaskName, type Tasks } from './world.js';

/** What a machine came to by one event. Nobody changes it: it may be another caller's as well. */
export type Step = {
  readonly flow: Flow;
  readonly snapshot: AnyMachineSnapshot;
  readonly actions: readonly Action[];
};

/** A task that a state asks, with the id that XState gave the invocation. */
export type Question = {
  readonly src: TaskName;
  readonly input: Tasks[TaskName]['input'];
  readonly id: string;
};

/** The pure transitions of all flows' machines. */
export type Steps = {
  begin(flow: Flow, entry: Entry): Step;
  /** Null: the state takes no such reply. */
  reply(flow: Flow, position: Position, reply: Reply): Step | null;
  done(step: Step, question: Question, output: unknown): Step;
  /** The name of a context that a remembered step has led to; null for any other, even if it is alike. */
  nameOf(context: object): number | null;
};

/** More than all flows have of steps that are worth remembering. */
const MOST_REMEMBERED = 5_000;
/** A context that is longer has gathered what is a caller's own. */
const LONGEST_CONTEXT = 400;

/**
 * Takes XState's pure transitions, and remembers those that every caller makes: how a flow is entered,
 * what is picked, who is at the other end. A transition costs XState some ten microseconds and
 * has the same outcome every time. What a caller typed, and all that came after it, is
 * taken anew and never kept: only a context that followed from remembered steps has a name here.
 *
 * @param remembering whether it does; who watches a machine wants to see each step taken.
 */
export function createSteps({ remembering = true } = {}): Steps {
  const remembered = new Map<string, Step | null>();
  const namesByText = new Map<string, number>();
  const namesByContext = new WeakMap<object, number>();
  // Never counted anew: a context that somebody still holds keeps its name when all is forgotten.
  let nextName = 0;

  /** The name of a context, if it is one that remembered steps lead to. */
  function findName(context: object): number | null {
    const known = namesByContext.get(context);
    if (known !== undefined) return known;
    const name = namesByText.get(JSON.stringify(context));
    if (name === undefined) return null;
    namesByContext.set(context, name);
    return name;
  }

  function giveName(context: object): void {
    const written = JSON.stringify(context);
    if (written.length > LONGEST_CONTEXT) return;
    if (!namesByText.has(written)) {
      namesByText.set(written, nextName);
      nextName += 1;
    }
    findName(context);
  }

  function remember(key: string | null, take: () => Step | null): Step | null {
    if (key === null || !remembering) return take();
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const step = take();
    // Beyond what flows have there is something that should not be here: begin again.
    if (remembered.size >= MOST_REMEMBERED) {
      remembered.clear();
      namesByText.clear();
    }
    remembered.set(key, step);
    if (step) giveName(step.snapshot.context);
    return step;
  }

  return {
    nameOf: (context) => namesByContext.get(context) ?? null,

    begin(flow, entry) {
      const common = entry.value === '' && entry.held === '' && entry.unfinished === null;
      const key = common ? `${flow.name} ${entry.asked} ${entry.language} ${entry.next}` : null;
      const step = remember(key, () => {
        const [snapshot, actions] = firstStep(flow.machine, entry);
        return { flow, snapshot, actions };
      });
      return step as Step;
    },

    reply(flow, { state, context }, reply) {
      const from = reply.picked === null ? null : findName(context);
      const key =
        from === null ? null : `${flow.name} ${state} ${from} ${reply.picked} ${reply.said}`;
      return remember(key, () => {
        const before = flow.machine.resolveState({ value: state, context });
        const [snapshot, actions] = nextStep(flow.machine, before, reply);
        return snapshot === before && actions.length === 0 ? null : { flow, snapshot, actions };
      });
    },

    done({ flow, snapshot }, { src, id }, output) {
      const from = plainTasks.has(src) ? findName(snapshot.context) : null;
      const key =
        from === null
          ? null
          : `${flow.name} ${snapshot.value} ${from} ${src} ${JSON.stringify(output)}`;
      const step = remember(key, () => {
        const done = { type: `xstate.done.actor.${id}`, actorId: id, output };
        const [next, actions] = nextStep(flow.machine, snapshot, done);
        return { flow, snapshot: next, actions };
      });
      return step as Step;
    },
  };
}
