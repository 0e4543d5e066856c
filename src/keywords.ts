import type { Dialogue } from './dialogue/dialogue.js';
import { isLanguage, type Language } from './dialogue/languages.js';

/** An SMS that asks for a flow by its keyword. */
export type Keyword = {
  readonly flow: string;
  /** The language that the keyword belongs to: whoever texts JISAJILI is answered in Swahili. */
  readonly language: Language;
  /** What follows the keyword, trimmed. */
  readonly value: string;
};

/**
 * Reads the keyword off an SMS, in any letter case. It is the first word, whatever follows; where
 * the flow takes a value, the value may be glued to it (`PROFILENAME Jane`), as people do.
 * Returns null where there is none.
 */
export function readKeyword(dialogue: Dialogue, text: string): Keyword | null {
  const [, first = '', rest = ''] = /^[^\p{L}\d]*(\p{L}+)(.*)$/su.exec(text.trim()) ?? [];
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

/** The keyword that a text begins with, as it is written there, and nothing of what follows. */
export function keywordAlone(dialogue: Dialogue, text: string): string | null {
  const [, word = ''] = /^[^\p{L}\d]*(\p{L}+)/u.exec(text.trim()) ?? [];
  return readKeyword(dialogue, word)?.value === '' ? word : null;
}

function value(rest: string): string {
  return rest.replace(/^[\s.:,=!-]+/, '').trim();
}
