import type { Knex } from 'knex';
import type { Language } from '../dialogue/languages.js';
import { alike, type Named } from '../dialogue/named.js';
import type { ListedItem } from '../dialogue/world.js';
import type { Item } from '../reference/items.js';
import { findCoded, findItems, findNamed, findNumbered, listItems } from '../reference/items.js';
import type { Known } from './detail.js';
import { type DetailName, detailOf, narrowedBy } from './details.js';
import type { Values } from './profile.js';

/** What an answer comes to, its detail's list consulted. */
export type Judgement =
  | {
      readonly kind: 'good';
      /** What is kept: for an item of a list, its key. */
      readonly value: string;
      /** What the value is called; unmasked. */
      readonly text: Named;
      /** A question to ask first: the value is unusual. */
      readonly doubt: Named | null;
    }
  | { readonly kind: 'several'; readonly items: readonly Item[] }
  | { readonly kind: 'bad'; readonly expects: Named };

/** An answer: `values` is the profile as it is, `year` the year in Kenya. */
export type About = {
  readonly detail: DetailName;
  readonly said: string;
  readonly values: Values;
  readonly year: number;
  /** That of who answers; the others are looked in after it. */
  readonly language?: Language;
  /**
   * The numbers of the items that were shown, where not all were: another number is then a code, where the
   * list has codes, and no place in it. Who was shown some means one of them.
   */
  readonly shown?: readonly number[];
};

/** Judges an answer with the list that its detail is chosen from as it is now. */
export async function judge(db: Knex, about: About): Promise<Judgement> {
  return judgeAmong(await itemsOf(db, about.detail, about.values), about);
}

/**
 * Judges an answer by its detail's definition: an item of its list by number, name or first letters,
 * anything else by its rule. Pure.
 */
export function judgeAmong(items: readonly Item[], about: About): Judgement {
  const { list, rule, expects } = detailOf(about.detail);
  const said = about.said.trim();
  if (list) {
    const [first, ...others] = said === '' ? [] : itemsMeant(items, about);
    if (first && others.length > 0) return { kind: 'several', items: [first, ...others] };
    if (first) return { kind: 'good', value: first.key, text: first.name, doubt: null };
    if (!list.orTyped) return { kind: 'bad', expects };
  }
  const known: Known = { values: about.values, year: about.year };
  const reading = rule(said, known);
  if ('fault' in reading) return { kind: 'bad', expects: reading.fault ?? expects };
  const { value, doubt = null } = reading;
  return { kind: 'good', value, text: alike(value), doubt };
}

function itemsMeant(
  items: readonly Item[],
  { detail, said, shown, language }: About,
): readonly Item[] {
  if (!shown) return findItems(items, said, language);
  const seen = items.filter(({ number }) => shown.includes(number));
  const numbered = findNumbered(seen, said);
  if (numbered.length > 0) return numbered;
  const coded = detailOf(detail).list?.coded
    ? findCoded(shown.length > 0 ? seen : items, said)
    : [];
  return coded.length > 0 ? coded : findNamed(items, said, language);
}

/** The list that a detail is chosen from, narrowed by what it hangs on; empty where it has none, or none yet. */
export async function itemsOf(
  db: Knex,
  detail: DetailName,
  values: Values,
): Promise<readonly Item[]> {
  const { list } = detailOf(detail);
  if (!list) return [];
  const parent = narrowedBy(detail);
  if (!parent) return listItems(db, list.name);
  const value = values[parent];
  return value === undefined ? [] : listItems(db, list.name, value);
}

/** Items as callers choose from them. */
export function listed(items: readonly Item[], language: Language): ListedItem[] {
  return items.map(({ number, name }) => ({ number, label: name[language] }));
}
