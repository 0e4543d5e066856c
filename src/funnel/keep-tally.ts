import type { Transaction } from '../database/transaction.js';
import type { Tally } from './tally.js';

/** Adds a tally to what has been counted before. */
export async function keepTally(trx: Transaction, tally: Tally): Promise<void> {
  await trx.raw(
    `insert into funnel_calls as known
       (day, channel, language, currency, calls, finished, tasks, gave_up, cut_off, cost)
     select day, channel, language, currency, calls, finished, tasks, "gaveUp", "cutOff", cost
     from json_to_recordset(?::json) as i (day date, channel text, language text, currency text,
       calls bigint, finished bigint, tasks bigint, "gaveUp" bigint, "cutOff" bigint, cost numeric)
     on conflict (day, channel, language, currency) do update set
       calls = known.calls + excluded.calls, finished = known.finished + excluded.finished,
       tasks = known.tasks + excluded.tasks, gave_up = known.gave_up + excluded.gave_up,
       cut_off = known.cut_off + excluded.cut_off, cost = known.cost + excluded.cost`,
    [JSON.stringify(tally.calls)],
  );
  await trx.raw(
    `insert into funnel_flows as known
       (day, flow, channel, language, currency, started, finished, gave_up, cut_off, cost)
     select day, flow, channel, language, currency, started, finished, "gaveUp", "cutOff", cost
     from json_to_recordset(?::json) as i (day date, flow text, channel text, language text, currency text,
       started bigint, finished bigint, "gaveUp" bigint, "cutOff" bigint, cost numeric)
     on conflict (day, flow, channel, language, currency) do update set
       started = known.started + excluded.started, finished = known.finished + excluded.finished,
       gave_up = known.gave_up + excluded.gave_up, cut_off = known.cut_off + excluded.cut_off,
       cost = known.cost + excluded.cost`,
    [JSON.stringify(tally.flows)],
  );
  await trx.raw(
    `insert into funnel_screens as known
       (day, flow, state, topic, channel, language, reached, shown, slips, gave_up, cut_off, stopped, times)
     select day, flow, state, topic, channel, language, reached, shown, slips, "gaveUp", "cutOff", stopped, times
     from json_to_recordset(?::json) as i (day date, flow text, state text, topic text, channel text,
       language text, reached bigint, shown bigint, slips bigint, "gaveUp" bigint, "cutOff" bigint,
       stopped bigint, times bigint[])
     on conflict (day, flow, state, topic, channel, language) do update set
       reached = known.reached + excluded.reached, shown = known.shown + excluded.shown,
       slips = known.slips + excluded.slips, gave_up = known.gave_up + excluded.gave_up,
       cut_off = known.cut_off + excluded.cut_off, stopped = known.stopped + excluded.stopped,
       times = (
         select array_agg(coalesce(a, 0) + coalesce(b, 0) order by n)
         from unnest(known.times, excluded.times) with ordinality as pair (a, b, n)
       )`,
    [JSON.stringify(tally.screens)],
  );
}
