import type { Knex } from 'knex';

/**
 * Dialogues that were left open are closed the oldest first, without looking at those of today. By their start,
 * for it never changes: a turn still changes no index.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create index open_sessions_by_start on sessions (started_at) where open');
}
