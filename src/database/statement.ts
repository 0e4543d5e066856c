import type { Knex } from 'knex';

/** A statement of the hot path: under its name a session prepares it once. */
export type Statement = {
  /** Never the same for another text. */
  readonly name: string;
  /** With `?` for each value. */
  readonly text: string;
};

/** Runs a prepared statement and gives its rows: each session parses it once. */
export async function runStatement<Row>(
  db: Knex,
  { name, text }: Statement,
  values: readonly string[],
): Promise<Row[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(text, [...values]).options({ name });
  return rows;
}
