import knex, { type Knex } from 'knex';
import PGliteClient from 'knex-pglite';
import { prepareValue } from 'pg/lib/utils.js';
import type { Engine } from './engine.js';
import { knexDefaults } from './knex-defaults.js';

/** What Knex hands to its client together with the database's answer. */
type Answered = {
  readonly method?: string | undefined;
  readonly response: { readonly rows: unknown[]; readonly affectedRows?: number };
};

type AnsweringClient = Knex.Client & {
  prepBindings(bindings?: readonly unknown[]): unknown[];
  processResponse(answered: Answered, runner: unknown): unknown;
};

// Knex's types leave out most of what its clients may override.
const AnsweringClient = PGliteClient as unknown as Omit<typeof Knex.Client, 'prototype'> &
  (new (
    config: Knex.Config,
  ) => AnsweringClient);

/** knex-pglite, where its answers differ from those of Knex on PostgreSQL. */
class EmbeddedClient extends AnsweringClient {
  /** Values go to both kinds of database in the same words. Knex does this more than once, which changes nothing. */
  override prepBindings(bindings: readonly unknown[] = []): unknown[] {
    return bindings.map((value) => prepareValue(value));
  }

  override processResponse(answered: Answered, runner: unknown): unknown {
    // It does not know Knex's own word for a delete, and would return its raw answer, not a count.
    const method = answered.method === 'del' ? 'delete' : answered.method;
    // It counts the rows that a statement has changed; PostgreSQL also those that it has read.
    const { response } = answered;
    const affectedRows = Math.max(response.rows.length, response.affectedRows ?? 0);
    return super.processResponse(
      { ...answered, method, response: { ...response, affectedRows } },
      runner,
    );
  }
}

/** Knex on an engine that is started already. */
export function openKnex(engine: Engine): Knex {
  // Knex has no type for this client's connection.
  const connection = { pglite: engine } as unknown as Knex.StaticConnectionConfig;
  return knex({
    ...knexDefaults,
    client: EmbeddedClient,
    connection,
    acquireConnectionTimeout: 10_000,
  });
}
