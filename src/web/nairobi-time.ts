import type { Language } from '../dialogue/languages.js';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', sw: 'sw-KE' };

function formats(options: Intl.DateTimeFormatOptions): Record<Language, Intl.DateTimeFormat> {
  const format = (language: Language) =>
    new Intl.DateTimeFormat(locales[language], { timeZone: 'Africa/Nairobi', ...options });
  return { en: format('en'), sw: format('sw') };
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
