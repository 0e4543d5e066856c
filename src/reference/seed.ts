import { readFile } from 'node:fs/promises';
import type { Knex } from 'knex';
import { inTransaction } from '../database/transaction.js';
import { type ListName, listNames } from '../profile/detail.js';
import { forgetLists } from './items.js';

/**
 * Fills the lists that have no item yet from the files in `seed/`, so that the service is useful at
 * once. What an operator has loaded is left alone. Several processes may call it at the same time.
 */
export async function seedReference(db: Knex): Promise<void> {
  const seeds = await Promise.all((await emptyLists(db)).map(readSeed));
  const useful = seeds.filter(({ text }) => text.trim().includes('\n'));
  if (useful.length === 0) return;
  // Nearly no start needs it.
  const { loadInto, waitForOtherLoads } = await import('./load.js');
  await inTransaction(db, async (trx) => {
    await waitForOtherLoads(trx);
    const empty = await emptyLists(trx);
    for (const { list, text } of useful) if (empty.includes(list)) await loadInto(trx, list, text);
  });
  forgetLists(db);
}

/** In the order of {@link listNames}: parents come before what belongs to them. */
async function emptyLists(db: Knex): Promise<ListName[]> {
  const filled = new Set<string>(await db('reference_items').distinct('list').pluck('list'));
  return listNames.filter((list) => !filled.has(list));
}

async function readSeed(list: ListName): Promise<{ list: ListName; text: string }> {
  return { list, text: await readFile(new URL(`seed/${list}.csv`, import.meta.url), 'utf8') };
}
