import type { Knex } from 'knex';
import { isInTheWay } from './database-errors.js';

/**
 * An open transaction. A function that takes one writes only together with its caller's other
 * writes; one that takes `Knex` stands alone. Only {@link inTransaction} makes them.
 */
export type Transaction = Knex.Transaction & { readonly Transaction: unique symbol };

/**
 * Runs `work` in one transaction: commits when it resolves, rolls back when it rejects, and is
 * settled only after that. Never use `db` inside `work`: on the embedded database it would wait
 * for the transaction that waits for it.
 *
 * Of two that wait for each other the database breaks one off, and one that waits too long; it is run
 * again, so `work` must leave nothing behind but what it has written in the transaction.
 *
 * @param tries 1 for who runs it again by themselves.
 */
export async function inTransaction<T>(
  db: Knex,
  work: (transaction: Transaction) => Promise<T>,
  tries = 3,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // The brand exists for the compiler only.
      return await db.transaction((transaction) => work(transaction as Transaction));
    } catch (error) {
      if (attempt >= tries || !isInTheWay(error)) throw error;
    }
  }
}
