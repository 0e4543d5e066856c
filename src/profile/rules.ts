import { named } from '../dialogue/named.js';
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
    sw: 'tarakimu 4 hadi 8 kwa TSC, mfano 345678',
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
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Without the spaces, dots and dashes that people put into numbers. */
function bare(written: string): string {
  return written.replace(/[\s.\u00a0\u2010-\u2015-]/g, '').toUpperCase();
}

/** A value of a fixed form, without the spaces and dashes that people put into it. */
export function matching(pattern: RegExp, clean: (written: string) => string = bare): Rule {
  return (written) => {
    const value = clean(written);
    return pattern.test(value) ? { value } : { fault: null };
  };
}

/** A person's name: letters, spaces, apostrophes, dashes, dots; 2 to 60 characters. */
export const personName = matching(/^(?=.{2,60}$)\p{L}[\p{L}\p{M}'. -]*[\p{L}\p{M}]\.?$/u, plain);

/** Any short text that has a letter in it: an institution, a course. */
export const shortText: Rule = matching(
  /^(?=.{2,60}$)(?=.*\p{L})[\p{L}\p{M}\p{N}'"&().,/: +-]+$/u,
  plain,
);

/** A KRA PIN of a person; a company's begins with P, which is said. */
export const kraPin: Rule = (written) => {
  const value = bare(written);
  if (/^A\d{9}[A-Z]$/.test(value)) return { value };
  if (!/^P\d{9}[A-Z]$/.test(value)) return { fault: null };
  return { fault: named('profile.faults.companyPin', faults.companyPin) };
};

/** A mail address, or that there is none. */
export const email: Rule = (written) => {
  const value = written.trim().toLowerCase();
  if (/^(?:none|no|hakuna|sina|-)$/.test(value)) return { value: 'none' };
  const right =
    value.length <= 100 && /^[^\s@,;<>()"\\]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(value);
  return right ? { value } : { fault: null };
};

/** A Kenyan mobile number, kept in canonical form. */
export const phone: Rule = (written) => {
  const value = readPhone(written);
  return value ? { value } : { fault: null };
};

/** The year of birth of somebody who is 18 to 90 in the present year. */
export const yearOfBirth: Rule = (written, { year }) => {
  const value = written.trim();
  const age = year - Number(value);
  return /^\d{4}$/.test(value) && age >= YOUNGEST && age <= OLDEST ? { value } : { fault: null };
};

/** A year of working life: from the fifteenth year of age up to the present year. */
export const yearStarted: Rule = (written, known) => {
  const value = written.trim();
  return /^\d{4}$/.test(value) && isSince(YOUNGEST_AT_WORK, Number(value), known)
    ? { value }
    : { fault: null };
};

/** From one year to another, `2008-2011`; a course may still be running. */
export const yearSpan: Rule = (written, known) => {
  const years = /^(\d{4})(?:\s*(?:-|–|—|to|hadi|\s)\s*(\d{4}))$/i.exec(written.trim());
  const [from, to] = [Number(years?.[1]), Number(years?.[2])];
  const right =
    isSince(YOUNGEST_IN_COURSE, from, known) &&
    to >= from &&
    to <= known.year + LONGEST_COURSE_AHEAD;
  return years && right ? { value: `${from}-${to}` } : { fault: null };
};

/** TSC numbers have 4 to 8 digits; any other employer's has letters, digits, / and -, up to 20. */
export const employmentNumber: Rule = (written, { values }) => {
  const value = written.replace(/\s/g, '').toUpperCase();
  if (values['employer'] === 'tsc')
    return /^\d{4,8}$/.test(value)
      ? { value }
      : { fault: named('profile.faults.tscNumber', faults.tscNumber) };
  return /^(?=.*[A-Z0-9])[A-Z0-9/-]{1,20}$/.test(value) ? { value } : { fault: null };
};

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

function isSince(age: number, year: number, known: Known): boolean {
  const born = Number(known.values['yearOfBirth'] ?? known.year - OLDEST);
  return year >= born + age && year <= known.year;
}
