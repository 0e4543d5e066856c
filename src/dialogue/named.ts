import { type FoundingLanguage, inEveryLanguage, type Language } from './languages.js';
import { fill, translatedSentence } from './pack.js';

/** A text in each language. */
export type Named = Readonly<Record<Language, string>>;

/** A text as it is written beside what it names. */
export type Written = Readonly<Record<FoundingLanguage, string>>;

/** A text that stands at a place, in each language; what it quotes in braces filled in. */
export function named(
  place: string,
  written: Written,
  values: Readonly<Record<string, string | number>> = {},
): Named {
  const filled = (text: string) => fill(text, (name) => String(values[name]));
  return inEveryLanguage({ en: filled(written.en), sw: filled(written.sw) }, (pack) =>
    filled(translatedSentence(pack, place, written.en)),
  );
}

/** What is the same in each language: a value, a name. */
export function alike(text: string): Named {
  return inEveryLanguage({ en: text, sw: text }, () => text);
}
