import pg from 'pg';

/** A query as it reached PostgreSQL, with the values that it was first sent with. */
export type Query = {
  readonly text: string;
  readonly values: readonly unknown[];
  /** What its session was opened with, such as `-c enable_hashjoin=off`. */
  readonly options: string | null;
};

const READS_OR_CHANGES_ROWS = /^\s*(select|insert|update|delete|with)\b/i;

/** Listens to every query of this process, whatever builds it. */
export function recordQueries(): { readonly queries: () => Query[]; stop(): void } {
  const heard = new Map<string, Query>();
  const { prototype } = pg.Client;
  const original = prototype.query;

  function listening(this: pg.Client, ...args: unknown[]): unknown {
    const [first, second] = args;
    const query: { text?: unknown; values?: unknown } =
      typeof first === 'object' && first !== null ? first : { text: first, values: second };
    const { text } = query;
    if (typeof text === 'string' && READS_OR_CHANGES_ROWS.test(text)) {
      const options = optionsOf(this);
      const values: readonly unknown[] = Array.isArray(query.values) ? query.values : [];
      // Sessions that were opened with other options plan it in another way.
      const key = JSON.stringify([text, options]);
      if (!heard.has(key)) heard.set(key, { text, values, options });
    }
    return Reflect.apply(original, this, args);
  }
  Object.assign(prototype, { query: listening });

  return {
    queries: () => [...heard.values()],
    stop() {
      Object.assign(prototype, { query: original });
    },
  };
}

function optionsOf(client: pg.Client): string | null {
  const { connectionParameters } = client as unknown as {
    readonly connectionParameters?: { readonly options?: string };
  };
  return connectionParameters?.options ?? null;
}
