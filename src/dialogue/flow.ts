import type { AnyStateMachine } from 'xstate';
import type { Language } from './languages.js';
import type { FlowMachine } from './machine.js';
import type { AnyWords, Words } from './words.js';

/** To whom home offers a flow, and how far up: menus are sorted by `order`, then by name. */
export type Offer = {
  readonly to: 'visitors' | 'members' | 'everyone';
  readonly order: number;
};

/** A flow as the engine uses it. */
export type Flow = {
  readonly name: string;
  /** Raised whenever stored positions of the flow may no longer fit. */
  readonly version: number;
  readonly machine: AnyStateMachine;
  readonly words: Readonly<Record<Language, AnyWords>>;
  readonly offer: Offer | null;
  /** Whether a value may be glued to its SMS keyword: `PROFILEKRA…`. */
  readonly takesValue: boolean;
  /** The states at which a call that dropped is offered to go on. */
  readonly resumes: readonly string[];
};

/** Defines a flow: what stands in `flows/<name>/flow.ts` under the name `flow`. */
export function defineFlow<Machine extends FlowMachine>(definition: {
  readonly name: string;
  readonly version: number;
  readonly machine: Machine;
  readonly words: Readonly<Record<Language, Words<Machine>>>;
  readonly offer?: Offer;
  readonly takesValue?: boolean;
  readonly resumes?: readonly string[];
}): Flow {
  return {
    name: definition.name,
    version: definition.version,
    machine: definition.machine.machine,
    // The words were checked against this very machine above.
    words: definition.words as unknown as Flow['words'],
    offer: definition.offer ?? null,
    takesValue: definition.takesValue ?? false,
    resumes: definition.resumes ?? [],
  };
}
