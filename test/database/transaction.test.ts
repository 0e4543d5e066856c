import type { Knex } from 'knex';
import { expect, test } from 'vitest';
import { codeOf } from '../../src/database/database-errors.js';
import { inTransaction, type Transaction } from '../../src/database/transaction.js';
import { describeOnPostgresql } from '../kit/database.js';

describeOnPostgresql('two transactions that want the same in another order', (database) => {
  const lock = (trx: Transaction, what: number) =>
    trx.raw('select pg_advisory_xact_lock(?)', [what]);

  /** Each has its first when either asks for its second. Returns how each ended, and how often each was run. */
  async function meet(db: Knex, settings: readonly string[], tries: number) {
    const [one, other] = [gate(), gate()];
    let runs = 0;
    const run = (first: number, second: number, mine: Gate, theirs: Gate) =>
      inTransaction(
        db,
        async (trx) => {
          runs += 1;
          for (const setting of settings) await trx.raw(`set local ${setting}`);
          await lock(trx, first);
          mine.open();
          await theirs.opened;
          await lock(trx, second);
        },
        tries,
      ).then(
        () => 'done',
        (error: unknown) => codeOf(error),
      );
    const ends = await Promise.all([run(1, 2, one, other), run(2, 1, other, one)]);
    return { ends: ends.sort(), runs };
  }

  const deadlock = ["deadlock_timeout = '20ms'", 'lock_timeout = 0'];

  test('are both done', async () => {
    expect(await meet(database().db, deadlock, 3)).toEqual({ ends: ['done', 'done'], runs: 3 });
  });

  test('are left to whoever asks for one try', async () => {
    expect(await meet(database().db, deadlock, 1)).toEqual({ ends: ['40P01', 'done'], runs: 2 });
  });

  test('are run again as well where one has waited too long', async () => {
    const { db } = database();
    let runs = 0;
    const [having, holding] = [gate(), gate()];
    const held = inTransaction(db, async (trx) => {
      await lock(trx, 1);
      having.open();
      await holding.opened;
    });
    await having.opened;
    const waiting = inTransaction(db, async (trx) => {
      runs += 1;
      if (runs === 2) {
        holding.open();
        await held;
      }
      await trx.raw("set local lock_timeout = '20ms'");
      await lock(trx, 1);
    });
    await waiting;
    expect(runs).toBe(2);
  });
});

type Gate = { readonly opened: Promise<void>; open(): void };

function gate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
