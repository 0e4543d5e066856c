import type { FlowMachine, FlowTypes } from './machine.js';

/** What every text may quote. */
export type Facts = {
  /** The caller's own number, masked. */
  readonly phone: string;
  readonly ussdCode: string;
  readonly smsShortCode: string;
  /** The address of the web login, as SMS quote it. */
  readonly web: string;
  /** Each flow's name in the menus, in the language of the text. */
  readonly titles: Readonly<Record<string, string>>;
};

/** A text: fixed, or made from what the flow has in mind and from the facts. */
export type Text<Context> = string | ((context: Context, facts: Facts) => string);

type States<Config> = Config extends { states: infer S } ? S : never;

/** The states that need no screen: `…ing` asks the world, `to…` hands over. */
type Silent = `${string}ing` | `to${Capitalize<string>}`;

/** The states of a machine that show a screen. */
export type Resting<Machine> =
  Machine extends FlowMachine<infer _, infer Config>
    ? Exclude<keyof States<Config>, Silent> & string
    : never;

type Transition<State> = State extends { on: { reply: infer R } }
  ? R extends readonly (infer T)[]
    ? T
    : R
  : never;

type Options<State> =
  Transition<State> extends infer T
    ? T extends { guard: { type: 'picks'; params: { option: infer O extends string } } }
      ? Exclude<O, 'back'>
      : never
    : never;

type HasList<State> =
  Extract<Transition<State>, { guard: { type: 'picksFrom' } }> extends never ? false : true;

type ScreenWords<Context, State> =
  HasList<State> extends true
    ? {
        readonly says: Text<Context>;
        /** An option of the list, by its key. */
        readonly each: (key: string, context: Context, facts: Facts) => string;
        readonly options?: Readonly<Record<Options<State>, Text<Context>>>;
      }
    : [Options<State>] extends [never]
      ? Text<Context>
      : {
          readonly says: Text<Context>;
          readonly options: Readonly<Record<Options<State>, Text<Context>>>;
        };

type MessageWords<Types extends FlowTypes> = {
  readonly [Name in keyof Types['messages']]: (
    about: Types['messages'][Name],
    facts: Facts,
  ) => string;
};

/**
 * A flow's words in one language. A missing screen, option, remark or SMS does not compile.
 * `Machine` is the type of the flow's machine: `Words<typeof registration>`.
 */
export type Words<Machine> =
  Machine extends FlowMachine<infer Types, infer Config>
    ? {
        /** Its name in a menu that offers it. */
        readonly title: string;
        /** The SMS keywords that enter it, in capitals, the one to advertise first. */
        readonly keywords: readonly string[];
        readonly screens: {
          readonly [State in Exclude<keyof States<Config>, Silent>]: ScreenWords<
            Types['context'],
            States<Config>[State]
          >;
        };
        readonly notes: Readonly<Record<Types['notes'], Text<Types['context']>>>;
        readonly messages: MessageWords<Types>;
      }
    : never;

/** Words as the engine uses them, whatever the flow. */
export type AnyWords = {
  readonly title: string;
  readonly keywords: readonly string[];
  readonly screens: Readonly<Record<string, AnyScreenWords | Text<never>>>;
  readonly notes: Readonly<Record<string, Text<never>>>;
  readonly messages: Readonly<Record<string, (about: never, facts: Facts) => string>>;
};

type AnyScreenWords = {
  readonly says: Text<never>;
  readonly each?: (key: string, context: never, facts: Facts) => string;
  readonly options?: Readonly<Record<string, Text<never>>>;
};

/** The text of a screen apart from its options. */
export function says(words: AnyWords, state: string): Text<never> {
  const screen = words.screens[state];
  if (screen === undefined) throw new Error(`no words for the state ${state}`);
  return typeof screen === 'object' ? screen.says : screen;
}

/** The label of one option: of a fixed one by its name, of a listed one by its key. */
export function label(
  words: AnyWords,
  state: string,
  picked: { readonly option: string } | { readonly key: string },
  context: unknown,
  facts: Facts,
): string {
  const screen = words.screens[state];
  if (typeof screen !== 'object') throw new Error(`no options for the state ${state}`);
  if ('key' in picked) {
    if (!screen.each) throw new Error(`no words for the list of the state ${state}`);
    return screen.each(picked.key, context as never, facts);
  }
  const text = screen.options?.[picked.option];
  if (text === undefined) throw new Error(`no words for ${picked.option} of the state ${state}`);
  return speak(text, context, facts);
}

/** Fills a text in. The context is of the flow whose words these are. */
export function speak(text: Text<never>, context: unknown, facts: Facts): string {
  return typeof text === 'string' ? text : text(context as never, facts);
}
