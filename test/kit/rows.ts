import type { Knex } from 'knex';
import { expect, vi } from 'vitest';

/** All that a database holds: every row of every table, as text. */
export type Rows = Readonly<Record<string, readonly string[]>>;

/** Reads every table there is, so that one that is added later is looked at too. */
export async function rowsOf(db: Knex, except: readonly string[] = []): Promise<Rows> {
  const tables: string[] = await db('information_schema.tables')
    .where({ table_schema: 'public', table_type: 'BASE TABLE' })
    .whereNotIn('table_name', except)
    .orderBy('table_name')
    .pluck('table_name');
  const rows: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows: found } = await db.raw<{ rows: { text: string }[] }>(
      'select kept::text as text from ?? as kept order by text',
      [table],
    );
    rows[table] = found.map(({ text }) => text);
  }
  return rows;
}

/** Does something, and finds the whole database as it was before. */
export async function changesNothing<T>(
  db: Knex,
  attempt: () => Promise<T>,
  except: readonly string[] = [],
): Promise<T> {
  await outboxEmptied(db);
  const before = await rowsOf(db, except);
  const outcome = await attempt();
  expect(await rowsOf(db, except)).toEqual(before);
  return outcome;
}

/** Waits until the outbox has nothing more to send. */
export async function outboxEmptied(db: Knex): Promise<void> {
  await eventually(async () => {
    const waiting = db('messages').whereIn('state', ['queued', 'sending']);
    expect(await waiting.pluck('state')).toEqual([]);
  });
}

/** Waits until what is expected is so, at most five seconds. */
export function eventually(expectation: () => Promise<void>): Promise<void> {
  return vi.waitFor(expectation, { timeout: 5_000, interval: 10 });
}

/** How often a number is in the tables that a turn writes to. */
export async function recordOf(db: Knex, number: string) {
  const count = async (table: string, more: Readonly<Record<string, string>> = {}) => {
    const rows: string[] = await db(table)
      .where({ phone: number.replace('+', ''), ...more })
      .pluck('phone');
    return rows.length;
  };
  return {
    accounts: await count('accounts'),
    sessions: await count('sessions'),
    turns: await count('turns'),
    passwords: await count('messages', { carries: 'password' }),
  };
}
