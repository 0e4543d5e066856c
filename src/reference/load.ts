import type { Knex } from 'knex';
import { inTransaction, type Transaction } from '../database/transaction.js';
import type { ListName } from '../profile/detail.js';
import { detailNames, detailOf, isDetailName } from '../profile/details.js';
import { forgetLists } from './items.js';
import { type Plan, planLoad, type StoredItem } from './plan.js';
import { type Fault, readCsv } from './read-csv.js';

/** How many items a load has added, changed, retired and left as they were. */
export type Loaded = {
  readonly added: number;
  readonly changed: number;
  readonly retired: number;
  readonly unchanged: number;
};

/** Nothing of a file was loaded; the message names every bad line and what is expected there. */
export class BadListError extends Error {
  override readonly name = 'BadListError';
  readonly faults: readonly Fault[];

  constructor(list: ListName, faults: readonly Fault[]) {
    const sorted = faults.toSorted((one, other) => one.line - other.line);
    const lines = sorted.map(({ line, expected }) => `  line ${line}: expected ${expected}`);
    super(`Nothing of ${list} was loaded:\n${lines.join('\n')}`);
    this.faults = sorted;
  }
}

/** So that one statement is neither huge nor slow. */
const ITEMS_A_STATEMENT = 5_000;

/**
 * Loads a list from CSV in one transaction: adds what is new, changes what is different. Items that
 * the file does not have stay, or are retired where it is to `replace` the list. The same file again
 * changes nothing. Loads wait for each other, in whatever process.
 *
 * @throws BadListError with every fault of the file, and then nothing is loaded.
 */
export async function loadCsv(
  db: Knex,
  list: ListName,
  text: string,
  { replace = false }: { readonly replace?: boolean } = {},
): Promise<Loaded> {
  const loaded = await inTransaction(db, async (trx) => {
    await waitForOtherLoads(trx);
    return loadInto(trx, list, text, replace);
  });
  forgetLists(db);
  return loaded;
}

/** The same, in the transaction of a caller that has {@link waitForOtherLoads waited}. */
export async function loadInto(
  trx: Transaction,
  list: ListName,
  text: string,
  replace = false,
): Promise<Loaded> {
  const { rows, faults } = readCsv(text);
  if (replace && rows.length === 0 && faults.length === 0) {
    throw new BadListError(list, [{ line: 2, expected: 'an item: nothing would be left' }]);
  }
  const stored = { items: await storedItems(trx, list), parents: await parentsFor(trx, list) };
  const { plan, faults: clashes } = planLoad(rows, stored, replace);
  if (faults.length + clashes.length > 0) throw new BadListError(list, [...faults, ...clashes]);
  await carryOut(trx, list, plan);
  const { added, changed, retire, unchanged } = plan;
  return { added, changed, retired: retire.length, unchanged };
}

/** Holds off every other load until the end of the transaction. */
export async function waitForOtherLoads(trx: Transaction): Promise<void> {
  // A large list may take another process longer than any statement of a turn may.
  await trx.raw(`set local statement_timeout = 0`);
  await trx.raw(`select pg_advisory_xact_lock(hashtext('cp2-gateway reference'))`);
}

async function storedItems(trx: Transaction, list: ListName): Promise<StoredItem[]> {
  return trx('reference_items')
    .where({ list })
    .select('key', 'parent', 'number', 'name_en', 'name_sw', 'retired');
}

async function parentsFor(trx: Transaction, list: ListName) {
  const parents = parentListOf(list);
  if (parents === null) return null;
  const keys: string[] = await trx('reference_items').where({ list: parents }).pluck('key');
  return { list: parents, keys: new Set(keys) };
}

/** The list to whose items a list's items belong, as the details have it; null where to none. */
function parentListOf(list: ListName): ListName | null {
  for (const name of detailNames) {
    const own = detailOf(name).list;
    if (own?.name !== list || !isDetailName(own.of)) continue;
    return detailOf(own.of).list?.name ?? null;
  }
  return null;
}

async function carryOut(trx: Transaction, list: ListName, plan: Plan): Promise<void> {
  for (let from = 0; from < plan.write.length; from += ITEMS_A_STATEMENT) {
    const items = JSON.stringify(plan.write.slice(from, from + ITEMS_A_STATEMENT));
    await trx.raw(
      `insert into reference_items (list, key, parent, number, name_en, name_sw)
       select ?::text, key, parent, number, name_en, name_sw from json_to_recordset(?::json)
         as item (key text, parent text, number integer, name_en text, name_sw text)
       on conflict (list, key) do update set
         parent = excluded.parent, number = excluded.number,
         name_en = excluded.name_en, name_sw = excluded.name_sw, retired = false`,
      [list, items],
    );
  }
  if (plan.retire.length === 0) return;
  // An array is looked up in the index; a list of rows may be planned as a search for each in all.
  await trx.raw(
    `update reference_items set retired = true
     where list = ? and key = any(array(select json_array_elements_text(?::json)))`,
    [list, JSON.stringify(plan.retire)],
  );
}
