import type { Knex } from 'knex';
import type { ListName } from '../profile/detail.js';
import type { Item } from './item.js';

export { findItems } from './find.js';
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
  return row ? toItem(row) : null;
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
  return rows.map(toItem);
}

function toItem(row: ItemRow): Item {
  return { key: row.key, number: row.number, name: { en: row.name_en, sw: row.name_sw } };
}
