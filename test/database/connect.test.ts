import { expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { isConflict, violatedUniqueConstraint } from '../../src/database/database-errors.js';
import { inTransaction } from '../../src/database/transaction.js';
import { describeOnEachDatabase, describeOnPostgresql } from '../kit/database.js';

describeOnEachDatabase(
  'connect',
  (database, kind) => {
    test('reads every type of column alike', async () => {
      const { rows } = await database().db.raw(`select
      9007199254740991::int8 as int8, 7::int4 as int4, count(*) as count,
      '2026-11-23 10:00:00.123+03'::timestamptz as timestamptz, '2026-01-02'::date as date,
      '{"a":[1,{"b":null}]}'::jsonb as jsonb, '\\x00ff10'::bytea as bytea,
      1.50::numeric as numeric, true as boolean, array['a','b'] as texts, null::int8 as nothing`);

      expect(rows).toEqual([
        {
          int8: 9007199254740991,
          int4: 7,
          count: 1,
          timestamptz: new Date('2026-11-23T07:00:00.123Z'),
          date: '2026-01-02',
          jsonb: { a: [1, { b: null }] },
          bytea: Buffer.from([0x00, 0xff, 0x10]),
          numeric: '1.50',
          boolean: true,
          texts: ['a', 'b'],
          nothing: null,
        },
      ]);
      expect(Buffer.isBuffer(rows[0].bytea)).toBe(true);
    });

    test('refuses an int8 that a number cannot hold', async () => {
      await expect(database().db.raw('select 9007199254740993::int8')).rejects.toThrow(/int8/);
    });

    test('writes what it reads', async () => {
      const { db } = database();
      await db.schema.createTable('round', (table) => {
        table.bigIncrements('id');
        table.jsonb('json');
        table.binary('bytes');
        table.timestamp('at');
        table.bigInteger('big');
      });
      const row = {
        bytes: Buffer.from('sealed'),
        at: new Date('2026-11-23T07:00:00.123Z'),
        big: 5,
      };
      const json = { letters: ['ä', "'", '?'], list: [1] };
      const [written] = await db('round')
        .insert({ ...row, json: JSON.stringify(json) })
        .returning('*');
      expect(written).toEqual({ id: 1, ...row, json });
      await expect(db('round').where({ id: 1 }).update({ big: 6 })).resolves.toBe(1);
      await expect(db('round').where({ id: 2 }).del()).resolves.toBe(0);
    });

    test('counts the rows of a raw statement alike', async () => {
      const { db } = database();
      await db.raw('create table numbers (nr int)');
      const counts: number[] = [];
      for (const statement of [
        'insert into numbers select * from generate_series(1, 5)',
        'select nr from numbers where nr > 3',
        'update numbers set nr = 0 where nr > 2 returning nr',
        'delete from numbers where nr = 0',
      ]) {
        counts.push((await db.raw(statement)).rowCount);
      }
      expect(counts).toEqual([5, 2, 3, 3]);
    });

    test('tells a unique violation by its constraint, without the values', async () => {
      const { db } = database();
      await db.raw('create table once (word text constraint said_once unique)');
      await db('once').insert({ word: 'a-secret-word' });
      const error = await db('once').insert({ word: 'a-secret-word' }).catch(itself);
      expect(violatedUniqueConstraint(error)).toBe('said_once');
      expect(String(error)).not.toContain('a-secret-word');
      const other = await db.raw('select 1/0').catch(itself);
      expect([violatedUniqueConstraint(other), isConflict(other)]).toEqual([null, false]);
    });

    test('commits what resolves, rolls back what rejects', async () => {
      const { db } = database();
      await db.raw('create table ledger (entry text)');
      const answer = await inTransaction(db, async (transaction) => {
        await transaction('ledger').insert({ entry: 'kept' });
        return 'the answer';
      });
      const refused = inTransaction(db, async (transaction) => {
        await transaction('ledger').insert({ entry: 'lost' });
        throw new Error('no');
      });
      await expect(refused).rejects.toThrow('no');
      expect(answer).toBe('the answer');
      expect(await db('ledger').pluck('entry')).toEqual(['kept']);
    });

    test('lets no statement slip into the transaction of another caller', async () => {
      const { db } = database();
      await db.raw('create table visits (visitor text)');
      const transaction = await db.transaction();
      await transaction('visits').insert({ visitor: 'inside' });
      const outside = Promise.all(
        [1, 2, 3].map((nr) => db('visits').insert({ visitor: `outside ${nr}` })),
      );
      await transaction('visits').insert({ visitor: 'inside' });
      await transaction.rollback();
      await outside;
      const visitors = await db('visits').pluck('visitor').orderBy('visitor');
      expect(visitors).toEqual(['outside 1', 'outside 2', 'outside 3']);
    });

    test('carries many callers at once', async () => {
      const { db } = database();
      await db.raw('create table counters (value int not null)');
      await db('counters').insert({ value: 0 });
      await Promise.all(
        Array.from({ length: 30 }, () =>
          inTransaction(db, async (transaction) => {
            const { value } = await transaction('counters').forUpdate().first('value');
            await transaction('counters').update({ value: value + 1 });
          }),
        ),
      );
      expect(await db('counters').first('value')).toEqual({ value: 30 });
    });

    test('runs work on one session', async () => {
      const { db } = database();
      const pids = await database().onOneSession((session) =>
        Promise.all([1, 2, 3].map(() => session.raw('select pg_backend_pid() as pid'))),
      );
      expect(new Set(pids.map(({ rows }) => rows[0].pid)).size).toBe(1);
      expect((await db.raw('select 1 as one')).rows).toEqual([{ one: 1 }]);
    });

    test(`is the ${kind} one`, () => {
      expect(database().kind).toBe(kind);
    });
  },
  { own: true },
);

describeOnPostgresql('two transactions in each other’s way', (database) => {
  test('are told as a conflict', async () => {
    const { db } = database();
    await db.raw('create table pairs (id int primary key, value int)');
    await db('pairs').insert([{ id: 1 }, { id: 2 }]);
    const first = await db.transaction();
    const second = await db.transaction();
    await first('pairs').where({ id: 1 }).update({ value: 1 });
    await second('pairs').where({ id: 2 }).update({ value: 2 });
    const outcomes = await Promise.all([
      first('pairs').where({ id: 2 }).update({ value: 1 }).catch(isConflict),
      second('pairs').where({ id: 1 }).update({ value: 2 }).catch(isConflict),
    ]);
    await Promise.all([first.rollback(), second.rollback()]);
    expect(outcomes).toContain(true);
  });
});

test('a server that does not answer is told at once', async () => {
  const nobody = connect({ kind: 'postgresql', url: 'postgres://someone:pa55word@127.0.0.1:1/x' });
  const error = await nobody.catch(itself);
  expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  expect(String(error)).not.toContain('pa55word');
});

function itself(error: unknown): unknown {
  return error;
}
