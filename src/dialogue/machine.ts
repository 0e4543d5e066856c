import { type AnyStateMachine, fromPromise, type PromiseActorLogic, setup } from 'xstate';
import type { Language } from './languages.js';
import type { EffectName, Effects, OutgoingSms, TaskName, Tasks } from './world.js';
import type { YesOrNo } from './yes-and-no.js';

/**
 * The one event from outside: what the caller answered. `picked` is the option that the answer
 * stands for on the screen that the caller saw, if any: the engine numbers the options, so that no
 * machine compares digits.
 */
export type Reply = {
  readonly type: 'reply';
  readonly said: string;
  readonly picked: string | null;
};

/** How a flow was entered: the input of every machine. */
export type Entry = {
  /** The caller has asked for just this in so many words (a keyword, a web form): do not ask again. */
  readonly asked: boolean;
  /** What followed the keyword, if anything: `NAME Jane Muthoni` in `PROFILE NAME Jane Muthoni`. */
  readonly value: string;
  /** The language that the keyword belongs to. */
  readonly language: Language | null;
  /** Where an earlier call of this number was left, if it is worth going on. */
  readonly unfinished: { readonly flow: string } | null;
  /** The flows that home can offer, in their order, by whether the caller is registered. */
  readonly offers: { readonly visitor: readonly string[]; readonly member: readonly string[] };
  /** The flow to go on with after this one; empty where none waits. */
  readonly next: string;
  /** What the flow that goes on was told before, sealed; empty where it was told nothing. */
  readonly held: string;
};

/** More decisions than any flow takes at once: states that decide in a circle are an error, not the end of the process. */
const MOST_DECISIONS = 50;

/** What a flow declares about itself, as types. */
export type FlowTypes = {
  /** What it keeps between turns: plain JSON, never a secret. */
  context: Record<string, unknown>;
  /** Its one-line remarks above a screen, by name: what was wrong, or what was done. */
  notes: string;
  /** Its SMS, by name, each with what it is about. */
  messages: Record<string, Record<string, string>>;
  /** The parts of texts that its quotations are put together from, by name. */
  phrases?: string;
};

type SmsParams<Types extends FlowTypes> = {
  [Name in keyof Types['messages'] & string]: {
    readonly message: Name;
    readonly carries: OutgoingSms['carries'];
    readonly with: Types['messages'][Name];
  };
}[keyof Types['messages'] & string];

type ActionParams<Types extends FlowTypes> = Effects & {
  note: { readonly says: Types['notes'] };
  sendSms: SmsParams<Types>;
};

type Actions<Types extends FlowTypes> = {
  [Name in keyof ActionParams<Types>]: (scope: unknown, params: ActionParams<Types>[Name]) => void;
};

type Actors = {
  [Name in TaskName]: PromiseActorLogic<Tasks[Name]['output'], Tasks[Name]['input']>;
};

const declared = () => {};

const actions: Record<EffectName | 'note' | 'sendSms', () => void> = {
  createAccount: declared,
  replacePassword: declared,
  saveDetails: declared,
  dropUnfinished: declared,
  confirmHolder: declared,
  setAside: declared,
  requestMove: declared,
  setLanguage: declared,
  stopMessages: declared,
  startMessages: declared,
  note: declared,
  sendSms: declared,
};

const unanswered = fromPromise<never, undefined>(() => {
  throw new Error('a task is answered by the engine, never run by an actor');
});

const actors: Record<TaskName, typeof unanswered> = {
  findCaller: unanswered,
  makePassword: unanswered,
  checkReset: unanswered,
  openProfile: unanswered,
  prepareQuestion: unanswered,
  judgeAnswer: unanswered,
  checkWaiting: unanswered,
  checkIdentity: unanswered,
  readOldNumber: unanswered,
  checkMove: unanswered,
};

/**
 * The setup of every flow: the reply as the only event, the tasks as actors, the effects as
 * actions. Nothing of it runs: the engine takes pure transitions and reads what comes out.
 */
function flowSetup<Types extends FlowTypes>() {
  return setup({
    types: {
      context: {} as Types['context'],
      events: {} as Reply,
      input: {} as Entry,
    },
    // The placeholders never produce anything, so they stand for every task's output.
    actors: actors as unknown as Actors,
    actions: actions as Actions<Types>,
    guards: {
      picks: (
        { event }: { event: Reply },
        { option }: { option: string; digits: string | null; means?: YesOrNo },
      ) => event.picked === option,
      // The item is found by what was said: its number, its name, or the letters that it begins with.
      picksItem: (_: { event: Reply }, { list: __ }: { list: string }) => false,
      picksFrom: ({ event }: { event: Reply }, { list: _ }: { list: string }) =>
        event.picked !== null && event.picked !== 'back',
    },
  });
}

/** A machine with its types and its configuration, from which the type of its words follows. */
export type FlowMachine<Types extends FlowTypes = FlowTypes, Config = unknown> = {
  readonly machine: AnyStateMachine;
  readonly types?: Types;
  readonly config?: Config;
};

/**
 * Starts the definition of a flow's machine: `flowMachine<Types>()({ id, initial, states … })`.
 *
 * State names carry meaning. A name that ends in `ing` asks the world and has no screen; `to…` hands
 * over to another flow; every other state rests and has a screen in every language.
 */
export function flowMachine<Types extends FlowTypes>() {
  const { createMachine } = flowSetup<Types>();
  type Constraint = Parameters<typeof createMachine>[0];
  return <const Config extends Constraint>(config: Config): FlowMachine<Types, Config> => ({
    machine: createMachine({
      ...(config as Constraint),
      options: { maxIterations: MOST_DECISIONS },
    } as Constraint) as AnyStateMachine,
  });
}
