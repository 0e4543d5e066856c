import type { Dialogue } from '../dialogue/dialogue.js';
import type { Flow } from '../dialogue/flow.js';
import { type Language, languages } from '../dialogue/languages.js';
import { detailOf, isDetailName } from '../profile/details.js';

/** What flows and screens are called where people read about them. */
export type Names = {
  /** A flow's title, `Register`. */
  flow(flow: string): string;
  /** Whether it has a task of its own; a flow that is gone had one. */
  hasTask(flow: string): boolean;
  /** Whether a call ends with the screen. */
  isEnd(flow: string, state: string): boolean;
  /** A state's name in words, `new holder`. */
  screen(state: string): string;
  /** How the screen begins, in English, for whoever does not know it by its name; empty where it only quotes. */
  sample(flow: string, state: string): string;
  /** What a screen asks for, `KRA PIN`. */
  topic(topic: string): string;
};

/** A language's name for itself; what was counted may be in one that is gone. */
export function languageName(language: Language): string {
  return languages[language] ?? language;
}

/** A screen's beginning is told up to so many characters. */
const SAMPLE = 64;

export function createNames(dialogue: Dialogue): Names {
  /** What was counted may be of a flow or a state that is gone. */
  function flowWith(name: string, state: string): Flow | null {
    const flow = dialogue.flows.get(name);
    return flow && state in flow.machine.states ? flow : null;
  }

  return {
    flow: (flow) => dialogue.titles.en[flow] ?? inWords(flow),
    hasTask(name) {
      const flow = dialogue.flows.get(name);
      return !flow?.goal || flow.goal.states !== undefined || flow.goal.effect !== undefined;
    },
    isEnd(name, state) {
      const flow = flowWith(name, state);
      return flow !== null && dialogue.shape(flow, state).final;
    },
    screen: inWords,
    sample(name, state) {
      const flow = flowWith(name, state);
      if (!flow) return '';
      const line = beginningOf(flow, state);
      return line.length <= SAMPLE ? line : `${line.slice(0, SAMPLE).replace(/\s+\S*$/, '')}\u2026`;
    },
    topic: (topic) => (isDetailName(topic) ? detailOf(topic).label.en : inWords(topic)),
  };
}

/** What a screen says, with dots for what it quotes. */
function beginningOf(flow: Flow, state: string): string {
  const screen = flow.words.en.screens[state] ?? '';
  const text = typeof screen === 'object' ? screen.says : screen;
  const [line = ''] = text
    .replace(/\{[^}]*\}/g, '\u2026')
    .replace(/^[\u2026\s.,:]+/, '')
    .split('\n');
  return /\p{L}{2}/u.test(line) ? line : '';
}

/** `newHolder` as `new holder`. */
function inWords(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase();
}
