import type { Knex } from 'knex';
import { runStatement, type Statement } from '../database/statement.js';
import type { Language } from '../dialogue/languages.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import {
  type Before,
  type Input,
  type KnownAccount,
  openExchange,
  openPosition,
  type StoredSession,
} from './stored.js';

/** What was left open can be gone on with up to this age: an exchange of SMS by the next SMS, a call by the next call. */
export const OPEN_LIFE_MS = 24 * 60 * 60 * 1000;

/**
 * All that is known before some turns, each in one row. The laterals look each input up by an index,
 * however many rows the planner thinks there are.
 */
const LOAD: Statement = {
  name: 'load-turns',
  text: `
    select t.reply, t.ended, t.state, s.id, s.language, s.last, s.turns, s.heard_length, s.heard_digest,
      s.turned_at, c.phone is not null as known, c.language as chosen, c.network, c.heard_at,
      u.last as unfinished, a.id as account_id, a.password_hash is not null as has_own_password, a.created_at,
      a.heard_at as holder_heard_at
    from json_to_recordset(?::json) as i (nr int, phone text, digest text, channel text, carrier text,
      session text, since timestamptz)
    left join lateral (
      select reply, ended, state from turns
      where phone = i.phone and input_digest = decode(i.digest, 'base64')
    ) t on true
    left join lateral (
      select o.*, l.reply as last from (
        select * from sessions
        where i.channel <> 'sms' and carrier = i.carrier and channel = i.channel
          and carrier_session = i.session and phone = i.phone
        union all
        select * from sessions
        where i.channel = 'sms' and phone = i.phone and channel = 'sms' and open and turned_at > i.since
      ) o
      left join turns l on o.open and l.phone = o.phone and l.input_digest = o.heard_digest
    ) s on true
    left join callers c on c.phone = i.phone
    left join accounts a on a.phone = i.phone
    left join lateral (
      select l.reply as last from (
        select phone, heard_digest from sessions
        where i.channel = 'ussd' and s.id is null and phone = i.phone and channel = 'ussd'
          and open and turned_at > i.since
        order by turned_at desc limit 1
      ) o
      join turns l on l.phone = o.phone and l.input_digest = o.heard_digest
    ) u on true
    order by i.nr`,
};

type Row = {
  reply: Buffer | null;
  ended: boolean | null;
  state: string | null;
  id: number | null;
  language: Language;
  last: Buffer | null;
  turns: number;
  heard_length: number;
  heard_digest: Buffer;
  turned_at: Date;
  known: boolean;
  chosen: Language | null;
  network: string | null;
  heard_at: Date | null;
  unfinished: Buffer | null;
  account_id: string | null;
  has_own_password: boolean;
  created_at: Date;
  holder_heard_at: Date;
};

/** Loads what is known before some turns, in one round trip. */
export async function loadBefore(
  db: Knex,
  seal: Seal,
  inputs: readonly { readonly input: Input; readonly at: Date }[],
): Promise<Before[]> {
  const asked = inputs.map(({ input: { phone, digest, channel, carrier, session }, at }, nr) => ({
    nr,
    phone,
    channel,
    carrier,
    session,
    digest: digest.toString('base64'),
    since: new Date(at.getTime() - OPEN_LIFE_MS).toISOString(),
  }));
  const [rows, former] = await Promise.all([
    runStatement<Row>(db, LOAD, [JSON.stringify(asked)]),
    takenUnderFormerKeys(db, inputs),
  ]);
  return inputs.map(({ input }, nr) => {
    const row = rows[nr];
    if (!row) throw new Error('a turn was asked for that the database does not know of');
    const taken = row.reply === null ? former.get(nr) : row;
    return { ...read(seal, input, row), recorded: taken ? recordedIn(seal, input, taken) : null };
  });
}

const FORMER: Statement = {
  name: 'load-former-turns',
  text: `
    select i.nr, t.reply, t.ended, t.state
    from json_to_recordset(?::json) as i (nr int, phone text, digest text)
    join turns t on t.phone = i.phone and t.input_digest = decode(i.digest, 'base64')`,
};

type Taken = Pick<Row, 'reply' | 'ended' | 'state'>;

/** Turns whose inputs had a digest under a key that is replaced: for some days after that, and else nothing to ask. */
async function takenUnderFormerKeys(
  db: Knex,
  inputs: readonly { readonly input: Input }[],
): Promise<ReadonlyMap<number, Taken>> {
  const asked = inputs.flatMap(({ input: { phone, formerDigests } }, nr) =>
    formerDigests.map((digest) => ({ nr, phone, digest: digest.toString('base64') })),
  );
  if (asked.length === 0) return NONE;
  const rows = await runStatement<Taken & { nr: number }>(db, FORMER, [JSON.stringify(asked)]);
  return new Map(rows.map((row) => [row.nr, row]));
}

const NONE: ReadonlyMap<number, Taken> = new Map();

function read(seal: Seal, { phone }: Input, row: Row): Omit<Before, 'recorded'> {
  const { chosen, network, heard_at: heardAt } = row;
  return {
    remembered: false,
    session: row.id === null ? null : readSession(seal, phone, row, row.id),
    caller: row.known ? { language: chosen, network, heardAt } : null,
    account: row.account_id === null ? null : readAccount(phone, row, row.account_id),
    unfinished: openPosition(seal, phone, row.unfinished),
  };
}

function recordedIn(
  seal: Seal,
  { phone }: Input,
  { reply, ended, state }: Taken,
): Before['recorded'] {
  if (reply === null) return null;
  return { text: openExchange(seal, phone, reply).text, ended: ended ?? true, state: state ?? '' };
}

function readAccount(phone: Phone, row: Row, id: string): KnownAccount {
  return {
    id,
    phone,
    hasOwnPassword: row.has_own_password,
    createdAt: row.created_at,
    heardAt: row.holder_heard_at,
  };
}

function readSession(seal: Seal, phone: Phone, row: Row, id: number): StoredSession {
  return {
    id,
    language: row.language,
    position: openPosition(seal, phone, row.last),
    turns: row.turns,
    heard: null,
    heardLength: row.heard_length,
    heardDigest: row.heard_digest,
    turnedAt: row.turned_at,
  };
}
