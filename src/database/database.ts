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
  /** Resolves where the embedded database is gone while it is open: for good, so end. A server may come back. */
  readonly lost: Promise<Error>;
  /** Ends every session. May be called again: the same promise comes back. */
  close(): Promise<void>;
};

/** How sessions for {@link Database.hot} plan: by an index wherever there is one. */
export const HOT_PLANNING = ['enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off'];

/** A database that is on its way: in an object, or who awaits that it has begun would await all of it. */
export type Opening = { readonly opened: Promise<Database> };
