import { type Named, named } from '../dialogue/named.js';
import { readYesOrNo } from '../dialogue/yes-and-no.js';
import { readPhone } from '../phone-number.js';
import type { Known, Rule } from './detail.js';

/** The rules of the domain's table, each reading an answer as a person gives it. Pure. */

const OLDEST = 90;
const YOUNGEST = 18;
const YOUNGEST_AT_WORK = 15;
const YOUNGEST_IN_COURSE = 10;
const LONGEST_COURSE_AHEAD = 6;

/** What is said of answers that are wrong or unusual in a way of their own. */
export const faults = {
  companyPin: {
    en: 'P is for companies. Yours begins with A',
    sw: 'P ni ya kampuni. Yako huanza na A',
  },
  tscNumber: {
    en: '4 to 8 digits for TSC, as in 345678',
    sw: 'Tarakimu 4 hadi 8 kwa TSC, mfano 345678',
  },
  startedTooYoung: {
    en: 'You would be under {age} when work began in {year}. Change that year first',
    sw: 'Ungekuwa chini ya miaka {age} ulipoanza kazi {year}. Badilisha mwaka huo kwanza',
  },
  studiedTooYoung: {
    en: 'You would be under {age} when study began in {year}. Change those years first',
    sw: 'Ungekuwa chini ya miaka {age} ulipoanza masomo {year}. Badilisha miaka hiyo kwanza',
  },
  startedBefore: {
    en: 'You were under {age} in {year}. A year since then, as in 2015',
    sw: 'Ulikuwa chini ya miaka {age} mwaka {year}. Mwaka baada ya hapo, mfano 2015',
  },
  yearAhead: {
    en: 'No later than this year, as in 2015',
    sw: 'Si baada ya mwaka huu, mfano 2015',
  },
  spanBackwards: {
    en: 'The earlier year comes first, as in 2008-2011',
    sw: 'Mwaka wa kwanza hutangulia, mfano 2008-2011',
  },
  spanAhead: {
    en: 'Begun by this year, over in {years} years at most, as in 2008-2011',
    sw: 'Ulianza kufikia mwaka huu, mwisho ndani ya miaka {years}, mfano 2008-2011',
  },
  spanTooYoung: {
    en: 'You were under {age} in {year}. From and to year, as in 2008-2011',
    sw: 'Ulikuwa chini ya miaka {age} mwaka {year}. Mfano 2008-2011',
  },
  unusualLength: {
    en: '{bank} numbers have {digits} digits, yours has {given}. Keep it?',
    sw: 'Nambari za {bank} zina tarakimu {digits}, hii {given}. Iachwe?',
  },
} as const;

