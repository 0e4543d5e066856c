import type { Knex } from 'knex';
import { oldPhoneColumns, oldPhoneContext } from './accounts/old-numbers.js';
import { partContext } from './inbound-parts.js';
import { bodyContext } from './messages/queue.js';
import type { Phone } from './phone-number.js';
import { isProfileToRotate, type RotatedProfile, rotateProfile } from './profile/rotation.js';
import { rotateReadings } from './replay/readings.js';
import { type Seal, UnknownKeyError } from './seal.js';
import { replyContext } from './turns/stored.js';

/** What a rotation has sealed anew, and `digests` made anew. */
export type Rotated = RotatedProfile & {
  /** SMS that wait to be sent. */
  readonly messages: number;
  /** Turns: screens, and where their dialogues are. */
  readonly turns: number;
  /** Parts of long SMS that wait for the others. */
  readonly parts: number;
  /** Accounts and rows left as they are, for none of the keys opens them. */
  readonly unopened: number;
};

const nothing: Rotated = {
  ...{ details: 0, changes: 0, digests: 0, numbers: 0 },
  ...{ messages: 0, turns: 0, parts: 0, unopened: 0 },
};

/** A sealed column of a table whose rows are each about one number. */
type Column = {
  readonly table: string;
  /** Unique together, in the order of an index. */
  readonly keys: readonly string[];
  readonly sealed: string;
  readonly context: (phone: Phone) => string;
  readonly counted: keyof Rotated;
  /** What is stored anew, where that is more than the sealed form. */
  readonly again?: (seal: Seal, phone: Phone, opened: string) => Readonly<Record<string, Buffer>>;
};

const columns: readonly Column[] = [
  {
    ...{ table: 'messages', keys: ['phone', 'id'], sealed: 'body', context: bodyContext },
    counted: 'messages',
  },
  {
    ...{ table: 'turns', keys: ['phone', 'input_digest'], sealed: 'reply', context: replyContext },
    counted: 'turns',
  },
  {
    table: 'number_moves',
    keys: ['phone', 'id'],
    sealed: 'old_phone',
    context: oldPhoneContext,
    counted: 'numbers',
    // Only a number is ever sealed there.
    again: (seal, phone, opened) => oldPhoneColumns(seal, phone, opened as Phone),
  },
  {
    ...{ table: 'inbound_sms_parts', keys: ['phone', 'carrier', 'part_id'], sealed: 'text' },
    context: partContext,
    counted: 'parts',
  },
];

const BATCH = 100;

/**
 * Seals anew, with the present key, all that another key has sealed, and makes the digests of equal
 * values anew. The service may run meanwhile, as long as it has both keys. The sealed forms
 * themselves tell what is still to do: run it again after an interruption, or where a process
 * has sealed something with the old key meanwhile.
 */
export async function rotateKeys(db: Knex, seal: Seal): Promise<Rotated> {
  let done = nothing;
  const accounts = batchesOf<Account>(db('accounts').select('id', 'former_phone'), ['id']);
  for await (const { id, former_phone } of accounts) {
    const isOld = former_phone !== null && seal.needsResealing(former_phone);
    if (!isOld && !(await isProfileToRotate(db, seal, id))) continue;
    done = sum(done, await unlessUnopened(() => rotateProfile(db, seal, id)));
  }
  for (const column of columns) done = sum(done, await rotateColumn(db, seal, column));
  return sum(done, { digests: await rotateAllReadings(db, seal) });
}

/** They do not tell their numbers themselves, so every number is asked for its own. */
async function rotateAllReadings(db: Knex, seal: Seal): Promise<number> {
  if (!(await db('readings').whereNotNull('phone_digest').first('id'))) return 0;
  let rotated = 0;
  let phones: Phone[] = [];
  for await (const { phone } of batchesOf<{ phone: Phone }>(db('callers').select('phone'), [
    'phone',
  ])) {
    phones.push(phone);
    if (phones.length < BATCH) continue;
    rotated += await rotateReadings(db, seal, phones);
    phones = [];
  }
  return rotated + (await rotateReadings(db, seal, phones));
}

async function rotateColumn(db: Knex, seal: Seal, column: Column): Promise<Partial<Rotated>> {
  const { table, keys, sealed, context, counted } = column;
  const anew =
    column.again ?? ((_, phone, opened) => ({ [sealed]: seal.seal(opened, context(phone)) }));
  let done = nothing;
  const query = db(table)
    .select([...keys, 'phone', `${sealed} as sealed`])
    .whereNotNull(sealed);
  for await (const row of batchesOf<Row>(query, keys)) {
    if (!seal.needsResealing(row.sealed)) continue;
    const place = Object.fromEntries(keys.map((key) => [key, row[key]]));
    const attempt = async () => {
      const again = anew(seal, row.phone, seal.open(row.sealed, context(row.phone)));
      // What has another value by now was sealed, or removed, by the service.
      const updated = db(table).where({ ...place, [sealed]: row.sealed });
      return { [counted]: await updated.update(again) };
    };
    done = sum(done, await unlessUnopened(attempt));
  }
  return done;
}

type Account = { readonly id: string; readonly former_phone: Buffer | null };

type Row = Readonly<Record<string, unknown>> & { readonly phone: Phone; readonly sealed: Buffer };

/** Every row of a query in the order of its keys, as it is when its batch is read. */
async function* batchesOf<Row extends object>(
  query: Knex.QueryBuilder,
  keys: readonly string[],
): AsyncGenerator<Row> {
  const [names, marks] = [keys.map(() => '??').join(), keys.map(() => '?').join()];
  let after: Row | undefined;
  do {
    const batch = query
      .clone()
      .orderBy([...keys])
      .limit(BATCH);
    if (after) {
      const last = Object.entries(after);
      const values = keys.map((key) => last.find(([name]) => name === key)?.[1]);
      batch.whereRaw(`(${names}) > (${marks})`, [...keys, ...values]);
    }
    const rows: Row[] = await batch;
    yield* rows;
    after = rows.length < BATCH ? undefined : rows.at(-1);
  } while (after);
}

async function unlessUnopened(work: () => Promise<Partial<Rotated>>): Promise<Partial<Rotated>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnknownKeyError) return { unopened: 1 };
    throw error;
  }
}

function sum(one: Rotated, other: Partial<Rotated>): Rotated {
  const names = Object.keys(nothing) as (keyof Rotated)[];
  const counts = names.map((name) => [name, one[name] + (other[name] ?? 0)]);
  return Object.fromEntries(counts) as Rotated;
}
