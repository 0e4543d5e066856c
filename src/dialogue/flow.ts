import type { AnyStateMachine } from 'xstate';
import { type FoundingLanguage, inEveryLanguage, type Language } from './languages.js';
import type { FlowMachine } from './machine.js';
import { type Texts, translated } from './pack.js';
import type { AnyWords, Quotes, Resting, Words } from './words.js';
import type { Effect } from './world.js';

/** To whom home offers a flow, and how far up: menus are sorted by `order`, then by name. */
export type Offer = {
  readonly to: 'visitors' | 'members' | 'everyone';
  readonly order: number;
};

/** Where a caller was left by an earlier version of a flow: what that version kept, whatever it was. */
export type Left = {
  readonly state: string;
  readonly context: Readonly<Record<string, unknown>>;
};

/** Where such a caller goes on in the present version. */
export type GoingOn<State extends string = string, Context = Left['context']> = {
  readonly state: State;
  readonly context: Context;
  /**
   * The screen that the caller has seen asks what this state asks, with the same numbers: the answer
   * counts. Otherwise the screen of this state is shown first, for nobody has chosen from it yet.
   */
  readonly sameQuestion?: boolean;
};

/**
 * What a flow is for: a caller who has come to one of these states, or has made such an effect happen,
 * has done it. With neither, the flow is a way to others and for nothing itself.
 */
export type Goal<State extends string = string> = {
  readonly states?: readonly State[];
  readonly effect?: (effect: Effect) => boolean;
};

/** In place of what is not to be seen: a character of GSM 03.38 that no text has otherwise. */
export const MASK = '\u00a4';

type ContextOf<Machine> = Machine extends FlowMachine<infer Types> ? Types['context'] : never;

/** A flow as the engine uses it. */
export type Flow = {
  readonly name: string;
  /** Raised whenever stored positions of the flow may no longer fit. */
  readonly version: number;
  /** By earlier version: where its positions go on. Those of versions that are not here lead home. */
  readonly from: Readonly<Record<number, (left: Left) => GoingOn | null>>;
  readonly machine: AnyStateMachine;
  readonly words: Readonly<Record<Language, AnyWords>>;
  readonly quotes: Quotes<never>;
  readonly offer: Offer | null;
  /** Whether a question that is open by SMS waits meanwhile: nothing that it says can become untrue by this. */
  readonly aside: boolean;
  /** Whether a value may be glued to its SMS keyword: `PROFILEKRA…`. */
  readonly takesValue: boolean;
  /** The states at which a call that dropped is offered to go on. */
  readonly resumes: readonly string[];
  /** What it has in mind when a later call goes on with it. */
  readonly resumed: (context: Left['context']) => Left['context'];
  /** Null: it ends where its task is done. */
  readonly goal: Goal | null;
  /** What the screen at a position asks for, where one state asks for many things; null where not. */
  readonly topic: (at: Left) => string | null;
  /** What it has in mind without what is its caller's own; null: nothing of it may be looked at. */
  readonly masked: ((context: Left['context']) => Left['context']) | null;
  /** The states whose screen may be read in pages; a list may be anyway, and nothing else needs to. */
  readonly pages: readonly string[];
};

/** Defines a flow: what stands in `flows/<name>/flow.ts` under the name `flow`. */
export function defineFlow<Machine extends FlowMachine>(definition: {
  readonly name: string;
  readonly version: number;
  /**
   * Carries calls over that were open when this version was deployed, by the version that they were
   * begun with. Null leads home, as do versions that are not here.
   */
  readonly from?: Readonly<
    Record<number, (left: Left) => GoingOn<Resting<Machine>, ContextOf<Machine>> | null>
  >;
  readonly machine: Machine;
  /** The words of the founding languages; the others have theirs in their packs. */
  readonly words: Readonly<Record<FoundingLanguage, Words<Machine>>>;
  /** What the words quote of what the flow has in mind. */
  readonly quotes?: Quotes<ContextOf<Machine>>;
  readonly offer?: Offer;
  readonly takesValue?: boolean;
  readonly aside?: boolean;
  readonly resumes?: readonly Resting<Machine>[];
  /** What it has in mind when a later call goes on: without what held for the call that was left. */
  readonly resumed?: (context: ContextOf<Machine>) => ContextOf<Machine>;
  /** The states whose screen may be read in pages. */
  readonly pages?: readonly Resting<Machine>[];
  /** Where its task is done, if that is not at its final states. */
  readonly goal?: Goal<Resting<Machine>>;
  /** A name out of a fixed few, never what a caller has said: it is counted and shown as it is. */
  readonly topic?: (at: {
    readonly state: Resting<Machine>;
    readonly context: ContextOf<Machine>;
  }) => string | null;
  /**
   * What it has in mind as somebody may see it who looks into a fault: with a mark, {@link MASK}, for
   * what is the caller's own. Without it, all that texts quote of it is masked.
   */
  readonly masked?: (context: ContextOf<Machine>) => ContextOf<Machine>;
}): Flow {
  // The words were checked against this very machine above.
  const written = definition.words as unknown as Readonly<Record<FoundingLanguage, AnyWords>>;
  return {
    name: definition.name,
    version: definition.version,
    from: definition.from ?? {},
    machine: definition.machine.machine,
    words: inEveryLanguage(written, (pack) =>
      translated(pack, `flows.${definition.name}`, written.en as AnyWords & Texts),
    ),
    quotes: (definition.quotes ?? {}) as Flow['quotes'],
    offer: definition.offer ?? null,
    takesValue: definition.takesValue ?? false,
    aside: definition.aside ?? false,
    resumes: definition.resumes ?? [],
    resumed: (definition.resumed ?? ((context) => context)) as Flow['resumed'],
    goal: definition.goal ?? null,
    // Positions come from this very machine.
    topic: (definition.topic ?? (() => null)) as Flow['topic'],
    masked: (definition.masked ?? null) as Flow['masked'],
    pages: definition.pages ?? [],
  };
}
