import type { Knex } from 'knex';
import type { Language } from '../dialogue/languages.js';
import type { Channel } from '../sessions.js';
import { noTimes, type Times } from './times.js';

/** Which calls to look at. */
export type Scope = {
  /** Days in Kenya, `2026-11-24`, both included. */
  readonly from: string;
  readonly to: string;
  /** Null: all of them. */
  readonly channel: Channel | null;
  readonly language: Language | null;
};

/** Calls by what has become of them; the rest came to an end without a task done. */
export type Calls = {
  readonly calls: number;
  readonly finished: number;
  readonly gaveUp: number;
  readonly cutOff: number;
};

/** What calls cost that the carrier has told the cost of, and the tasks that were done in them. */
export type Cost = { readonly currency: string; readonly amount: number; readonly tasks: number };

export type FlowFunnel = {
  readonly flow: string;
  /** Calls that came to it, those in which its task was done, and those that were left in it undone. */
  readonly started: number;
  readonly finished: number;
  readonly gaveUp: number;
  readonly cutOff: number;
  readonly costs: readonly Cost[];
  readonly languages: readonly {
    readonly language: Language;
    readonly started: number;
    readonly finished: number;
  }[];
  /** Those that most calls reached first. */
  readonly screens: readonly Screen[];
  /** Screens of one state that asks for many things, by what they ask for. */
  readonly questions: readonly (Screen & { readonly topic: string })[];
};

export type Screen = {
  readonly state: string;
  /** Calls that came to it, and how often it was shown. */
  readonly reached: number;
  readonly shown: number;
  /** Answers that it did not take. */
  readonly slips: number;
  /** Calls that were left at it: by the caller, by the network, by the caller with the task done. */
  readonly gaveUp: number;
  readonly cutOff: number;
  readonly stopped: number;
  readonly times: Times;
};

/** How often the screen was answered. */
export function answersTo({ times }: Screen): number {
  return times.reduce((sum, count) => sum + count, 0);
}

export type Funnel = {
  readonly scope: Scope;
  /** Calls that began until then are in it; null where none has been counted yet. */
  readonly countedUntil: Date | null;
  readonly total: Calls & { readonly tasks: number };
  readonly costs: readonly Cost[];
  readonly days: readonly (Calls & { readonly day: string })[];
  readonly languages: readonly (Calls & { readonly language: Language })[];
  readonly channels: readonly (Calls & { readonly channel: Channel })[];
  /** Those that most calls came to first. */
  readonly flows: readonly FlowFunnel[];
};

/** What callers have done, from what has been counted of them. */
export async function readFunnel(db: Knex, scope: Scope): Promise<Funnel> {
  const watermark: { until: Date | null } | undefined = await db('funnel_watermarks')
    .where({ channel: scope.channel ?? 'ussd' })
    .first('counted_until as until');
  const calls = await readCallCounts(db, scope);
  const sum = (rows: readonly CallRow[]) => ({
    calls: total(rows, 'calls'),
    finished: total(rows, 'finished'),
    gaveUp: total(rows, 'gave_up'),
    cutOff: total(rows, 'cut_off'),
  });
  return {
    scope,
    countedUntil: watermark?.until ?? null,
    total: { ...sum(calls), tasks: total(calls, 'tasks') },
    costs: costsOf(calls),
    days: grouped(calls, 'day').map(([day, rows]) => ({ day, ...sum(rows) })),
    languages: mostFirst(
      grouped(calls, 'language').map(([language, rows]) => ({ language, ...sum(rows) })),
    ),
    channels: mostFirst(
      grouped(calls, 'channel').map(([channel, rows]) => ({ channel, ...sum(rows) })),
    ),
    flows: await readFlows(db, scope),
  };
}

function mostFirst<Part extends Calls>(parts: readonly Part[]): Part[] {
  return parts.toSorted((one, other) => other.calls - one.calls);
}

type CallRow = {
  readonly day: string;
  readonly channel: Channel;
  readonly language: Language;
  readonly currency: string;
  readonly calls: number;
  readonly finished: number;
  readonly tasks: number;
  readonly gave_up: number;
  readonly cut_off: number;
  readonly cost: string;
};

function readCallCounts(db: Knex, scope: Scope): Promise<CallRow[]> {
  return within(db('funnel_calls'), scope).orderBy(['day', 'channel', 'language']);
}

function within(query: Knex.QueryBuilder, { from, to, channel, language }: Scope) {
  query.whereBetween('day', [from, to]);
  if (channel) query.where({ channel });
  if (language) query.where({ language });
  return query;
}

