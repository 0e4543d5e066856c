import type { Knex } from 'knex';

/**
 * An open transaction. A function that takes one writes only together with its caller's other
 * writes; one that takes `Knex` stands alone. Only {@link inTransaction} makes them.
 */
export type Transaction = Knex.Transaction & { readonly Transaction: unique symbol };

/**
 * Runs `work` in one transaction: commits when it resolves, rolls back when it rejects, and is
 * settled only after that. Never use `db` inside `work`: on the embedded database it would wait
 * for the transaction that waits for it.
 */
export function inTransaction<T>(
  db: Knex,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  // The brand exists for the compiler only.
  return db.transaction((transaction) => work(transaction as Transaction));
}
