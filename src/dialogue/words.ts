import type { Language } from './languages.js';
import type { FlowMachine, FlowTypes } from './machine.js';
import { fill } from './pack.js';

/** What every text may quote, by these names. */
export type Facts = {
  /** The caller's own number, masked. */
  readonly phone: string;
  readonly ussdCode: string;
  readonly smsShortCode: string;
  /** The address of the web login, as SMS quote it. */
  readonly web: string;
  /** Each flow's name in the menus, in the language of the text: `{title.profile}`. */
  readonly titles: Readonly<Record<string, string>>;
};

/** A text, with the names of what it quotes in braces: a fact, what the flow quotes, what an SMS is about. */
export type Text = string;

/** What a quotation may be made with besides what the flow has in mind. */
export type Wording = {
  readonly language: Language;
  readonly facts: Facts;
  /** The option of a list that is being labelled, by its key; empty elsewhere. */
  readonly key: string;
  /** One of the flow's phrases, with these values. */
  phrase(name: string, values?: Readonly<Record<string, string | number>>): string;
};

/** What a flow's texts quote of what it has in mind, by name; the same for all languages. */
export type Quotes<Context> = Readonly<
  Record<string, (context: Context, wording: Wording) => string>
>;

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

type ScreenWords<State> =
  HasList<State> extends true
    ? {
        readonly says: Text;
        /** An option of the list. */
        readonly each: Text;
        readonly options?: Readonly<Record<Options<State>, Text>>;
      }
    : [Options<State>] extends [never]
      ? Text
      : {
          readonly says: Text;
          readonly options: Readonly<Record<Options<State>, Text>>;
        };

/** A text for each name, and for no other: with no names at all, TypeScript would take any. */
type TextFor<Name extends PropertyKey> = [Name] extends [never]
  ? Readonly<Record<string, never>>
  : Readonly<Record<Name, Text>>;

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
            States<Config>[State]
          >;
        };
        readonly notes: TextFor<Types['notes']>;
        readonly messages: TextFor<keyof Types['messages']>;
      } & PhraseWords<Types>
    : never;

type PhraseWords<Types extends FlowTypes> = Types extends { phrases: infer Name extends string }
  ? { /** Parts of texts, for the flow's quotations. */ readonly phrases: TextFor<Name> }
  : { readonly phrases?: never };

/** Words as the engine uses them, whatever the flow. */
export type AnyWords = {
  readonly title: string;
  readonly keywords: readonly string[];
  readonly screens: Readonly<Record<string, AnyScreenWords | Text>>;
  readonly notes: Readonly<Record<string, Text>>;
  readonly messages: Readonly<Record<string, Text>>;
  readonly phrases?: Readonly<Record<string, Text>>;
};

type AnyScreenWords = {
  readonly says: Text;
  readonly each?: Text;
  readonly options?: Readonly<Record<string, Text>>;
};

/** Everything that it takes to fill a flow's texts in, in one language. */
export type Voice = {
  readonly language: Language;
  readonly words: AnyWords;
  readonly quotes: Quotes<never>;
  readonly facts: Facts;
};

/** The text of a screen apart from its options. */
export function says({ words }: Voice, state: string): Text {
  const screen = words.screens[state];
  if (screen === undefined) throw new Error(`no words for the state ${state}`);
  return typeof screen === 'object' ? screen.says : screen;
}

/** The label of one option: of a fixed one by its name, of a listed one by its key. */
export function label(
  voice: Voice,
  state: string,
  picked: { readonly option: string } | { readonly key: string },
  context: unknown,
): string {
  const screen = voice.words.screens[state];
  if (typeof screen !== 'object') throw new Error(`no options for the state ${state}`);
  if ('key' in picked) {
    if (!screen.each) throw new Error(`no words for the list of the state ${state}`);
    return speak(voice, screen.each, context, { key: picked.key });
  }
  const text = screen.options?.[picked.option];
  if (text === undefined) throw new Error(`no words for ${picked.option} of the state ${state}`);
  return speak(voice, text, context);
}

/**
 * Fills a text in. The context is of the flow whose words these are; `about` is what an SMS is about,
 * or the `key` of a listed option.
 *
 * @throws Error where the text quotes what there is not.
 */
export function speak(
  voice: Voice,
  text: Text,
  context: unknown,
  about: Readonly<Record<string, string>> = {},
): string {
  const { words, quotes, language, facts } = voice;
  const quoted = (name: string): string => {
    const told = about[name] ?? factNamed(facts, name);
    if (told !== undefined) return told;
    const quote = quotes[name];
    if (!quote) throw new Error(`there is nothing called {${name}} to quote: ${text}`);
    return quote(context as never, { language, facts, key: about['key'] ?? '', phrase });
  };
  const phrase: Wording['phrase'] = (name, values = {}) => {
    const said = words.phrases?.[name];
    if (said === undefined) throw new Error(`there is no phrase ${name}`);
    return fill(said, (inner) => String(values[inner] ?? quoted(inner)));
  };
  return fill(text, quoted);
}

const TITLE = 'title.';

function factNamed(facts: Facts, name: string): string | undefined {
  if (name.startsWith(TITLE)) return facts.titles[name.slice(TITLE.length)];
  if (name === 'titles' || !Object.hasOwn(facts, name)) return undefined;
  return facts[name as Exclude<keyof Facts, 'titles'>];
}
