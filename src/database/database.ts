import type { Knex } from 'knex';

export type DatabaseConfig =
  | { readonly kind: 'postgresql'; readonly url: string }
  | { readonly kind: 'embedded'; readonly folder: string };

/** An open database. Both kinds answer in the same types: see `column-types.ts`. */
export type Database = {
  readonly kind: DatabaseConfig['kind'];
  readonly db: Knex;
  /**
   * Runs `work` with every statement on one session of its own and without the time limit on
   * statements: for migrations, whose lock belongs to the session and goes when the session goes.
   */
  onOneSession<T>(work: (db: Knex) => Promise<T>): Promise<T>;
  /** Ends every session. May be called again: the same promise comes back. */
  close(): Promise<void>;
};