type FlowRow = {
  readonly flow: string;
  readonly language: Language;
  readonly currency: string;
  readonly started: number;
  readonly tasks: number;
  readonly gave_up: number;
  readonly cut_off: number;
  readonly cost: string;
};

async function readFlows(db: Knex, scope: Scope): Promise<FlowFunnel[]> {
  const rows: FlowRow[] = await within(db('funnel_flows'), scope)
    .groupBy('flow', 'language', 'currency')
    .orderBy(['flow', 'language'])
    .select('flow', 'language', 'currency', db.raw('sum(cost) as cost'))
    .select(
      sums(db, { started: 'started', finished: 'tasks', gave_up: 'gave_up', cut_off: 'cut_off' }),
    );
  const screens = await readScreens(db, scope);
  return grouped(rows, 'flow')
    .map(([flow, of]): FlowFunnel => {
      const own = screens.filter((screen) => screen.flow === flow);
      return {
        flow,
        started: total(of, 'started'),
        finished: total(of, 'tasks'),
        gaveUp: total(of, 'gave_up'),
        cutOff: total(of, 'cut_off'),
        costs: costsOf(of),
        languages: grouped(of, 'language').map(([language, some]) => ({
          language,
          started: total(some, 'started'),
          finished: total(some, 'tasks'),
        })),
        screens: own.filter(({ topic }) => topic === ''),
        questions: own.filter(({ topic }) => topic !== ''),
      };
    })
    .sort((one, other) => other.started - one.started);
}

type ScreenRow = Screen & { readonly flow: string; readonly topic: string };

async function readScreens(db: Knex, scope: Scope): Promise<ScreenRow[]> {
  const screen = ['flow', 'state', 'topic'] as const;
  const counted: Omit<ScreenRow, 'times'>[] = await within(db('funnel_screens'), scope)
    .groupBy(...screen)
    .orderBy([{ column: 'reached', order: 'desc' }, ...screen])
    .select(...screen)
    .select(
      sums(db, {
        ...{ reached: 'reached', shown: 'shown', slips: 'slips' },
        ...{ gave_up: 'gaveUp', cut_off: 'cutOff', stopped: 'stopped' },
      }),
    );
  const timed: { flow: string; state: string; topic: string; times: number[] }[] = await db
    .from(
      within(
        db('funnel_screens').joinRaw('cross join unnest(times) with ordinality as t (c, n)'),
        scope,
      )
        .groupBy(...screen, 'n')
        .select(...screen, 'n', db.raw('sum(c) as c'))
        .as('by_bound'),
    )
    .groupBy(...screen)
    .select(...screen, db.raw('json_agg(c order by n) as times'));
  const times = new Map(timed.map((row) => [keyOf(row), row.times]));
  return counted.map((row) => ({ ...row, times: times.get(keyOf(row)) ?? noTimes }));
}

function keyOf({ flow, state, topic }: Pick<ScreenRow, 'flow' | 'state' | 'topic'>): string {
  return [flow, state, topic].join(' ');
}

/** Sums of columns, each under a name, as whole numbers. */
function sums(db: Knex, columns: Readonly<Record<string, string>>): Knex.Raw[] {
  return Object.entries(columns).map(([column, name]) =>
    db.raw('sum(??)::bigint as ??', [column, name]),
  );
}

function total<Name extends string>(
  rows: readonly Readonly<Record<Name, number>>[],
  name: Name,
): number {
  return rows.reduce((sum, row) => sum + row[name], 0);
}

/** Costs by currency; calls whose cost nobody has told are left out, and so are their tasks. */
function costsOf(
  rows: readonly { readonly currency: string; readonly cost: string; readonly tasks: number }[],
): Cost[] {
  return grouped(rows, 'currency')
    .filter(([currency]) => currency !== '')
    .map(([currency, some]) => ({
      currency,
      amount: some.reduce((sum, { cost }) => sum + Number(cost), 0),
      tasks: total(some, 'tasks'),
    }));
}

/** Rows by one of their columns, in the order of first appearance. */
function grouped<
  Name extends string,
  Value extends string,
  Row extends Readonly<Record<Name, Value>>,
>(rows: readonly Row[], name: Name): [Row[Name], Row[]][] {
  const groups = new Map<Row[Name], Row[]>();
  for (const row of rows) groups.set(row[name], [...(groups.get(row[name]) ?? []), row]);
  return [...groups];
}
