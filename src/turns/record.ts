import type { Knex } from 'knex';
import { silentSince } from '../accounts/silence.js';
import { runStatement, type Statement } from '../database/statement.js';
import type { Transaction } from '../database/transaction.js';
import type { Language } from '../dialogue/languages.js';
import type { Seal } from '../seal.js';
import { exchangeOf, type Step, sealExchange } from './stored.js';

/**
 * Records some turns at once, each of another number: a session begins or moves on, and its input
 * has its reply. A session moves only from where the turn was taken, and not once another dialogue
 * of the number has closed it; a turn that came too late leaves no trace. A number that dials or texts
 * tells that the holder of its account is there, unless it has been silent: then it may be anybody,
 * and it stays silent until somebody has shown to be the holder. Those noted are counted, or PostgreSQL would
 * write to accounts before it writes to callers. Gives the ids of the sessions of
 * those that were in time.
 */
const record = ({ most, caller, held }: Record<'most' | 'caller' | 'held', string>) => `
    with input as materialized (
      select * from json_to_recordset(?::json) as i (nr int, phone text, channel text, carrier text,
        carrier_session text, network text, noted boolean, silent_since timestamptz, chosen text,
        session_id bigint, turns int, language text, open boolean, heard_length int, digest text, flow text,
        state text, topic text, slipped boolean, finished text, reply text, ended boolean, at timestamptz)
      ${most}
    ),${caller} noted as (
      insert into callers (phone, language, network, first_seen_at, heard_at)
      select phone, chosen, network, at, case when channel <> 'web' then at end from input where noted
      order by phone
      on conflict (phone) do update
        set language = coalesce(callers.language, excluded.language),
          network = coalesce(excluded.network, callers.network),
          heard_at = coalesce(excluded.heard_at, callers.heard_at)
      returning phone
    ), heard as (
      update accounts a set heard_at = i.at from input i
      where i.noted and i.channel <> 'web' and a.phone = i.phone and a.heard_at > i.silent_since
        and (select count(*) from noted) > 0
    ), moved as (
      update sessions s set language = i.language, open = i.open, turns = s.turns + 1,
        heard_length = i.heard_length, heard_digest = decode(i.digest, 'base64'), turned_at = i.at
      from input i${held} where s.id = i.session_id and s.phone = i.phone and s.turns = i.turns and s.open
      returning i.nr, s.id
    ), begun as (
      insert into sessions (phone, channel, carrier, carrier_session, network, language, open,
        turns, heard_length, heard_digest, started_at, turned_at)
      select phone, channel, carrier, carrier_session, network, language, open,
        1, heard_length, decode(digest, 'base64'), at, at
      from input where session_id is null
      on conflict (carrier, channel, carrier_session, phone) do nothing
      returning id, phone
    ), stepped as (
      select nr, id from moved
      union all
      select i.nr, b.id from begun b join input i on i.phone = b.phone
    ), recorded as (
      insert into turns (phone, input_digest, session_id, number, flow, state, topic, slipped, finished, reply,
        ended, taken_at)
      select i.phone, decode(i.digest, 'base64'), s.id, coalesce(i.turns, 0) + 1, i.flow, i.state, i.topic,
        i.slipped, i.finished, decode(i.reply, 'base64'), i.ended, i.at
      from stepped s join input i on i.nr = s.nr
    )
    select nr, id from stepped`;

/** For sessions that are told to use indexes: see `Database.hot`. */
const RECORD: Statement = {
  name: 'record-turns',
  text: record({ most: '', caller: '', held: '' }),
};
/**
 * For any session: a planner that is not told that there is one row expects a hundred, and reads all sessions and
 * accounts for them as long as there are fewer than some ten thousand. What the turn does comes after it in the
 * transaction, so it takes its place in the order of locks: see `lockCaller`.
 */
const RECORD_ONE: Statement = {
  name: 'record-turn',
  text: record({
    most: 'limit 1',
    caller: ` caller as materialized (
      select c.phone from callers c join input i on i.phone = c.phone for key share of c
    ),`,
    held: ' join caller c on c.phone = i.phone',
  }),
};

/**
 * Records turns of different numbers in one statement, on a session of `Database.hot`. In the order of the steps: the
 * session's id, or null for one that came too late.
 */
export async function recordTurns(
  hot: Knex,
  seal: Seal,
  steps: readonly Step[],
): Promise<(number | null)[]> {
  const rows = steps.map((step, nr) => rowOf(seal, step, nr));
  const moved = await runStatement<Moved>(hot, RECORD, [JSON.stringify(rows)]);
  const ids = new Map(moved.map(({ nr, id }) => [nr, id]));
  return steps.map((_, nr) => ids.get(nr) ?? null);
}

/** Records a turn within a transaction. The session's id, or null where it came too late. */
export async function recordTurn(trx: Transaction, seal: Seal, step: Step): Promise<number | null> {
  const rows = [rowOf(seal, step, 0)];
  const [moved] = await runStatement<Moved>(trx, RECORD_ONE, [JSON.stringify(rows)]);
  return moved?.id ?? null;
}

type Moved = { readonly nr: number; readonly id: number };

function rowOf(seal: Seal, step: Step, nr: number) {
  const { input, session, after } = step;
  const { phone, channel, carrier, network } = input;
  const { position, open, ended } = after;
  const noted = session === null && isNews(step, after.at);
  return {
    nr,
    phone,
    channel,
    carrier,
    network,
    carrier_session: input.session,
    noted,
    silent_since: noted ? silentSince(after.at) : null,
    chosen: chosenIn(step),
    session_id: session?.id ?? null,
    turns: session?.turns ?? null,
    language: after.language,
    open,
    heard_length: after.heard?.length ?? 0,
    digest: input.digest.toString('base64'),
    flow: position.flow,
    state: position.state,
    topic: after.topic,
    slipped: after.slipped,
    finished: after.finished,
    reply: sealExchange(seal, phone, exchangeOf(after)).toString('base64'),
    ended,
    at: after.at.toISOString(),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Who has an account has got used to the language that it speaks, and changes it by its own keyword. */
function chosenIn({ caller, account, after }: Step): Language | null {
  return caller === null || account === null ? after.chosen : null;
}

/**
 * When a number was in touch is kept to the day, and a row is not written to say the same again. A web
 * form about a number may be anybody's.
 */
function isNews(step: Step, at: Date): boolean {
  const { caller } = step;
  const { channel, network } = step.input;
  if (channel === 'web') return caller === null;
  if (chosenIn(step) !== null && caller?.language == null) return true;
  if (caller?.heardAt == null || at.getTime() - caller.heardAt.getTime() > DAY_MS) return true;
  return network !== null && network !== caller.network;
}