/** What stands between the parts of a text, as phones and word processors write it. */
function plain(written: string): string {
  return written
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02bc`´]/g, "'")
    .replace(/[\u201c-\u201f]/g, '"')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What people say before a number: `No. 345678`, `nambari 345678`. */
const numberWords = /^\s*(?:(?:no|nr|num|number|nambari)\b[\s.:=-]*)+/i;

/** Without the word for a number that people put before one. */
function withoutNumberWord(written: string): string {
  return written.replace(numberWords, '');
}

/** A number of letters and digits in which dashes count, in capitals and without spaces. */
export function bareCode(written: string): string {
  return withoutNumberWord(written).replace(/\s/g, '').toUpperCase();
}

/** Without the spaces, dots and dashes that people put into numbers, and the word before them. */
export function bare(written: string): string {
  return withoutNumberWord(written)
    .replace(/[\s.\u00a0\u2010-\u2015-]/g, '')
    .toUpperCase();
}

/** A value of a fixed form, without the spaces and dashes that people put into it. */
export function matching(pattern: RegExp, clean: (written: string) => string = bare): Rule {
  return (written) => {
    const value = clean(written);
    return pattern.test(value) ? { value } : { fault: null };
  };
}

/** That there is none, which only an e-mail address may be. */
const none = /^(?:none|nil|n\/a|no|hakuna|sina|-)\.?$/i;

/** What is no value where it is a yes or a no, which answers another question, or says that there is none. */
export function noAnswer(rule: Rule): Rule {
  return (written, known) =>
    readYesOrNo(written) || none.test(written.trim()) ? { fault: null } : rule(written, known);
}

/** A person's name: letters, spaces, apostrophes, dashes, dots; 2 to 60 characters. */
export const personName = noAnswer(
  matching(/^(?=.{2,60}$)\p{L}[\p{L}\p{M}'. -]*[\p{L}\p{M}]\.?$/u, plain),
);

/** Any short text that has a letter in it: an institution, a course. */
export const shortText = noAnswer(
  matching(/^(?=.{2,60}$)(?=.*\p{L})[\p{L}\p{M}\p{N}'"&().,/: +-]+$/u, plain),
);

/** A KRA PIN of a person; a company's begins with P, which is said. */
export const kraPin: Rule = (written) => {
  const value = bare(written);
  if (/^A\d{9}[A-Z]$/.test(value)) return { value };
  if (!/^P\d{9}[A-Z]$/.test(value)) return { fault: null };
  return saying('companyPin');
};

/** A mail address, or that there is none. */
export const email: Rule = (written) => {
  const value = written.trim().toLowerCase();
  if (none.test(value)) return { value: 'none' };
  const right =
    value.length <= 100 && /^[^\s@,;<>()"\\]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(value);
  return right ? { value } : { fault: null };
};

/** A Kenyan mobile number, kept in canonical form. */
export const phone: Rule = (written) => {
  const value = readPhone(written);
  return value ? { value } : { fault: null };
};

/**
 * The year of birth of somebody who is 18 to 90 in the present year, and was not a child in the years
 * that are kept: those are put right first, for any later year fits.
 */
export const yearOfBirth: Rule = (written, { year, values }) => {
  const value = written.trim();
  const born = Number(value);
  const age = year - born;
  if (!/^\d{4}$/.test(value) || age < YOUNGEST || age > OLDEST) return { fault: null };
  const started = Number(values['yearStarted'] ?? year);
  if (started < born + YOUNGEST_AT_WORK) {
    return saying('startedTooYoung', { year: started, age: YOUNGEST_AT_WORK });
  }
  const studied = Number(values['studied']?.split('-')[0] ?? year);
  if (studied < born + YOUNGEST_IN_COURSE) {
    return saying('studiedTooYoung', { year: studied, age: YOUNGEST_IN_COURSE });
  }
  return { value };
};

/** A year of working life: from the fifteenth year of age up to the present year. */
export const yearStarted: Rule = (written, known) => {
  const value = written.trim();
  if (!/^\d{4}$/.test(value)) return { fault: null };
  if (Number(value) > known.year) return saying('yearAhead');
  if (Number(value) < yearOfAge(YOUNGEST_AT_WORK, known)) {
    return saying('startedBefore', { year: value, age: YOUNGEST_AT_WORK });
  }
  return { value };
};

/** From one year to another, `2008-2011`; a course may still be running. */
export const yearSpan: Rule = (written, known) => {
  const years = /^(\d{4})(?:\s*(?:-|–|—|to|hadi|\s)\s*(\d{4}))$/i.exec(written.trim());
  if (!years) return { fault: null };
  const [from, to] = [Number(years[1]), Number(years[2])];
  if (to < from) return saying('spanBackwards');
  if (from > known.year || to > known.year + LONGEST_COURSE_AHEAD) {
    return saying('spanAhead', { years: LONGEST_COURSE_AHEAD });
  }
  if (from < yearOfAge(YOUNGEST_IN_COURSE, known)) {
    return saying('spanTooYoung', { year: from, age: YOUNGEST_IN_COURSE });
  }
  return { value: `${from}-${to}` };
};

/** TSC numbers have 4 to 8 digits; any other employer's has letters, digits, / and -, up to 20. */
export const employmentNumber = noAnswer((written, { values }) => {
  const value = bareCode(written);
  if (values['employer'] === 'tsc')
    return /^\d{4,8}$/.test(value) ? { value } : saying('tscNumber');
  return /^(?=.*[A-Z0-9])[A-Z0-9/-]{1,20}$/.test(value) ? { value } : { fault: null };
});

/** The usual length of the account numbers of some banks, by bank code; nobody publishes them. */
const usualLengths: Readonly<Record<string, { bank: string; digits: number }>> = {
  '68': { bank: 'Equity', digits: 13 },
  '01': { bank: 'KCB', digits: 10 },
  '11': { bank: 'Co-op', digits: 14 },
  '03': { bank: 'Absa', digits: 10 },
  '07': { bank: 'NCBA', digits: 10 },
  '02': { bank: 'Standard Chartered', digits: 13 },
};

/** 6 to 16 digits; a length that is unusual for the bank is doubted and not refused. */
export const account: Rule = (written, { values }) => {
  const value = bare(written);
  if (!/^\d{6,16}$/.test(value)) return { fault: null };
  const usual = usualLengths[values['bank'] ?? ''];
  if (!usual || usual.digits === value.length) return { value };
  const { bank, digits } = usual;
  return {
    value,
    doubt: named('profile.faults.unusualLength', faults.unusualLength, {
      ...{ bank, digits, given: value.length },
    }),
  };
};

/** For what can only be chosen from its list. */
export const onlyListed: Rule = () => ({ fault: null });

/** The year in which somebody reached an age; of whom no year of birth is known, the earliest that it may be. */
function yearOfAge(age: number, { values, year }: Known): number {
  return Number(values['yearOfBirth'] ?? year - OLDEST) + age;
}

function saying(
  fault: keyof typeof faults,
  parts: Readonly<Record<string, string | number>> = {},
): { readonly fault: Named } {
  return { fault: named(`profile.faults.${fault}`, faults[fault], parts) };
}
