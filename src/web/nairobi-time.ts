import { inEveryLanguage, type Language } from '../dialogue/languages.js';

const locales = { en: 'en-GB', sw: 'sw-KE' };

function formats(
  options: Intl.DateTimeFormatOptions,
): Readonly<Record<Language, Intl.DateTimeFormat>> {
  const format = (locale: string) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'Africa/Nairobi', ...options });
  return inEveryLanguage({ en: format(locales.en), sw: format(locales.sw) }, ({ locale }) =>
    format(locale),
  );
}

const dates = formats({ day: 'numeric', month: 'long', year: 'numeric' });
const times = formats({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** The day in Kenya, written out: `4 May 2026`, `4 Mei 2026`. */
export function dateInKenya(at: Date, language: Language): string {
  return dates[language].format(at);
}

/** The time of day in Kenya by the 24-hour clock, as phones show it: `14:05`. */
export function timeInKenya(at: Date, language: Language): string {
  return times[language].format(at);
}
