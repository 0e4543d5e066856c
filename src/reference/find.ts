import type { Language } from '../dialogue/languages.js';
import type { Item } from './item.js';

/** How one name is compared: without case, accents, dashes, spaces and other marks. */
type Comparable = {
  readonly whole: string;
  /** From its second word on, from its third, and so forth. */
  readonly tails: readonly string[];
};

/** Items live as long as their list is kept, so their names are made comparable once. */
const comparables = new WeakMap<Item, ReadonlyMap<string, Comparable>>();

/** What people put around a name to say what it is the name of. */
const kindBefore = /^(?:benki|kaunti(?: ndogo)?|tawi|bank|county|branch) (?:ya|la|of) /;
const kindAfter = / (?:bank|(?:sub ?)?county|branch)$/;

/**
 * The items that a person may mean: the one of that number; or else those of exactly that name, in
 * any language; or else those whose name begins so, or else has a word that begins so, in the language of
 * who says it before the others: `M` is Male in English, and Mume or Mke in Swahili.
 * Where there is none, the same again without words such as the `bank` of `Equity bank`. Empty
 * where nothing fits.
 */
export function findItems(
  items: readonly Item[],
  said: string,
  language?: Language,
): readonly Item[] {
  const numbered = findNumbered(items, said);
  return numbered.length > 0 ? numbered : findNamed(items, said, language);
}

/** The item of that number, as one replies it. */
export function findNumbered(items: readonly Item[], said: string): readonly Item[] {
  const number = /^\s*(\d{1,9})\s*[.)]?\s*$/.exec(said)?.[1];
  return number === undefined ? [] : items.filter((item) => item.number === +number);
}

/** The same by name alone: who has not seen the list cannot mean a place in it. */
export function findNamed(
  items: readonly Item[],
  said: string,
  language?: Language,
): readonly Item[] {
  const words = wordsOf(said);
  const named = itemsNamed(items, words.join(''), language);
  if (named.length > 0) return named;
  const spoken = words.join(' ');
  const bare = spoken.replace(kindBefore, '').replace(kindAfter, '');
  return bare === spoken ? [] : itemsNamed(items, bare.replaceAll(' ', ''), language);
}

/**
 * The items whose key, an official code, is this number: written in full, or with more zeros before it. Bank
 * `7` is none, for it may be a place in a list as well as `07`.
 */
export function findCoded(items: readonly Item[], said: string): readonly Item[] {
  const code = /^\s*(\d{1,9})\s*$/.exec(said)?.[1];
  if (code === undefined) return [];
  return items.filter(({ key }) => code.endsWith(key) && +code === +key);
}

function itemsNamed(
  items: readonly Item[],
  said: string,
  language: Language | undefined,
): readonly Item[] {
  if (said === '') return [];
  const begins = ({ whole }: Comparable) => whole.startsWith(said);
  const hasWord = ({ tails }: Comparable) => tails.some((tail) => tail.startsWith(said));
  const inAny = (fits: (name: Comparable) => boolean) => (item: Item) =>
    [...comparablesOf(item).values()].some(fits);
  const inOwn = (fits: (name: Comparable) => boolean) => (item: Item) => {
    const name = language && comparablesOf(item).get(language);
    return name !== undefined && fits(name);
  };
  const ways = [
    inAny(({ whole }) => whole === said),
    ...[inOwn(begins), inOwn(hasWord)],
    ...[inAny(begins), inAny(hasWord)],
  ];
  for (const fits of ways) {
    const found = items.filter(fits);
    if (found.length > 0) return found;
  }
  return [];
}

function comparablesOf(item: Item): ReadonlyMap<string, Comparable> {
  const known = comparables.get(item);
  if (known) return known;
  const made = new Map(
    Object.entries(item.name).map(([language, name]) => [language, comparable(name)]),
  );
  comparables.set(item, made);
  return made;
}

function comparable(name: string): Comparable {
  const words = wordsOf(name);
  return {
    whole: words.join(''),
    tails: words.slice(1).map((_, index) => words.slice(index + 1).join('')),
  };
}

/** In small letters without accents; an apostrophe is within a word, as in Murang'a. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}'\u2018\u2019\u02bc`\u00b4]/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
