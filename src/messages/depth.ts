import type { Knex } from 'knex';

/** What the outbox still has to send. */
export type OutboxDepth = {
  readonly queued: number;
  readonly sending: number;
  /** When the first of them is, or was, due: long past means that nobody sends. */
  readonly oldestDueAt: Date | null;
};

/** Counts what waits in the outbox, for the metrics. */
export async function outboxDepth(db: Knex): Promise<OutboxDepth> {
  const rows: { state: 'queued' | 'sending'; count: number; oldest: Date }[] = await db('messages')
    .whereIn('state', ['queued', 'sending'])
    .groupBy('state')
    .select('state', db.raw('count(*) as count'), db.raw('min(due_at) as oldest'));
  const countOf = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  const oldest = Math.min(...rows.map((row) => row.oldest.getTime()));
  return {
    queued: countOf('queued'),
    sending: countOf('sending'),
    oldestDueAt: rows.length > 0 ? new Date(oldest) : null,
  };
}
