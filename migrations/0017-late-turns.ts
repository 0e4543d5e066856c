import type { Knex } from 'knex';

/*
 * Turns whose callers were told that they go on without them, until they are through. What is left of
 * a process that was killed meanwhile is told that it was not done.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    `create table late_turns (
      phone text not null,
      input_digest bytea not null,
      language text not null,
      told_at timestamptz not null,
      primary key (phone, input_digest)
    )`,
  );
  await knex.raw('create index on late_turns (told_at)');
}
