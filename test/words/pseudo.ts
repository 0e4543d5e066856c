import type { Pack, Sentence } from '../../src/dialogue/pack.js';

/**
 * A language that nobody speaks: English with each sentence in angle brackets and its number in
 * front, `<12:Back>`, so that what is not a translation is seen, and which translations were shown.
 */
export function pseudoPack(english: readonly Sentence[]): Pack {
  const words = english.map(({ place, text }, index) => {
    const isKeywords = /\.(?:keywords|sms)$/.test(place);
    const pseudo = isKeywords ? text.replace(/\w+/g, 'XX$&') : `<${index}:${text}>`;
    return [place, [text, pseudo]] as const;
  });
  return { code: 'xx', name: '<Pseudo>', locale: 'en-GB', words: Object.fromEntries(words) };
}

/** What of a text is no translation: what is left without the sentences in brackets, from the inside out. */
export function untranslated(text: string): string {
  const less = text.replace(/<[^<>]*>/g, '');
  return less === text ? less : untranslated(less);
}

/** The numbers of the sentences that a text shows. */
export function shownIn(text: string): readonly number[] {
  return [...text.matchAll(/<(\d+):/g)].map(([, number]) => Number(number));
}
