import type { Knex } from 'knex';
import type { MessageFailure, MessageState } from './message.js';

/** What became of the SMS of a day in Kenya, through one network. Nothing in it is about anybody. */
export type Share = {
  /** `2026-11-24`, by when they were written. */
  readonly day: string;
  /** The carrier's word: of the delivery report, or else of the number's last call; null where neither has told. */
  readonly network: string | null;
  readonly count: number;
  readonly byState: Readonly<Partial<Record<MessageState, number>>>;
  /** Of those that failed. */
  readonly byFailure: Readonly<Partial<Record<MessageFailure, number>>>;
};

type Row = {
  day: string;
  network: string | null;
  state: MessageState;
  failure: MessageFailure | null;
  count: number;
};

/** Counts the SMS written since an instant by day, network and fate: the last day first, each with its networks in order. */
export async function readShares(db: Knex, since: Date): Promise<readonly Share[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select (m.created_at at time zone 'Africa/Nairobi')::date as day,
       coalesce(m.network, c.network) as network, m.state,
       case when m.state = 'failed' then m.failure end as failure, count(*) as count
     from messages m join callers c on c.phone = m.phone
     where m.created_at >= :since
     group by 1, 2, 3, 4
     order by 1 desc, 2 nulls last, 3, 4`,
    { since },
  );
  const shares = new Map<string, Share>();
  for (const { day, network, state, failure, count } of rows) {
    const key = `${day} ${network ?? ''}`;
    const share = shares.get(key) ?? { day, network, count: 0, byState: {}, byFailure: {} };
    shares.set(key, {
      ...share,
      count: share.count + count,
      byState: { ...share.byState, [state]: (share.byState[state] ?? 0) + count },
      byFailure: failure ? { ...share.byFailure, [failure]: count } : share.byFailure,
    });
  }
  return [...shares.values()];
}
