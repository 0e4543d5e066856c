import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPhone } from '../../src/phone-number.js';
import { openSmsc, type Smsc, type Submit, SYSTEM_ID } from '../channels/smpp/smsc.js';
import { backs } from '../kit/database.js';
import { loginWith, passwordIn } from '../kit/passwords.js';
import { changesNothing, eventually, outboxEmptied, recordOf } from '../kit/rows.js';
import { openService, type Service } from '../kit/service.js';

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`the service over SMPP, on ${name}`, () => {
    let smsc: Smsc;
    let service: Service;

    beforeAll(async () => {
      smsc = await openSmsc();
      service = await openService({
        kind,
        env: {
          SMPP_URL: `smpp://127.0.0.1:${smsc.port}`,
          SMPP_SYSTEM_ID: SYSTEM_ID,
          SMPP_PASSWORD: smsc.password,
          SMPP_SOURCE: '22263',
          SMS_CARRIER: 'smpp',
          SMPP_MESSAGE_IDS: 'hex-decimal',
        },
      });
      await smsc.bound();
    });
    afterAll(async () => {
      await service?.stop();
      await smsc?.stop();
    });

    let numbers = 254_790_000_000;
    const newNumber = () => {
      numbers += 1;
      return String(numbers);
    };

    function sms(number: string, text: string, more: Readonly<Record<string, unknown>> = {}) {
      return {
        ...{ source_addr_ton: 1, source_addr_npi: 1, source_addr: number },
        ...{ destination_addr: '22263', data_coding: 0, short_message: Buffer.from(text) },
        ...more,
      };
    }

    /** What has been sent to a number, once there are so many. */
    async function sentTo(number: string, count: number): Promise<readonly Submit[]> {
      const sent = () => smsc.submitted.filter(({ to }) => to === number);
      await eventually(async () => expect(sent().length).toBeGreaterThanOrEqual(count));
      await outboxEmptied(service.db);
      expect(sent()).toHaveLength(count);
      return sent();
    }

    /** The message centre is known to have all of our answers. */
    const allConfirmed = () =>
      eventually(async () => expect(await service.db('unconfirmed_sms')).toEqual([]));

    async function stateOf(number: string): Promise<string | undefined> {
      const row = await service.db('messages').where({ phone: number }).first('state');
      return row?.state;
    }

    test('REGISTER by SMS gives an account, its password by SMS, and word of its arrival', async () => {
      const number = newNumber();
      smsc.onSubmit = () => ({ id: '0AF4C1' });
      expect(await smsc.deliver(sms(number, 'REGISTER'))).toBe(0);
      const [sent] = await sentTo(number, 1);
      expect(await loginWith(service.db, number, passwordIn(sent?.text ?? ''))).toBe('in');
      await eventually(async () => expect(await stateOf(number)).toBe('accepted'));

      const receipt = 'id:0000717 sub:001 dlvrd:001 stat:DELIVRD err:000 text:';
      const about = receipt.replace('0000717', String(0x0af4c1));
      expect(await smsc.deliver(sms(number, about, { esm_class: 0x04 }))).toBe(0);
      expect(await stateOf(number)).toBe('delivered');
      smsc.onSubmit = () => ({ id: smsc.submitted.length.toString(16) });
    });

    test('an SMS that comes again over another link is one; the same words on purpose are two', async () => {
      const number = newNumber();
      const register = sms(number, 'JISAJILI');
      // The link breaks just before our answer: the message centre cannot know, and sends it again.
      const session = await smsc.bound();
      const links = smsc.binds.length;
      const first = smsc.deliver(register, session);
      session.socket.end();
      await first.catch(() => {});
      await smsc.bound(links + 1);
      expect(await smsc.deliver(register)).toBe(0);
      await sentTo(number, 1);
      await allConfirmed();
      expect(await recordOf(service.db, number)).toMatchObject({
        accounts: 1,
        turns: 1,
        passwords: 1,
      });

      for (const time of [2, 3]) {
        expect(await smsc.deliver(sms(number, 'MSAADA'))).toBe(0);
        await sentTo(number, time);
        await allConfirmed();
      }
      expect(await recordOf(service.db, number)).toMatchObject({ turns: 3 });
    });

    test('the parts of a long SMS come through two processes, and are one', async () => {
      const number = newNumber();
      await smsc.deliver(sms(number, 'REGISTER'));
      await sentTo(number, 1);
      const links = smsc.binds.length;
      const here = await smsc.bound(links);
      // The embedded database serves one process only.
      if (kind === 'postgresql') await service.another();
      const there = await smsc.bound(kind === 'postgresql' ? links + 1 : links);
      const part = (number_: number, text: string) =>
        sms(number, '', {
          esm_class: 0x40,
          short_message: Buffer.concat([Buffer.of(5, 0, 3, 0x21, 2, number_), Buffer.from(text)]),
        });
      const [one, two] = [part(1, 'PROFILE KRA A0123'), part(2, '45678Z, NSSF 1234567')];
      const statuses = [
        smsc.deliver(two, there),
        smsc.deliver(one, here),
        smsc.deliver(two, here),
        smsc.deliver(one, there),
      ];
      expect(await Promise.all(statuses)).toEqual([0, 0, 0, 0]);
      await sentTo(number, 2);
      const { rows } = await service.db.raw(
        `select detail from profile_details join accounts on accounts.id = account_id
      where phone = ? order by detail`,
        [number],
      );
      expect(rows).toEqual([{ detail: 'kraPin' }, { detail: 'nssf' }]);
    });

    describe('what is hostile changes nothing', () => {
      test.each([
        [
          'a length past the end',
          '0000003a000000050000000000000007000101323534373132333435363738000300323232363300000000000000000000c85245474953544552',
          0x66,
        ],
        [
          'part 0 of 0',
          '000000390000000500000000000000070001013235343731323334353637380003003232323633004000000000000000000705000301000078',
          0x66,
        ],
        [
          'a receipt about an SMS of nobody, by words that nobody knows',
          '0000004f0000000500000000000000070001013235343731323334353637380003003232323633000400000000000000001d69643a373820737461743a54454c45504f52544544206572723a303030',
          0,
        ],
      ])('%s', async (_name, hex, status) => {
        await allConfirmed();
        await changesNothing(service.db, async () => {
          const answer = smsc.next('deliver_sm_resp');
          smsc.raw(hex);
          expect((await answer).command_status).toBe(status);
        });
      });
    });

    test('no number, no word and no password is in the log', async () => {
      const number = newNumber();
      await smsc.deliver(sms(number, 'REGISTER to be secret'));
      const [sent] = await sentTo(number, 1);
      const log = service.log();
      expect(log).toContain('bound to the message centre');
      expect(log).not.toContain(number);
      expect(log).not.toContain(readPhone(number)?.slice(3));
      expect(log).not.toContain('to be secret');
      expect(log).not.toContain(passwordIn(sent?.text ?? ''));
      expect(log).not.toContain(smsc.password);
    });
  });
}
