import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** The server on which the bench makes databases of its own, and drops them. */
export const server =
  process.env['BENCH_DATABASE_URL'] ??
  process.env['TEST_DATABASE_URL'] ??
  'postgresql://postgres@127.0.0.1:5432/postgres';

/** Makes a database, empty or a copy of one that nobody is connected to, and gives its URL. */
export async function createDatabase(copied?: string): Promise<string> {
  const name = `cp2_bench_${randomBytes(5).toString('hex')}`;
  const template = copied === undefined ? '' : ` template ${nameOf(copied)}`;
  await sql(server, `create database ${name}${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export async function dropDatabase(url: string): Promise<void> {
  await sql(server, `drop database if exists ${nameOf(url)} with (force)`);
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** Runs one or more statements on a connection of its own. */
export async function sql(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
