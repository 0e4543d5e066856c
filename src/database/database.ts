import type { Knex } from 'knex';

export type DatabaseConfig =
  | { readonly kind: 'postgresql'; readonly url: string }
  | { readonly kind: 'embedded'; readonly folder: string };

/** An open database. Both kinds answer in the same types: see `column-types.ts`. */
export type Database = {
  readonly kind: DatabaseConfig['kind'];
  readonly db: Knex;
  /**
   * For the statements that every turn needs: connections of their own, whose planner takes an index
   * wherever there is one. Its own guess would be a scan while a table is small, and a prepared
   * statement keeps it long after the table has grown.
   */
  readonly hot: Knex;
  /**
   * Runs `work` with every statement on one session of its own and without the time limit on
   * statements: for migrations, whose lock belongs to the session and goes when the session goes.
   */
  onOneSession<T>(work: (db: Knex) => Promise<T>): Promise<T>;
  /** Ends every session. May be called again: the same promise comes back. */
  close(): Promise<void>;
};

/** A database that is on its way. */
export type Opening = { readonly opened: Promise<Database> };
