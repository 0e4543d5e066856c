import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/gateway.js';
import { backs } from '../kit/database.js';
import { newSessionId, postTo, ussdForm } from '../kit/handset.js';
import { outboxEmptied, recordOf } from '../kit/rows.js';
import { DATA_KEY, openService, type Service } from '../kit/service.js';

/** What two numbers sent before the data key was replaced, and send once more after it. */
for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`after the data key was replaced, on ${name}`, () => {
    let service: Service;
    let gateway: Pick<Gateway, 'url' | 'database'>;
    const [caller, texter] = ['+254733000001', '+254733000002'];
    const session = newSessionId();
    const [registration, question] = [randomUUID(), randomUUID()];

    const answers = async (text: string) =>
      (await postTo(gateway.url)('ussd', ussdForm({ session, number: caller, text }))).text();
    const texted = async (id: string, text: string) => {
      const sms = { date: '2026-11-23 06:04:45', from: texter, id, text };
      const form = { ...sms, to: '22263', networkCode: '63902' };
      expect((await postTo(gateway.url)('sms', form)).status).toBe(200);
    };
    const kept = async () => {
      await outboxEmptied(gateway.database.db);
      const record = await recordOf(gateway.database.db, texter);
      return { record, sent: service.carrier.taken.length };
    };
    let before: { readonly welcome: string; readonly kept: Awaited<ReturnType<typeof kept>> };

    beforeAll(async () => {
      service = await openService({ kind });
      gateway = { url: service.url, database: { db: service.db } as Gateway['database'] };
      const welcome = await answers('');
      await texted(registration, 'REGISTER');
      await texted(question, 'PROFILE');
      await texted(randomUUID(), '1');
      before = { welcome, kept: await kept() };
      await service.stopGateway();
      const renewed = Buffer.from(randomBytes(32)).toString('base64');
      gateway = await service.another({ DATA_KEY: renewed, DATA_KEY_PREVIOUS: DATA_KEY });
    });
    afterAll(() => service?.stop());

    test('a call goes on, and a request of it that comes again has the same reply', async () => {
      expect(await answers('')).toBe(before.welcome);
      expect(await answers('2')).toContain('Choose a language');
      expect(await answers('')).toBe(before.welcome);
    });

    test('an SMS that comes again is not taken again', async () => {
      await texted(registration, 'REGISTER');
      await texted(question, 'PROFILE');
      expect(await kept()).toEqual(before.kept);
    });
  });
}
