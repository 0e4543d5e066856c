import type { Knex } from 'knex';
import { named } from '../dialogue/named.js';
import type { ListName } from '../profile/detail.js';
import type { Item } from './item.js';

export { findCoded, findItems, findNamed, findNumbered } from './find.js';
export type { Item } from './item.js';

/** A monotonic clock, in milliseconds. */
export type Clock = () => number;

type ItemRow = {
  readonly key: string;
  readonly number: number;
  readonly name_en: string;
  readonly name_sw: string;
};

type Cached = { readonly until: number; readonly items: Promise<readonly Item[]> };

/** How long a list is believed: what another process has loaded is seen no later than this. */
const BELIEVED_MS = 30_000;

/** By database, since a transaction may see what nobody else does; and then by list and parent. */
const caches = new WeakMap<Knex, Map<string, Cached>>();

/**
 * The items of a list that are not retired, by number: of a list without parents all of them,
 * otherwise those that belong to the parent of the given key. Kept in the process for half a minute.
 */
export function listItems(
  db: Knex,
  list: ListName,
  parent = '',
  clock: Clock = () => performance.now(),
): Promise<readonly Item[]> {
  const now = clock();
  const cache = caches.get(db) ?? new Map<string, Cached>();
  caches.set(db, cache);
  const place = `${list}/${parent}`;
  const cached = cache.get(place);
  if (cached && now < cached.until) return cached.items;

  for (const [other, { until }] of cache) if (now >= until) cache.delete(other);
  const items = readItems(db, list, parent);
  const entry = { until: now + BELIEVED_MS, items };
  cache.set(place, entry);
  items.catch(() => {
    if (cache.get(place) === entry) cache.delete(place);
  });
  return items;
}

/** An item by its key, retired or not; null where the list never had it. */
export async function itemOf(db: Knex, list: ListName, key: string): Promise<Item | null> {
  const row: ItemRow | undefined = await db('reference_items').where({ list, key }).first(columns);
  return row ? toItem(list, row) : null;
}

/** Makes the next {@link listItems} read the database again. */
export function forgetLists(db: Knex): void {
  caches.delete(db);
}

const columns = ['key', 'number', 'name_en', 'name_sw'] as const;

async function readItems(db: Knex, list: ListName, parent: string): Promise<readonly Item[]> {
  const rows: ItemRow[] = await db('reference_items')
    .where({ list, parent, retired: false })
    .orderBy('number')
    .select(columns);
  return rows.map((row) => toItem(list, row));
}

/** The two names are the operator's data; a pack may have its own for an item, and has the English one otherwise. */
function toItem(list: ListName, { key, number, name_en: en, name_sw: sw }: ItemRow): Item {
  return { key, number, name: named(`reference.${list}.${key}`, { en, sw }) };
}
