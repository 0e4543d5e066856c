import type { Knex } from 'knex';

/** Rows that one statement deletes: few enough that nobody waits for it. */
export const BATCH = 1_000;

/**
 * Deletes the oldest of some rows, a batch at most, and tells how many: a full batch may not have been
 * all. What somebody else holds or deletes at the same time is left out. `column` has an index.
 */
export async function deleteOldest(
  db: Knex,
  table: string,
  column: string,
  which: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<number> {
  const oldest = which(db(table))
    .orderBy(column)
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .select('ctid');
  // By their places: a join could be planned as a search through all rows.
  return db(table).whereRaw('ctid = any (array(?))', [oldest]).delete();
}
