/** A language in one file: everything that people read in it, by where it is read. */
export type Pack = {
  /** ISO 639-1. */
  readonly code: string;
  /** Its own name for itself, without letters that GSM 03.38 lacks. */
  readonly name: string;
  /** How dates are written: a BCP 47 tag, `fr-FR`. */
  readonly locale: string;
  /** By place: the English text that was translated, and the translation; empty where there is none yet. */
  readonly words: Readonly<Record<string, readonly [english: string, translation: string]>>;
};

/** Texts as they stand in the code: single, listed, in groups, or made from values in the order of English. */
export type Texts =
  | string
  | readonly Texts[]
  | { readonly [name: string]: Texts }
  | ((...values: never[]) => string);

/** One text with what it quotes in braces, `{phone} is not registered yet.` */
export type Sentence = { readonly place: string; readonly text: string };

/** The sentences of some texts, by place. What is nothing but quotations needs no translator. */
export function sentencesIn(place: string, texts: Texts): readonly Sentence[] {
  if (typeof texts === 'string' || isKeywords(place)) {
    const text = typeof texts === 'string' ? texts : (texts as readonly string[]).join(' ');
    return hasWords(text) ? [{ place, text }] : [];
  }
  if (typeof texts === 'function') return [{ place, text: templateOf(texts) }];
  return Object.entries(texts).flatMap(([name, inner]) => sentencesIn(`${place}.${name}`, inner));
}

/** The same texts in the language of a pack; English where it has no translation. */
export function translated<T extends Texts>(pack: Pack, place: string, english: T): T {
  return translate(pack, place, english) as T;
}

/** One sentence in the language of a pack. */
export function translatedSentence(pack: Pack, place: string, english: string): string {
  return pack.words[place]?.[1] || english;
}

function translate(pack: Pack, place: string, english: Texts): Texts {
  if (typeof english === 'string') return translatedSentence(pack, place, english);
  if (typeof english === 'function') {
    const translation = pack.words[place]?.[1];
    if (!translation) return english;
    const names = parametersOf(english);
    return (...values: unknown[]) =>
      fill(translation, (name) => String(values[names.indexOf(name)]));
  }
  if (isKeywords(place)) {
    const words = (english as readonly string[]).join(' ');
    return translatedSentence(pack, place, words).split(' ').filter(Boolean);
  }
  if (Array.isArray(english)) {
    return english.map((inner, index) => translate(pack, `${place}.${index}`, inner));
  }
  return Object.fromEntries(
    Object.entries(english).map(([name, inner]) => [
      name,
      translate(pack, `${place}.${name}`, inner),
    ]),
  );
}

/** Words that people text: of any number, so they are one text, with spaces between them. */
function isKeywords(place: string): boolean {
  return /\.(?:keywords|sms)$/.test(place);
}

function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\{[\w.]+\}/g, ''));
}

/** Puts values into a text that quotes them by name. */
export function fill(text: string, told: (name: string) => string): string {
  return text.includes('{') ? text.replace(/\{([\w.]+)\}/g, (_, name: string) => told(name)) : text;
}

/** What a text quotes, by name. */
export function quotedIn(text: string): readonly string[] {
  return [...text.matchAll(/\{([\w.]+)\}/g)].map(([, name = '']) => name);
}

function templateOf(text: (...values: never[]) => string): string {
  const marks = parametersOf(text).map((name) => `{${name}}` as never);
  return text(...marks);
}

/** The names of a function's parameters: they name what a translator may quote. */
function parametersOf(text: (...values: never[]) => string): readonly string[] {
  const [, list = ''] = /^\(?([^)=]*)\)?\s*=>/.exec(text.toString()) ?? [];
  return list.split(',').map((name) => name.trim());
}
