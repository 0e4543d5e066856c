import type { Knex } from 'knex';

/** The input whose wrong ID was counted last: at another process it may be judged a second time, and counts once. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table identity_failures add column input_digest bytea');
}
