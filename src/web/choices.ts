import type { Knex } from 'knex';
import type { Language } from '../dialogue/languages.js';
import type { Group } from '../profile/detail.js';
import { type DetailName, detailOf, detailsIn, narrowedBy } from '../profile/details.js';
import { itemsOf } from '../profile/judge.js';
import type { Values } from '../profile/profile.js';
import { type Item, itemOf, listItems } from '../reference/items.js';

/** What a detail is chosen from: one lot, or a lot for each item of the list that it depends on. */
export type Choices = readonly { readonly of: Item | null; readonly items: readonly Item[] }[];

/** How a detail is asked for on a page. */
export type Asked = 'typed' | 'chosen' | 'typedOrChosen';

export function askedAs(detail: DetailName): Asked {
  const { list } = detailOf(detail);
  if (!list) return 'typed';
  return list.orTyped ? 'typedOrChosen' : 'chosen';
}

/**
 * What a detail is chosen from, given the profile as it is. While nobody knows the county yet, every
 * sub-county is there under its county, so that one choice gives both.
 */
export async function choicesFor(db: Knex, detail: DetailName, values: Values): Promise<Choices> {
  const parent = narrowedBy(detail);
  if (parent && values[parent] === undefined && askedAs(detail) === 'chosen') {
    return choicesByParent(db, detail, parent);
  }
  return [{ of: null, items: await itemsOf(db, detail, values) }];
}

/** The item of the parent's list under which a key is found, or null. */
export async function parentOfKey(db: Knex, detail: DetailName, key: string): Promise<Item | null> {
  const parent = narrowedBy(detail);
  if (!parent) return null;
  const lots = await choicesByParent(db, detail, parent);
  return lots.find(({ items }) => items.some((item) => item.key === key))?.of ?? null;
}

async function choicesByParent(db: Knex, detail: DetailName, parent: DetailName) {
  const [list, parents] = [detailOf(detail).list, detailOf(parent).list];
  if (!list || !parents) return [];
  const lots = (await listItems(db, parents.name)).map(async (of) => ({
    of,
    items: await listItems(db, list.name, of.key),
  }));
  return Promise.all(lots);
}

/** A group's values as people read them: items by their names, also those that were retired since. */
export async function shownValues(
  db: Knex,
  values: Values,
  group: Group,
  language: Language,
): Promise<Values> {
  const shown: Partial<Record<DetailName, string>> = {};
  for (const detail of detailsIn(group)) {
    const value = values[detail];
    if (value === undefined) continue;
    const { list } = detailOf(detail);
    const item = list && (await itemOf(db, list.name, value));
    shown[detail] = item ? item.name[language] : value;
  }
  return shown;
}
