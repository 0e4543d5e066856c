import type { Knex } from 'knex';
import { inTransaction } from '../database/transaction.js';
import { kenyanDay } from '../dialogue/kenyan-time.js';
import type { Channel } from '../sessions.js';
import { keepTally } from './keep-tally.js';
import { type PastCall, type PastTurn, tally } from './tally.js';

const MINUTE_MS = 60 * 1000;

/**
 * How long after its beginning a dialogue is over, whatever has become of it. No carrier keeps a call
 * open for more than three minutes, and five minutes of silence end it for us; its event follows within
 * seconds. An exchange of SMS can be gone on with for a day.
 */
const OVER_AFTER_MS: Readonly<Record<Channel, number>> = {
  ussd: 10 * MINUTE_MS,
  web: 10 * MINUTE_MS,
  sms: 24 * 60 * MINUTE_MS,
};

/** Calls that one transaction counts: some tenths of a second on the embedded database. */
const BATCH = 250;

export type CountingOptions = {
  /** Between two batches, so that callers do not feel it. */
  readonly pause: () => Promise<void>;
  /** Stops it after the present batch; the next time goes on from there. */
  readonly stopping: AbortSignal;
};

/**
 * Counts the dialogues that are over by now and have not been counted yet. Any number of processes
 * may do it at once: of two that count the same calls, one keeps its count.
 */
export async function countCalls(db: Knex, at: Date, options: CountingOptions): Promise<void> {
  for (const [channel, overAfter] of Object.entries(OVER_AFTER_MS) as [Channel, number][]) {
    const until = new Date(at.getTime() - overAfter);
    while (!options.stopping.aborted && (await countBatch(db, channel, until))) {
      await options.pause();
    }
  }
}

/** Counts the next calls that began up to an instant. Whether there may be more. */
async function countBatch(db: Knex, channel: Channel, until: Date): Promise<boolean> {
  const after = await countedUntil(db, channel);
  if (after >= until) return false;
  const sessions = () =>
    db('sessions').where({ channel }).where('started_at', '>', after).orderBy('started_at');
  const last: { started_at: Date } | undefined = await sessions()
    .where('started_at', '<=', until)
    .offset(BATCH - 1)
    .first('started_at');
  const upTo = last?.started_at ?? until;
  const calls = await readCalls(db, channel, { after, upTo });
  await inTransaction(db, async (trx) => {
    const moved = await trx('funnel_watermarks')
      .where({ channel, counted_until: after })
      .update({ counted_until: upTo });
    if (moved === 1) await keepTally(trx, tally(calls));
  });
  return last !== undefined;
}

/** Up to when the calls of a channel, by when they began, have been counted. */
async function countedUntil(db: Knex, channel: Channel): Promise<Date> {
  const known = () =>
    db('funnel_watermarks').where({ channel }).first('counted_until') as Promise<
      { counted_until: Date } | undefined
    >;
  const row = await known();
  if (row) return row.counted_until;
  const counted_until = new Date(0);
  await db('funnel_watermarks').insert({ channel, counted_until }).onConflict('channel').ignore();
  return (await known())?.counted_until ?? counted_until;
}

type Row = {
  readonly id: number;
  readonly language: PastCall['language'];
  readonly started_at: Date;
  readonly ended_as: PastCall['endedAs'];
  readonly cost: string | null;
  readonly cost_currency: string | null;
  readonly flow: string;
  readonly state: string;
  readonly topic: string | null;
  readonly slipped: boolean;
  readonly finished: string | null;
  readonly ended: boolean;
  readonly taken_at: Date;
};

/** Some of the calls of a channel, with their turns, which are found by the phone. */
async function readCalls(
  db: Knex,
  channel: Channel,
  { after, upTo }: { readonly after: Date; readonly upTo: Date },
): Promise<PastCall[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select s.id, s.language, s.started_at, s.ended_as, s.cost, s.cost_currency,
       t.flow, t.state, t.topic, t.slipped, t.finished, t.ended, t.taken_at
     from sessions s
     join lateral (select * from turns where phone = s.phone and session_id = s.id offset 0) t on true
     where s.channel = ? and s.started_at > ? and s.started_at <= ?
     order by s.started_at, s.id, t.number`,
    [channel, after, upTo],
  );
  const calls = new Map<number, PastCall & { readonly turns: PastTurn[] }>();
  for (const row of rows) {
    const call = calls.get(row.id) ?? {
      ...{ day: kenyanDay(row.started_at), channel, language: row.language, turns: [] },
      endedAs: row.ended_as,
      cost: costOf(row),
    };
    calls.set(row.id, call);
    call.turns.push({
      ...{ flow: row.flow, state: row.state, topic: row.topic, slipped: row.slipped },
      ...{ finished: row.finished, ended: row.ended, at: row.taken_at },
    });
  }
  return [...calls.values()];
}

/** Carriers may leave the currency out; what they take in then is not known, but that they do. */
function costOf({ cost, cost_currency }: Row): PastCall['cost'] {
  return cost === null ? null : { amount: Number(cost), currency: cost_currency ?? '?' };
}
