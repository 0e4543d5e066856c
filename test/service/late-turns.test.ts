import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hashingNow } from '../../src/accounts/hashing.js';
import { inTransaction } from '../../src/database/transaction.js';
import { isGsm, septets } from '../../src/dialogue/gsm.js';
import { languageCodes } from '../../src/dialogue/languages.js';
import { fill } from '../../src/dialogue/pack.js';
import { createLateTurns, lateNotices, tellOfGivenUp } from '../../src/late-turns.js';
import type { Phone } from '../../src/phone-number.js';
import { erasePerson } from '../../src/profile/erasure.js';
import { createSeal } from '../../src/seal.js';
import { createClock } from '../kit/clock.js';
import { backs } from '../kit/database.js';
import { newSessionId, ussdForm } from '../kit/handset.js';
import { starveHashing } from '../kit/passwords.js';
import { eventually, recordOf } from '../kit/rows.js';
import { DATA_KEY, openService, type Service } from '../kit/service.js';

const seal = createSeal(Buffer.from(DATA_KEY, 'base64'));
const LATE = 'END This takes longer than usual.';
const NOT_DONE =
  'KNEC CP2: Sorry, what you asked for in your last call was not done. Nothing was changed. Please dial *384*27# again.';

test.each(languageCodes)('that nothing was done is one SMS in %s', (language) => {
  const said = fill(lateNotices[language].notDone, () => '*384*27#');
  expect(septets(said)).toBeLessThanOrEqual(160);
  expect(isGsm(said)).toBe(true);
});

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`a turn that its caller was told goes on, on ${name}`, () => {
    const clock = createClock('2026-11-23T06:00:00Z');
    let service: Service;
    let number: string;

    beforeAll(async () => {
      service = await openService({ kind, now: clock.now, patienceMs: 300 });
    });
    afterAll(() => service?.stop());
    beforeEach(() => {
      number = service.phone().number;
    });

    const phone = () => number.slice(1) as Phone;
    const notes = () => service.db('late_turns').where({ phone: phone() }).pluck('input_digest');
    const tell = () =>
      tellOfGivenUp({ db: service.db, seal, now: clock.now, ussdCode: '*384*27#' });
    const note = (digest: Buffer) =>
      createLateTurns({ db: service.db, now: clock.now }).note({ phone: phone(), digest }, 'en');
    const sent = () => service.db('messages').where({ phone: phone() }).pluck('carries');

    /** Somebody who dials, and what they are shown. */
    function call() {
      const session = newSessionId();
      return async (text: string) =>
        (await service.post('ussd', ussdForm({ session, number, text }))).text();
    }

    /** Registers, and is told that it takes longer. */
    async function registerLate(): Promise<void> {
      const say = call();
      await say('');
      await say('1');
      await starveHashing();
      expect(await say('1*1')).toContain(LATE);
    }

    test('is noted until it is through', async () => {
      const say = call();
      await say('');
      await say('2');
      await service.db.transaction(async (trx) => {
        await trx('sessions').where({ phone: phone() }).forUpdate().select('id');
        expect(await say('2*2')).toContain(LATE);
        // The one session of the embedded database is held here.
        if (kind === 'postgresql') expect(await notes()).toHaveLength(1);
      });
      expect((await service.carrier.next(number)).message).toContain('Lugha: Kiswahili');
      await eventually(async () => expect(await notes()).toEqual([]));
      clock.pass({ minutes: 6 });
      await tell();
      expect(await sent()).toEqual(['reply']);
    });

    test('and comes to nothing is told of by one SMS, in five minutes', async () => {
      await registerLate();
      process.kill(hashingNow().pid ?? 0, 'SIGKILL');
      await eventually(async () => {
        expect(service.log()).toContain('a turn failed after its caller was answered');
      });
      expect(await recordOf(service.db, number)).toMatchObject({ accounts: 0 });
      clock.pass({ minutes: 4 });
      await tell();
      expect(await sent()).toEqual([]);
      clock.pass({ minutes: 2 });
      await Promise.all([tell(), tell()]);
      expect(await sent()).toEqual(['reply']);
      expect(await notes()).toEqual([]);
      expect((await service.carrier.next(number)).message).toBe(NOT_DONE);
    });

    test('and was told of as not done is not recorded any more', async () => {
      const failures = () => service.log().split('a turn failed after its caller').length;
      const before = failures();
      await registerLate();
      clock.pass({ minutes: 6 });
      await tell();
      expect((await service.carrier.next(number)).message).toBe(NOT_DONE);
      // By now another process has hashed the password.
      await eventually(async () => expect(failures()).toBe(before + 1));
      expect(await recordOf(service.db, number)).toMatchObject({ accounts: 0, passwords: 0 });
      expect(await sent()).toEqual(['reply']);
      expect(await notes()).toEqual([]);
    });

    test('and comes to nothing is noted then, where it could not be at first', async () => {
      await service.db.raw('alter table late_turns rename to late_turns_away');
      await registerLate();
      await service.db.raw('alter table late_turns_away rename to late_turns');
      process.kill(hashingNow().pid ?? 0, 'SIGKILL');
      await eventually(async () => expect(await notes()).toHaveLength(1));
    });

    test('and was recorded, though its process was killed before it was forgotten, is not', async () => {
      await call()('');
      const [digest] = await service.db('turns').where({ phone: phone() }).pluck('input_digest');
      await note(digest);
      clock.pass({ minutes: 6 });
      await tell();
      expect(await notes()).toEqual([]);
      expect(await sent()).toEqual([]);
    });

    test('and whose result could not be sent with it is told of later, once', async () => {
      const say = call();
      await say('');
      await say('2');
      await service.db.raw(
        `create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$`,
      );
      await service.db.raw(
        'create trigger refused before update on turns for each row execute function refuse()',
      );
      try {
        await service.db.transaction(async (trx) => {
          await trx('sessions').where({ phone: phone() }).forUpdate().select('id');
          expect(await say('2*2')).toContain(LATE);
        });
        await eventually(async () => expect(service.log()).toContain('refused'));
      } finally {
        await service.db.raw('drop trigger refused on turns');
        await service.db.raw('drop function refuse');
      }
      expect(await sent()).toEqual([]);
      clock.pass({ minutes: 6 });
      await Promise.all([tell(), tell()]);
      await tell();
      expect(await sent()).toEqual(['reply']);
      expect((await service.carrier.next(number)).message).toContain('Lugha: Kiswahili');
      expect(await notes()).toEqual([]);
    });

    test('and cannot be told of keeps no other from it, nor does a language that is not here', async () => {
      const other = service.phone();
      await call()('');
      await note(randomBytes(32));
      await service.db('late_turns').where({ phone: phone() }).update({ language: 'zz' });
      await other.dial();
      const broken = { phone: other.number.slice(1), told_at: new Date(0), language: 'en' };
      const [digest] = await service
        .db('turns')
        .where({ phone: broken.phone })
        .pluck('input_digest');
      await service.db('turns').where({ phone: broken.phone }).update({ reply: 'x', ended: true });
      await service.db('late_turns').insert({ ...broken, input_digest: digest });
      clock.pass({ minutes: 6 });
      await expect(tell()).rejects.toThrow('late turns');
      expect((await service.carrier.next(number)).message).toBe(NOT_DONE);
      await service.db('late_turns').where({ phone: broken.phone }).delete();
    });

    test('is forgotten with its number', async () => {
      await call()('');
      await note(randomBytes(32));
      const erasing = { phone: phone(), via: 'command', at: clock.now() } as const;
      await inTransaction(service.db, (trx) => erasePerson(trx, seal, erasing));
      expect(await notes()).toEqual([]);
    });

    test('whose number was erased before it was noted is not told of, and forgotten', async () => {
      await note(randomBytes(32));
      clock.pass({ minutes: 6 });
      await tell();
      expect(await notes()).toEqual([]);
      expect(await sent()).toEqual([]);
    });
  });
}
