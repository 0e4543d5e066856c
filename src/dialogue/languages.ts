import { packs } from '../../languages/list.js';
import type { Pack } from './pack.js';

/** The languages whose words stand beside what they are for, each with its own name for itself. */
const founding = { en: 'English', sw: 'Kiswahili' } as const;

export type FoundingLanguage = keyof typeof founding;

/** A language that people can choose, by ISO 639-1 code. */
export type Language = FoundingLanguage | (typeof packs)[number]['code'];

const allPacks: readonly Pack[] = packs;

/** The languages that people can choose, in the order of their menu, each with its own name for itself. */
export const languages = {
  ...founding,
  ...Object.fromEntries(allPacks.map(({ code, name }) => [code, name])),
} as Readonly<Record<Language, string>>;

export const languageCodes = Object.keys(languages) as readonly Language[];

export function isLanguage(code: unknown): code is Language {
  return typeof code === 'string' && Object.hasOwn(languages, code);
}

/** Something in each language: what is given in the founding ones, and what `make` makes of each pack. */
export function inEveryLanguage<T>(
  given: Readonly<Record<FoundingLanguage, T>>,
  make: (pack: Pack) => T,
): Readonly<Record<Language, T>> {
  return {
    ...given,
    ...Object.fromEntries(allPacks.map((pack) => [pack.code, make(pack)])),
  } as Record<Language, T>;
}
