import type { Knex } from 'knex';

/** The statements that a database is asked while something is done, but for those around a transaction. */
export async function statementsOf(
  db: Knex,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const statements: string[] = [];
  const note = ({ sql }: { sql: string }) => {
    statements.push(sql);
  };
  db.on('query', note);
  try {
    await work();
  } finally {
    db.removeListener('query', note);
  }
  return statements.filter((one) => !/^(begin|commit);$/i.test(one));
}
