import pg from 'pg';
import type { Numbers } from './load/job.js';

/** What a database is filled with. */
export type Amounts = {
  /** Registered numbers, from {@link members} on, each with a name in the profile. */
  readonly accounts: number;
  /** Numbers that have called and never registered, from {@link visitors} on. */
  readonly visitors: number;
  /** Calls of six turns each, one a member. */
  readonly sessions: number;
  readonly messages: number;
};

export const members = (count: number): Numbers => ({ first: 254_700_000_000, count });
export const visitors: Numbers = { first: 254_110_000_000, count: 10_000 };
/** Numbers that nobody has called from; each run begins at another. */
export const strangers = (): Numbers => ({
  first: 254_720_000_000 + Math.floor(Math.random() * 70_000_000),
  count: 1_000_000,
});

const TURNS_A_SESSION = 6;
const BATCH = 500_000;

/** A row of a table, each column by an expression of `n`, the number of the row. */
type Row = Readonly<Record<string, string>>;

const member = `(${members(1).first} + n)::text`;
const past = `now() - interval '30 days'`;

const account = `lpad(to_hex(n), 32, '0')::uuid`;

const callers: Row = { first_seen_at: past, heard_at: past };

const accounts: Row = {
  id: account,
  phone: member,
  password_hash: `'$argon2id$v=19$m=19456,t=2,p=1$' || substr(encode(sha256(n::text::bytea), 'base64'), 1, 22)
    || '$' || rtrim(encode(sha256(n::text::bytea), 'base64'), '=')`,
  password_set_at: past,
  created_at: past,
  created_via: `'ussd'`,
  heard_at: past,
};

const details: Row = {
  account_id: account,
  detail: `'fullName'`,
  value: `'Wanjiku Kamau'`,
  changed_at: past,
  changed_via: `'ussd'`,
};

/** As a call leaves it that was not ended: its position sealed, some 150 bytes. */
const sessions: Row = {
  phone: member,
  channel: `'ussd'`,
  carrier: `'africastalking'`,
  carrier_session: `'ATUid_filled' || n`,
  language: `'en'`,
  position: `decode(repeat(md5(n::text), 9), 'hex')`,
  open: 'true',
  turns: String(TURNS_A_SESSION),
  heard_length: '10',
  heard_digest: `sha256(n::text::bytea)`,
  started_at: past,
  turned_at: past,
};

const turns: Row = {
  phone: `(${members(1).first} + (n / ${TURNS_A_SESSION}))::text`,
  input_digest: `sha256(('turn' || n)::bytea)`,
  session_id: `(select min(id) from sessions where carrier_session = 'ATUid_filled0') + n / ${TURNS_A_SESSION}`,
  number: `n % ${TURNS_A_SESSION} + 1`,
  flow: `'home'`,
  state: `'welcome'`,
  slipped: 'false',
  reply: `decode(repeat(md5(n::text), 10), 'hex')`,
  ended: 'false',
  taken_at: past,
};

const messages: Row = {
  id: `('f' || lpad(to_hex(n), 31, '0'))::uuid`,
  phone: member,
  carries: `'notice'`,
  asked: 'false',
  segments: '1',
  state: `'delivered'`,
  attempts: '1',
  due_at: past,
  carrier: `'africastalking'`,
  carrier_message_id: `'ATXid_filled' || n`,
  sent_at: past,
  created_at: past,
  changed_at: past,
};

/**
 * Fills a migrated, empty database with what its own schema takes, logged and constrained as in
 * service, in some minutes: rows come in the order of their keys, and the indexes that constrain nothing are
 * built afterwards. Columns that a later migration adds are filled with a plain value of their type.
 */
export async function fill(
  databaseUrl: string,
  amounts: Amounts,
  say: (text: string) => void = () => {},
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await skipForeignKeys(client);
    const rebuild = await dropIndexes(client);
    const insert = async (table: string, rows: number, row: Row) => {
      const filled = await completed(client, table, row);
      if (rows > BATCH) say(`filling ${table}: ${rows} rows`);
      for (let from = 0; from < rows; from += BATCH) {
        const to = Math.min(from + BATCH, rows) - 1;
        await client.query(
          `insert into ${table} (${Object.keys(filled).join(', ')})
            select ${Object.values(filled).join(', ')} from generate_series(${from}::bigint, ${to}::bigint) n`,
        );
      }
    };
    await insert('callers', amounts.accounts, { ...callers, phone: member });
    await insert('callers', amounts.visitors, {
      ...callers,
      phone: `(${visitors.first} + n)::text`,
    });
    await insert('accounts', amounts.accounts, accounts);
    await insert('profile_details', amounts.accounts, details);
    await insert('sessions', amounts.sessions, sessions);
    await insert('turns', amounts.sessions * TURNS_A_SESSION, turns);
    await insert('messages', amounts.messages, messages);
    if (amounts.accounts > BATCH) say('building indexes');
    await rebuild();
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** The rows are known to fit together; to look each of them up would take longer than to write them. */
async function skipForeignKeys(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    'select rolsuper from pg_roles where rolname = current_user and rolsuper',
  );
  if (rows.length > 0) await client.query('set session_replication_role = replica');
}

/** Drops the indexes that constrain nothing; gives what makes them again. */
async function dropIndexes(client: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; made: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
      from pg_index i join pg_class t on t.oid = i.indrelid
      where t.relname in ('callers', 'accounts', 'profile_details', 'sessions', 'turns', 'messages')
        and t.relnamespace = 'public'::regnamespace and not i.indisunique and not i.indisexclusion`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return async () => {
    await client.query(`set maintenance_work_mem = '512MB'`);
    for (const { made } of rows) await client.query(made);
  };
}

const plainValues: Readonly<Record<string, string>> = {
  text: `''`,
  bytea: `''::bytea`,
  boolean: 'false',
  'timestamp with time zone': past,
  date: 'current_date',
};

/** The row with those columns that the table has, and a plain value where it needs one that we do not know. */
async function completed(client: pg.Client, table: string, row: Row): Promise<Row> {
  const { rows: columns } = await client.query<{
    name: string;
    type: string;
    needed: boolean;
  }>(
    `select column_name as name, data_type as type,
        is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER' as needed
      from information_schema.columns where table_schema = 'public' and table_name = $1`,
    [table],
  );
  const filled: Record<string, string> = {};
  for (const { name, type, needed } of columns) {
    const value = row[name] ?? (needed ? (plainValues[type] ?? '0') : undefined);
    if (value !== undefined) filled[name] = value;
  }
  return filled;
}
