import type { Knex } from 'knex';
import { Counter, Gauge, type Registry } from 'prom-client';
import { readFunnel } from './read.js';
import { scopeOf } from './scope.js';
import { quantile } from './times.js';

/** What has been counted changes every few minutes. */
const FRESH_FOR_MS = 60 * 1000;

/** A line of a metric: its labels and its value. */
type Sample = { readonly labels: Readonly<Record<string, string>>; readonly value: number };

/** Each metric with its labels, and the query that gives one column for each label and `value`. */
const counters = {
  cp2_funnel_calls_total: {
    help: 'Calls that are over, by what has become of them',
    labels: ['channel', 'language', 'outcome'],
    query: `select channel, language, outcome, sum(n)::bigint as value from funnel_calls, lateral (values
      ('finished', finished), ('gave_up', gave_up), ('cut_off', cut_off),
      ('other', calls - finished - gave_up - cut_off)) as o (outcome, n) group by 1, 2, 3`,
  },
  cp2_funnel_cost_total: {
    help: 'What carriers have told that calls cost',
    labels: ['channel', 'currency'],
    query: `select channel, currency, sum(cost)::float8 as value from funnel_calls
      where currency <> '' group by 1, 2`,
  },
  cp2_funnel_flow_calls_total: {
    help: 'Calls that came to a flow, by what has become of them in it',
    labels: ['flow', 'channel', 'language', 'outcome'],
    query: `select flow, channel, language, outcome, sum(n)::bigint as value from funnel_flows, lateral (values
      ('finished', finished), ('gave_up', gave_up), ('cut_off', cut_off),
      ('other', started - finished - gave_up - cut_off)) as o (outcome, n) group by 1, 2, 3, 4`,
  },
  cp2_funnel_screen_calls_total: {
    help: 'Calls that came to a screen',
    labels: ['flow', 'state', 'channel', 'language'],
    query: `select flow, state, channel, language, sum(reached)::bigint as value from funnel_screens
      where topic = '' group by 1, 2, 3, 4`,
  },
  cp2_funnel_screen_left_total: {
    help: 'Calls that were left at a screen: given up, cut off by the network, or stopped with the task done',
    labels: ['flow', 'state', 'channel', 'language', 'how'],
    query: `select flow, state, channel, language, how, sum(n)::bigint as value from funnel_screens, lateral (values
      ('gave_up', gave_up), ('cut_off', cut_off), ('stopped', stopped)) as o (how, n)
      where topic = '' and n > 0 group by 1, 2, 3, 4, 5`,
  },
  cp2_funnel_slips_total: {
    help: 'Answers that a screen did not take',
    labels: ['flow', 'state', 'channel', 'language'],
    query: `select flow, state, channel, language, sum(slips)::bigint as value from funnel_screens
      where topic = '' group by 1, 2, 3, 4`,
  },
  cp2_funnel_question_slips_total: {
    help: 'Answers that were not taken, by what was asked',
    labels: ['flow', 'topic', 'channel', 'language'],
    query: `select flow, topic, channel, language, sum(slips)::bigint as value from funnel_screens
      where topic <> '' group by 1, 2, 3, 4`,
  },
} as const satisfies Readonly<
  Record<
    string,
    { readonly help: string; readonly labels: readonly string[]; readonly query: string }
  >
>;

/**
 * What callers do, as metrics. They are read from the database that all processes count into, so every
 * process has the same: take one's, or the greatest, never the sum.
 */
export function registerFunnelMetrics(registry: Registry, db: Knex, now: () => Date): void {
  const registers = [registry];
  for (const [name, { help, labels, query }] of Object.entries(counters)) {
    const read = remembering(now, () => samplesOf(db, query));
    new Counter({
      ...{ name, help, labelNames: labels, registers },
      async collect() {
        const samples = await read();
        this.reset();
        for (const { labels: of, value } of samples) this.inc(of, value);
      },
    });
  }
  const read = remembering(now, () => answerTimes(db, now()));
  new Gauge({
    name: 'cp2_funnel_answer_seconds',
    help: 'How long callers take to answer a screen, over the last seven days',
    labelNames: ['flow', 'state', 'quantile'],
    registers,
    async collect() {
      const samples = await read();
      this.reset();
      for (const { labels, value } of samples) this.set(labels, value);
    },
  });
}

async function samplesOf(db: Knex, query: string): Promise<Sample[]> {
  const { rows } = await db.raw<{ rows: Record<string, string | number>[] }>(query);
  return rows.map(({ value, ...labels }) => ({
    labels: labels as Record<string, string>,
    value: Number(value),
  }));
}

async function answerTimes(db: Knex, at: Date): Promise<Sample[]> {
  const scope = scopeOf({ days: '7', channel: null, language: null }, at);
  if (!scope) return [];
  const { flows } = await readFunnel(db, scope);
  return flows.flatMap(({ flow, screens }) =>
    screens.flatMap(({ state, times }) =>
      [0.5, 0.9].flatMap((share) => {
        const value = quantile(times, share);
        const labels = { flow, state, quantile: String(share) };
        return value === null ? [] : [{ labels, value }];
      }),
    ),
  );
}

/** The answer of a moment ago will do. */
function remembering<T>(now: () => Date, read: () => Promise<T>): () => Promise<T> {
  let known: { readonly answer: Promise<T>; readonly until: number } | null = null;
  return () => {
    const at = now().getTime();
    if (known && at < known.until) return known.answer;
    const answer = read();
    known = { answer, until: at + FRESH_FOR_MS };
    answer.catch(() => {
      known = null;
    });
    return answer;
  };
}
