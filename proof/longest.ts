import { septets } from '../src/dialogue/gsm.js';
import type { Language } from '../src/dialogue/languages.js';
import type { ListedItem } from '../src/dialogue/world.js';
import { type DetailName, detailNames, detailOf } from '../src/profile/details.js';
import { masked } from '../src/profile/masking.js';
import { seedItems, seedRows } from './seeds.js';

/** A name as long as the rule lets through, in letters that are wide as well. */
export const LONGEST_NAME = `${'Wanjiku-Muthoni '.repeat(3)}Njeri-Kamau`
  .slice(0, 59)
  .padEnd(60, 'W');
const LONGEST_LOADED_NAME = 40;

/** The longest that may be typed for a detail; the rule of each has the last word, see {@link longestShown}. */
const longestTyped: Readonly<Partial<Record<DetailName, string>>> = {
  fullName: LONGEST_NAME,
  yearOfBirth: '1985',
  nationalId: '123456789',
  kraPin: 'A012345678Z',
  nssf: '2012345678',
  sha: 'CR12345678901234567W',
  email: `${'wanjiku.'.repeat(9)}kamau@examinations.go.ke.`.slice(0, 96).padEnd(100, '.com'),
  branch: LONGEST_NAME,
  account: '0123456789012345',
  college: LONGEST_NAME,
  course: LONGEST_NAME,
  studied: '2008-2011',
  employmentNumber: 'PF/2026/ABCDEFGH-012',
  workplace: LONGEST_NAME,
  designation: LONGEST_NAME,
  yearStarted: '2015',
  kinName: LONGEST_NAME,
  kinPhone: '254712345678',
};

/** The list of a detail as callers get it; of those that hang on another, the one with the longest name. */
export function longestList(detail: DetailName, language: Language): readonly ListedItem[] {
  const list = detailOf(detail).list;
  if (!list) return [];
  const parents = [...new Set(seedRows(list.name).map(({ parent }) => parent))];
  // Nobody publishes the branches: an operator loads them, with names of any length that is allowed.
  if (parents.length === 0) return loadedList();
  const lists = parents.map((parent) =>
    seedItems(list.name, parent).map(({ number, name }) => ({ number, label: name[language] })),
  );
  const longest = (items: readonly ListedItem[]) =>
    Math.max(...items.map(({ label }) => septets(label)));
  return lists.reduce((so, one) => (longest(one) > longest(so) ? one : so));
}

function loadedList(): readonly ListedItem[] {
  return Array.from({ length: 7 }, (_, index) => ({
    number: index + 41,
    label: `Branch ${index + 1} `.padEnd(LONGEST_LOADED_NAME, 'W'),
  }));
}

/**
 * The longest that a screen shows of a detail: of a list its longest name, otherwise what the rule
 * lets through, masked where it has to be. Throws where the rule refuses what is given for it here.
 */
export function longestShown(detail: DetailName, language: Language): string {
  const { list, rule } = detailOf(detail);
  const typed = longestTyped[detail];
  const known = { values: {}, year: 2026 };
  if (typed !== undefined && 'fault' in rule(typed, known)) {
    throw new Error(`${typed} is not what ${detail} lets through: mend proof/longest.ts`);
  }
  if (typed === undefined && !list) {
    throw new Error(`proof/longest.ts has to say what may be typed for ${detail}`);
  }
  const listed = longestList(detail, language).map(({ label }) => label);
  const longest = [typed ?? '', ...listed].reduce((so, one) =>
    septets(one) > septets(so) ? one : so,
  );
  return masked(detail, longest);
}

/** A profile in which everything is filled in, and as long as it may be. */
export function longestProfile(language: Language): Readonly<Record<string, string>> {
  return Object.fromEntries(detailNames.map((name) => [name, longestShown(name, language)]));
}

/** What screens quote: the longest values that the configuration lets through. */
export const longestQuoted = {
  facts: {
    ussdCode: '*123456*789*123#',
    smsShortCode: '88888888',
    web: 'https://www.cp2.registration.knec.example.go.ke:84',
  },
  phone: '0712***678',
} as const;
