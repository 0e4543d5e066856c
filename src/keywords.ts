import { distance } from 'fastest-levenshtein';
import type { Dialogue } from './dialogue/dialogue.js';
import { isLanguage, type Language } from './dialogue/languages.js';
import type { Opening } from './dialogue/turn.js';

/** An SMS that asks for a flow by its keyword. */
export type Keyword = {
  readonly flow: string;
  /** The language that the keyword belongs to: whoever texts JISAJILI is answered in Swahili. */
  readonly language: Language;
  /** What follows the keyword, trimmed. */
  readonly value: string;
};

const FIRST_WORD = /^[^\p{L}\d]*(\p{L}+)(.*)$/su;

/**
 * Reads the keyword off an SMS, in any letter case. It is the first word, whatever follows; where
 * the flow takes a value, the value may be glued to it (`PROFILENAME Jane`), as people do.
 * Returns null where there is none.
 */
export function readKeyword(dialogue: Dialogue, text: string): Keyword | null {
  const [, first = '', rest = ''] = FIRST_WORD.exec(text.trim()) ?? [];
  const word = first.toUpperCase();
  let glued: Keyword | null = null;
  for (const flow of dialogue.flows.values()) {
    for (const [language, { keywords }] of Object.entries(flow.words)) {
      if (!isLanguage(language)) continue;
      for (const keyword of keywords) {
        if (word === keyword) return { flow: flow.name, language, value: value(rest) };
        if (flow.takesValue && word.startsWith(keyword)) {
          glued = { flow: flow.name, language, value: value(first.slice(keyword.length) + rest) };
        }
      }
    }
  }
  return glued;
}

/** Shorter ones are too near to names and words that people mean: Anna to ANZA, more to MOVE. */
const SHORTEST_MISTYPED = 5;

/**
 * What an SMS begins: the flow of its keyword; where it is a keyword with a slip in it, such as
 * JISAJIRI, the question whether that was meant; and the help where it is neither. Null where it answers
 * the dialogue that is open.
 */
export function openingOf(dialogue: Dialogue, text: string, isOpen: boolean): Opening | null {
  const keyword = readKeyword(dialogue, text);
  if (keyword) return keyword;
  const meant = mistyped(dialogue, text, isOpen);
  if (meant !== null) return { flow: 'mistyped', value: meant };
  return isOpen ? null : { flow: 'help' };
}

/** The keyword that a text is but for one letter. What answers a question is one only where it stands alone. */
function mistyped(dialogue: Dialogue, text: string, isOpen: boolean): string | null {
  const [, first = '', rest = ''] = FIRST_WORD.exec(text.trim()) ?? [];
  const word = first.toUpperCase();
  for (const { takesValue, words } of dialogue.flows.values()) {
    if (value(rest) !== '' && (isOpen || !takesValue)) continue;
    const near = Object.values(words)
      .flatMap(({ keywords }) => keywords)
      .find((keyword) => keyword.length >= SHORTEST_MISTYPED && distance(keyword, word) === 1);
    if (near !== undefined) return near;
  }
  return null;
}

/** The keyword that a text begins with, as it is written there, and nothing of what follows. */
export function keywordAlone(dialogue: Dialogue, text: string): string | null {
  const [, word = ''] = FIRST_WORD.exec(text.trim()) ?? [];
  return readKeyword(dialogue, word)?.value === '' ? word : null;
}

function value(rest: string): string {
  return rest.replace(/^[\s.:,=!-]+/, '').trim();
}
