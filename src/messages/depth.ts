import type { Knex } from 'knex';

/** What the outbox still has to send. */
export type OutboxDepth = {
  readonly queued: number;
  readonly sending: number;
  /** When the first of them is, or was, due: long past means that nobody sends. */
  readonly oldestDueAt: Date | null;
};

type Row = { state: 'queued' | 'sending'; count: number; oldest: Date | null };

/** Counts what waits in the outbox, for the metrics. */
export async function outboxDepth(db: Knex): Promise<OutboxDepth> {
  // State by state and spelt out, as the indexes on what waits are.
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select 'queued' as state, count(*) as count, min(due_at) as oldest from messages where state = 'queued'
     union all
     select 'sending', count(*), min(due_at) from messages where state = 'sending'`,
  );
  const countOf = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  const oldest = Math.min(...rows.flatMap((row) => row.oldest?.getTime() ?? []));
  return {
    queued: countOf('queued'),
    sending: countOf('sending'),
    oldestDueAt: Number.isFinite(oldest) ? new Date(oldest) : null,
  };
}
