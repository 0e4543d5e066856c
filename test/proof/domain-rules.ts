import { seedRows } from '../../proof/seeds.js';
import type { DetailName } from '../../src/profile/details.js';
import type { Values } from '../../src/profile/profile.js';

/**
 * The domain's table once more, said apart from the code that keeps to it: what a value that was
 * saved has to be, given the values that were there.
 */
export function breaksItsRule(
  detail: DetailName,
  value: string,
  values: Values,
  year: number,
): boolean {
  return !rules[detail](value, values, year);
}

type Check = (value: string, values: Values, year: number) => boolean;

const matches =
  (pattern: RegExp): Check =>
  (value) =>
    pattern.test(value);

const name = matches(/^\p{L}[\p{L}\p{M}'. -]{0,58}[\p{L}\p{M}.]$/u);
const text: Check = (value) => /^[^<>=;*\p{C}]{2,60}$/u.test(value) && /\p{L}/u.test(value);

const keys = (list: Parameters<typeof seedRows>[0], of?: DetailName): Check => {
  const parents = new Map(seedRows(list).map(({ key, parent }) => [key, parent]));
  return (value, values) => parents.has(value) && (!of || parents.get(value) === values[of]);
};

/** From so many years after the birth, or after the earliest birth that there may be. */
const since = (age: number, at: number, { yearOfBirth }: Values, year: number) =>
  at >= Number(yearOfBirth ?? year - 90) + age;

const isDesignation = keys('designations');

const rules: Readonly<Record<DetailName, Check>> = {
  fullName: name,
  yearOfBirth: (value, _, year) =>
    /^\d{4}$/.test(value) && +value >= year - 90 && +value <= year - 18,
  gender: matches(/^(?:male|female)$/),
  nationalId: matches(/^\d{6,9}$/),
  kraPin: matches(/^A\d{9}[A-Z]$/),
  nssf: matches(/^\d{7,10}$/),
  sha: matches(/^[A-Z0-9-]{6,20}$/),
  email: matches(/^(?=.{4,100}$)(?:none|[^\s@]+@[a-z0-9.-]+\.[a-z]{2,})$/),
  bank: keys('banks'),
  branch: text,
  account: matches(/^\d{6,16}$/),
  level: keys('levels'),
  college: text,
  course: text,
  studied: (value, values, year) => {
    const [from = 0, to = 0] = value.split('-').map(Number);
    return (
      /^\d{4}-\d{4}$/.test(value) && from <= to && to <= year + 6 && since(10, from, values, year)
    );
  },
  employer: keys('employers'),
  employmentNumber: (value, { employer }) =>
    employer === 'tsc' ? /^\d{4,8}$/.test(value) : /^[A-Z0-9/-]{1,20}$/.test(value),
  workplace: text,
  designation: (value, values, year) =>
    isDesignation(value, values, year) || text(value, values, year),
  yearStarted: (value, values, year) =>
    /^\d{4}$/.test(value) && +value <= year && since(15, +value, values, year),
  county: matches(/^(?:[1-9]|[1-3]\d|4[0-7])$/),
  subCounty: keys('sub-counties', 'county'),
  kinName: name,
  kinPhone: matches(/^254[17]\d{8}$/),
  kinRelationship: keys('relationships'),
};
