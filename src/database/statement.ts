import type { Knex } from 'knex';

/** A statement that is run all the time: under its name a session prepares it once. */
export type Statement = {
  /** Never the same for another text. */
  readonly name: string;
  /** With `?` for each value, or with names: `:day`. */
  readonly text: string;
};

/** What a statement is given for its `?`, as the driver takes it. */
export type Value = string | number | boolean | Date | Buffer | string[] | null;

/** Values by the names that a statement gives them. */
export type Values = Readonly<Record<string, Value>>;

/** Runs a prepared statement and gives its rows: each session parses it once. */
export async function runStatement<Row>(
  db: Knex,
  { name, text }: Statement,
  values: readonly Value[] | Values,
): Promise<Row[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(text, values).options({ name });
  return rows;
}
