import { commonWords } from './common-words.js';
import type { Dialogue } from './dialogue.js';
import type { Flow } from './flow.js';
import type { Language } from './languages.js';
import { paginate } from './pages.js';
import { type Facts, label, says, speak, type Voice } from './words.js';
import { readYesOrNo, type YesOrNo } from './yes-and-no.js';

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
  /** What the service's set-up tells; the same object for all callers. */
  readonly facts: Omit<Facts, 'titles' | 'phone'>;
  /** The caller's own number, masked. */
  readonly phone: string;
  /** Whether a screen says who speaks: an SMS has to, on a call the code that was dialled says it. */
  readonly signed: boolean;
};

/** Who speaks. Every SMS begins with it, for others have sent SMS in KNEC's name. */
const SENDER = 'KNEC CP2';

/** A text as an SMS: with its sender, once. */
export function sign(text: string): string {
  return text.startsWith(SENDER) ? text : `${SENDER}: ${text}`;
}

/** An item of a list that numbers its items itself. */
export type NumberedItem = { readonly number: number; readonly label: string };

/** A line that the caller can pick: by these digits, called so by the engine, labelled so. */
type Choice = {
  readonly digits: string;
  /** The digits are its own, and its line stands with the ways out, on every page. */
  readonly own: boolean;
  readonly picked: string;
  /** Whether it is the yes or the no of its question: then the word picks it as well. */
  readonly means: YesOrNo | null;
  readonly label: (voice: Voice) => string;
};

/** What can be picked at a position, in the order of the lines, lists unrolled. */
export function choicesAt(dialogue: Dialogue, flow: Flow, position: Position): readonly Choice[] {
  const { state, context } = position;
  const choices: Choice[] = [];
  let number = 0;
  const next = () => {
    number += 1;
    return String(number);
  };
  for (const shape of dialogue.shape(flow, state).options) {
    if ('option' in shape) {
      const { option, means } = shape;
      choices.push({
        digits: shape.digits ?? next(),
        own: shape.digits !== null,
        picked: option,
        means,
        label: (voice) => label(voice, state, { option }, context),
      });
    } else if ('list' in shape) {
      for (const key of listIn(context, shape.list).map(String)) {
        choices.push({
          digits: next(),
          own: false,
          picked: key,
          means: null,
          label: (voice) => label(voice, state, { key }, context),
        });
      }
    } else {
      for (const item of listIn(context, shape.items) as readonly NumberedItem[]) {
        const digits = String(item.number);
        choices.push({
          ...{ digits, own: false, picked: digits, means: null, label: () => item.label },
        });
      }
    }
  }
  return choices;
}

function listIn(context: Position['context'], list: string): readonly unknown[] {
  const items = context[list];
  return Array.isArray(items) ? items : [];
}

/** What the engine calls the caller's answer: the option it stands for, `back`, or nothing. */
export function pick(choices: readonly Choice[], said: string): string | null {
  if (said === BACK) return 'back';
  const numbered = choices.find(({ digits }) => digits === said);
  if (numbered) return numbered.picked;
  if (choices.every(({ means }) => means === null)) return null;
  const meant = readYesOrNo(said);
  return choices.find(({ means }) => means !== null && means === meant)?.picked ?? null;
}

/** The pages of the screen at a position. */
export function pagesAt(
  dialogue: Dialogue,
  flow: Flow,
  position: Position,
  view: View,
): readonly string[] {
  const { language } = view;
  const voice = voiceOf(dialogue, flow, view, language);
  const shape = dialogue.shape(flow, position.state);
  const common = commonWords[language];
  const backIsHome = shape.back !== null && dialogue.shape(flow, shape.back).enter !== null;
  const choices = choicesAt(dialogue, flow, position);
  const line = (choice: Choice) => `${choice.digits}. ${choice.label(voice)}`;
  const isHome = flow.name === 'home';
  const body = [position.remark, speak(voice, says(voice, position.state), position.context)]
    .filter(Boolean)
    .join('\n');
  return paginate(
    {
      body: view.signed ? sign(body) : body,
      options: choices.filter(({ own }) => !own).map(line),
      navigation: {
        own: choices.filter(({ own }) => own).map(line),
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

/** What a flow speaks with in a language. */
export function voiceOf(dialogue: Dialogue, flow: Flow, view: View, language: Language): Voice {
  const facts = { ...view.facts, phone: view.phone, titles: dialogue.titles[language] };
  return { language, words: flow.words[language], quotes: flow.quotes, facts };
}

/** A flow's remark, filled in; what it quotes at its beginning or end may have nothing to say. */
export function remarkIn(voice: Voice, name: string, context: unknown): string {
  const text = voice.words.notes[name];
  if (text === undefined) throw new Error(`no words for the remark ${name}`);
  return speak(voice, text, context).trim();
}
