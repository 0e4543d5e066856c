import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { septets } from '../src/dialogue/gsm.js';
import { named, type Written } from '../src/dialogue/named.js';
import type { ListName } from '../src/profile/detail.js';
import type { Item } from '../src/reference/item.js';
import { type Row, readCsv } from '../src/reference/read-csv.js';

/** The file that a list is filled from at first; from the root of the project, where programs and tests run. */
export function seedText(list: ListName): string {
  return readFileSync(join('src', 'reference', 'seed', `${list}.csv`), 'utf8');
}

const read = new Map<ListName, readonly Row[]>();

/** The lines of that file, without a database. */
export function seedRows(list: ListName): readonly Row[] {
  const rows = read.get(list) ?? readCsv(seedText(list)).rows;
  read.set(list, rows);
  return rows;
}

/** The same as items, of a parent where the list has parents. */
export function seedItems(list: ListName, parent = ''): readonly Item[] {
  return seedRows(list)
    .filter((row) => row.parent === parent)
    .map(({ key, number, name }) => ({
      key,
      number: number ?? 0,
      name: named(`reference.${list}.${key}`, name),
    }));
}

/** In each language, the name that takes the most room on a screen. */
export function longestName(items: readonly { readonly name: Written }[]): Written {
  const longest = (language: keyof Written) =>
    items.reduce<string>(
      (so, { name }) => (septets(name[language]) > septets(so) ? name[language] : so),
      '',
    );
  return { en: longest('en'), sw: longest('sw') };
}
