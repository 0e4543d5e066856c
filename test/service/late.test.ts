import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { backs, freshDatabase } from '../kit/database.js';
import { newSessionId, ussdForm } from '../kit/handset.js';
import { loginWith, passwordIn, starveHashing } from '../kit/passwords.js';
import { eventually, recordOf } from '../kit/rows.js';
import { openService, type Service } from '../kit/service.js';

const LATE = 'END This takes longer than usual.';

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`a turn that is not ready in time, on ${name}`, () => {
    let service: Service;

    beforeAll(async () => {
      service = await openService({ kind, patienceMs: 600 });
    });
    afterAll(() => service?.stop());

    test('that could not even be looked at is promised nothing', async () => {
      const call = { session: newSessionId(), number: service.phone().number };
      const reply = await service.db.transaction(async (trx) => {
        await trx.raw('lock table callers in access exclusive mode');
        return ask(call, '');
      });
      expect(reply).toMatch(/^END Sorry, this takes too long.*\nSamahani/);
      await eventually(async () => {
        expect(await recordOf(service.db, call.number)).toMatchObject({ turns: 1 });
      });
      expect(await ask(call, '')).toBe(reply);
    });

    test('is finished first where the service stops', async () => {
      const fresh = await freshDatabase(kind);
      const stopping = await openService({ fresh, patienceMs: 600 });
      const call = { session: newSessionId(), number: stopping.phone().number };
      const say = async (text: string) =>
        (await stopping.post('ussd', ussdForm({ ...call, text }))).text();
      await say('');
      await say('1');
      await starveHashing();
      expect(await say('1*1')).toContain(LATE);
      await stopping.stopGateway();

      const database = await connect(stopping.database);
      const left = await recordOf(database.db, call.number);
      await database.close();
      await stopping.stop();
      expect(left).toMatchObject({ accounts: 1, passwords: 1 });
    });

    type Call = { readonly session: string; readonly number: string };

    const ask = async (call: Call, text: string) =>
      (await service.post('ussd', ussdForm({ ...call, text }))).text();

    /** A call that has got as far as its last history but one, each reply in time. */
    async function callUpTo(histories: readonly string[]): Promise<Call> {
      const call = { session: newSessionId(), number: service.phone().number };
      for (const text of histories) expect(await ask(call, text)).toMatch(/^CON /);
      return call;
    }

    /** Does something while the call's own row is locked, and with it what would be recorded. */
    async function whileHeld<T>({ number }: Call, work: () => Promise<T>): Promise<T> {
      return service.db.transaction(async (trx) => {
        await trx('sessions')
          .where({ phone: number.slice(1) })
          .forUpdate()
          .select('id');
        return work();
      });
    }

    test('ends politely; what was asked is done, and its SMS comes', async () => {
      const call = await callUpTo(['', '1']);
      const replies = await whileHeld(call, () =>
        Promise.all([ask(call, '1*1'), ask(call, '1*1')]).then(async (first) => [
          ...first,
          await ask(call, '1*1'),
        ]),
      );
      expect(new Set(replies).size).toBe(1);
      expect(replies[0]).toContain(LATE);
      const { message } = await service.carrier.next(call.number);
      expect(message).toContain('Registered. Password');
      expect(await loginWith(service.db, call.number, passwordIn(message))).toBe('in');
      // As it was told, whenever it is asked again.
      expect(await ask(call, '1*1')).toBe(replies[0]);
      expect(await recordOf(service.db, call.number)).toMatchObject({ accounts: 1, passwords: 1 });
    });

    test('whose result is no SMS of its own is told by one', async () => {
      const call = await callUpTo(['', '2']);
      const [reply] = await whileHeld(call, async () => [await ask(call, '2*2')]);
      expect(reply).toContain(LATE);
      const { message } = await service.carrier.next(call.number);
      expect(message).toContain('KNEC CP2: Lugha: Kiswahili.');
      expect(await ask({ ...call, session: newSessionId() }, '')).toContain('1. Jisajili');
      expect(await ask(call, '2*2')).toBe(reply);
    });

    test('that only shows something is told by no SMS, and is asked again by another dial', async () => {
      const call = await callUpTo(['']);
      expect(await whileHeld(call, () => ask(call, '3'))).toContain(LATE);
      await eventually(async () => {
        expect(await recordOf(service.db, call.number)).toMatchObject({ turns: 2 });
      });
      expect(await ask(call, '3')).toContain(LATE);
      expect(await service.db('messages').where({ phone: call.number.slice(1) })).toEqual([]);
    });
  });
}
