import pg from 'pg';
import type { Query } from './queries.js';

/** A query that reads a table which grows with the callers from one end to the other. */
export type WholeRead = { readonly table: string; readonly how: string; readonly query: string };

/** What stays as it is, or grows by the day alone, however many people call. */
const STAYS_SMALL = /^(reference_items|knex_migrations\w*|funnel_\w+|pg_\w+)$/;
/** With fewer rows than this a table is read whole for good reason. */
const FEW_ROWS = 1_000;

type Plan = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
};

/**
 * Has PostgreSQL explain queries, without running them, and gives those that read a growing table whole.
 *
 * @param avoidWholeReads where the tables are too small for an index to pay: tells what has no index to go by.
 */
export async function findWholeReads(
  databaseUrl: string,
  queries: readonly Query[],
  { avoidWholeReads = false }: { readonly avoidWholeReads?: boolean } = {},
): Promise<WholeRead[]> {
  const found: WholeRead[] = [];
  for (const options of new Set(queries.map((query) => query.options))) {
    const client = new pg.Client({
      connectionString: databaseUrl,
      ...(options !== null && { options }),
    });
    await client.connect();
    try {
      if (avoidWholeReads) await client.query('set enable_seqscan = off');
      const exempt = new Set([
        ...(await partialIndexes(client)),
        ...(avoidWholeReads ? [] : await smallTables(client)),
      ]);
      for (const query of queries.filter((one) => one.options === options)) {
        found.push(...wholeReadsIn(await explain(client, query), query.text, exempt));
      }
    } finally {
      await client.end();
    }
  }
  return found;
}

async function explain(client: pg.Client, { text, values }: Query): Promise<Plan> {
  const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ readonly Plan: Plan }] }>(
    `explain (format json) ${text}`,
    [...values],
  );
  const [row] = rows;
  if (!row) throw new Error('no plan');
  return row['QUERY PLAN'][0].Plan;
}

function wholeReadsIn(plan: Plan, query: string, exempt: ReadonlySet<string>): WholeRead[] {
  const { 'Node Type': how, 'Relation Name': table = '', 'Index Name': index } = plan;
  const below = (plan.Plans ?? []).flatMap((inner) => wholeReadsIn(inner, query, exempt));
  const reads = how === 'Seq Scan' || isUnbounded(plan);
  if (!reads || STAYS_SMALL.test(table) || exempt.has(index ?? table)) return below;
  return [{ table, how: index ? `${how} of all of ${index}` : how, query }, ...below];
}

/** An index that is walked from end to end, as one is that only gives the order. */
function isUnbounded(plan: Plan): boolean {
  return /^(Index|Index Only|Bitmap Index) Scan$/.test(plan['Node Type']) && !plan['Index Cond'];
}

/** What is still to be done, such as messages that are due: it does not grow with what has been done. */
function partialIndexes(client: pg.Client): Promise<string[]> {
  return names(
    client,
    'select indexrelid::regclass::text as name from pg_index where indpred is not null',
  );
}

function smallTables(client: pg.Client): Promise<string[]> {
  return names(
    client,
    `select relname as name from pg_class where relkind in ('r', 'p') and reltuples < ${FEW_ROWS}`,
  );
}

async function names(client: pg.Client, query: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(query);
  return rows.map(({ name }) => name);
}
