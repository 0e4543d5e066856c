import type { Knex } from 'knex';
import type { ListName } from '../profile/detail.js';
import type { StoredItem } from './plan.js';
import { columns } from './read-csv.js';

/** A list as a file that can be loaded again: its items that are not retired, by parent and number. */
export async function writeCsv(db: Knex, list: ListName): Promise<string> {
  const items: StoredItem[] = await db('reference_items')
    .where({ list, retired: false })
    .orderByRaw('length(parent), parent, number')
    .select(columns);
  const lines = items.map((item) => columns.map((column) => field(item[column])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
