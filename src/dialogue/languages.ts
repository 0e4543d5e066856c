/** The languages that people can choose, by ISO 639-1 code, each with its own name for itself. */
export const languages = { en: 'English', sw: 'Kiswahili' } as const;

export type Language = keyof typeof languages;

export function isLanguage(code: unknown): code is Language {
  return typeof code === 'string' && Object.hasOwn(languages, code);
}
