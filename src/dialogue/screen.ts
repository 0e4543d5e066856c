import { commonWords } from './common-words.js';
import type { Dialogue } from './dialogue.js';
import type { Flow } from './flow.js';
import type { Language } from './languages.js';
import { paginate } from './pages.js';
import { type AnyWords, type Facts, label, says, speak } from './words.js';

/** The replies that mean the same on every screen, with the digits that Kenyan callers expect. */
export const BACK = '0';
export const HOME = '00';
export const MORE = '98';

/** Where a caller is: all that is kept of a dialogue between two turns. Plain JSON. */
export type Position = {
  readonly flow: string;
  readonly version: number;
  readonly state: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** The line above the screen: what was wrong with the last answer, or what was done. */
  readonly remark: string | null;
  /** The page of the screen that the caller is looking at, from 0. */
  readonly page: number;
};

/** How a screen is to be shown. */
export type View = {
  readonly language: Language;
  /** The septets that a screen may take, what the channel adds included by the caller. */
  readonly budget: number;
  readonly facts: Omit<Facts, 'titles'>;
  /** Whether a screen says who speaks: an SMS has to, on a call the code that was dialled says it. */
  readonly signed: boolean;
};

/** Who speaks. Every SMS begins with it, for others have sent SMS in KNEC's name. */
const SENDER = 'KNEC CP2';

/** A text as an SMS: with its sender, once. */
export function sign(text: string): string {
  return text.startsWith(SENDER) ? text : `${SENDER}: ${text}`;
}

/** What an option stands for: its own name, or the key of a list's item. */
export type Choice = { readonly option: string } | { readonly key: string };

/** The options of a state in the order of their numbers, lists unrolled. */
export function choicesAt(dialogue: Dialogue, flow: Flow, position: Position): readonly Choice[] {
  return dialogue.shape(flow, position.state).options.flatMap((item): readonly Choice[] => {
    if ('option' in item) return [item];
    const keys = position.context[item.list];
    return Array.isArray(keys) ? keys.map((key) => ({ key: String(key) })) : [];
  });
}

/** What the engine calls the caller's answer: the option it stands for, `back`, or nothing. */
export function pick(choices: readonly Choice[], said: string): string | null {
  if (said === BACK) return 'back';
  if (!/^[1-9]\d?$/.test(said)) return null;
  const choice = choices[Number(said) - 1];
  if (!choice) return null;
  return 'key' in choice ? choice.key : choice.option;
}

/** The pages of the screen at a position. */
export function pagesAt(
  dialogue: Dialogue,
  flow: Flow,
  position: Position,
  view: View,
): readonly string[] {
  const { language } = view;
  const words = flow.words[language];
  const facts = factsIn(dialogue, view, language);
  const shape = dialogue.shape(flow, position.state);
  const common = commonWords[language];
  const backIsHome = shape.back !== null && dialogue.shape(flow, shape.back).enter !== null;
  const isHome = flow.name === 'home';
  const body = [position.remark, speak(says(words, position.state), position.context, facts)]
    .filter((line) => line !== null)
    .join('\n');
  return paginate(
    {
      body: view.signed ? sign(body) : body,
      options: choicesAt(dialogue, flow, position).map(
        (choice, index) =>
          `${index + 1}. ${label(words, position.state, choice, position.context, facts)}`,
      ),
      navigation: {
        back: shape.back ? `${BACK}. ${common.back}` : null,
        // Where Back leads home, one of the two lines is enough; 00 works all the same.
        home: shape.final || isHome || backIsHome ? null : `${HOME}. ${common.home}`,
        more: `${MORE}. ${common.more}`,
        pageBack: `${BACK}. ${common.back}`,
      },
    },
    view.budget,
  );
}

/** The facts for a text in a language. */
export function factsIn(dialogue: Dialogue, view: View, language: Language): Facts {
  return { ...view.facts, titles: dialogue.titles[language] };
}

/** A flow's remark, filled in. */
export function remarkIn(words: AnyWords, name: string, context: unknown, facts: Facts): string {
  const text = words.notes[name];
  if (text === undefined) throw new Error(`no words for the remark ${name}`);
  return speak(text, context, facts);
}
