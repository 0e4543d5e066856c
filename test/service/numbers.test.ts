import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { approveMove, listMoves } from '../../src/accounts/decisions.js';
import { inTransaction } from '../../src/database/transaction.js';
import { createSeal } from '../../src/seal.js';
import { createClock } from '../kit/clock.js';
import type { Phone } from '../kit/conversation.js';
import { backs } from '../kit/database.js';
import { loginWith, passwordIn } from '../kit/passwords.js';
import { changesNothing } from '../kit/rows.js';
import { DATA_KEY, openService, type Service } from '../kit/service.js';
import { hidden, visitor } from '../web/http-visitor.js';

type Person = Phone & { readonly number: string };

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`a number that was silent, on ${name}`, () => {
    const clock = createClock('2026-01-05T06:00:00Z');
    let service: Service;
    beforeAll(async () => {
      service = await openService({ kind, now: clock.now });
    });
    afterAll(() => service?.stop());

    /** Somebody with an ID on record, who was last heard just now. */
    async function member({ withId = true } = {}): Promise<Person> {
      const phone = service.phone();
      await phone.text('REGISTER');
      await phone.nextSms();
      await texted(phone, 'PROFILE NAME Jane Wanjiku');
      if (withId) await texted(phone, `PROFILE ID ${idOf(phone)}`);
      return phone;
    }

    async function texted(phone: Phone, message: string): Promise<string> {
      await phone.text(message);
      return phone.nextSms();
    }

    /** Everybody has one of their own. */
    const idOf = (phone: Person) => phone.number.slice(-8);
    const accountsOf = (phone: Person) =>
      service.db('accounts').where({ phone: phone.number.slice(1) });

    test('is one whose holder was not heard for 180 days, whatever the way', async () => {
      const phone = await member();
      for (const hear of [
        () => phone.dial(),
        () => phone.text('HELP').then(() => phone.nextSms()),
        () => phone.dial(),
      ]) {
        clock.pass({ days: 179 });
        await hear();
      }
      clock.pass({ days: 179 });
      expect((await phone.dial()).text).toContain('1. Profile');
      clock.pass({ days: 181 });
      expect((await phone.dial()).text).toContain('was silent for 6 months');
    });

    test('stays silent however often it is dialled, until its holder has shown to be the holder', async () => {
      const phone = await member();
      clock.pass({ days: 200 });
      for (let day = 0; day < 3; day += 1) {
        clock.pass({ days: 1 });
        expect((await phone.dial()).text).toContain('was silent');
      }
      expect((await phone.reply(idOf(phone))).text).toContain('1. Profile');
      await phone.hangUp();
      expect((await phone.dial()).text).toContain('1. Profile');
    });

    test('shows, sends and changes nothing of its holder', async () => {
      const phone = await member();
      await phone.dial();
      await phone.reply('1');
      await phone.reply('1');
      await phone.hangUp();
      clock.pass({ days: 200 });
      const heard = [
        await phone.dial(),
        ...(await Promise.all(['RESET', 'PROFILE', 'REGISTER'].map((word) => texted(phone, word)))),
        await texted(phone, 'PROFILE NAME Somebody Else'),
      ];
      for (const said of heard) expect(JSON.stringify(said)).not.toMatch(/Jane|Saved|\d{4} \d{4}/);
      const kept = await service
        .db('profile_details')
        .whereIn('account_id', accountsOf(phone).select('id'))
        .pluck('value');
      expect(kept).toContain('Jane Wanjiku');
      expect(kept).not.toContain('Somebody Else');
    });

    test('keeps what was texted until the ID has come', async () => {
      const phone = await member();
      clock.pass({ days: 200 });
      expect(await texted(phone, 'PROFILE KRA A012345678Z')).toContain('was silent');
      expect(await texted(phone, '11111111')).toContain('Not the ID');
      expect(await texted(phone, idOf(phone))).toContain('Saved: KRA PIN ***78Z.');
    });

    test('gets a password by SMS once the ID has come, and not after three wrong ones', async () => {
      const phone = await member();
      clock.pass({ days: 200 });
      await texted(phone, 'RESET');
      for (const said of ['11111111', '22222222']) {
        expect(await texted(phone, said)).toContain('Not the ID');
      }
      expect(await texted(phone, '33333333')).toContain('try again tomorrow');
      await texted(phone, 'RESET');
      expect(await texted(phone, idOf(phone))).toContain('try again tomorrow');
      clock.pass({ days: 1 });
      await texted(phone, 'RESET');
      const sms = await texted(phone, idOf(phone));
      expect(await loginWith(service.db, phone.number, passwordIn(sms), clock.now)).toBe('in');
    });

    test('is its holder’s again who logs in with an own password, not with an issued one', async () => {
      const phone = await member();
      const web = visitor(service.url);
      const issued = passwordIn(await texted(phone, 'RESET'));
      await web.post('/login', { phone: phone.number, password: issued });
      const own = 'mvua kubwa ya masika';
      await web.post('/password', { newPassword: own, newPasswordAgain: own });
      clock.pass({ days: 200 });
      expect((await phone.dial()).text).toContain('was silent');
      expect(await loginWith(service.db, phone.number, own, clock.now)).toBe('in');
      expect((await phone.dial()).text).toContain('1. Profile');

      clock.pass({ days: 179, hours: 23 });
      await web.post('/reset', { phone: phone.number });
      const late = passwordIn(await phone.nextSms());
      expect(await loginWith(service.db, phone.number, late, clock.now)).toBe('in');
      clock.pass({ days: 179, hours: 23 });
      await web.post('/reset', { phone: phone.number });
      const tooLate = passwordIn(await phone.nextSms());
      clock.pass({ hours: 2 });
      expect(await loginWith(service.db, phone.number, tooLate, clock.now)).toBe('wrong');
    });

    test('goes to a new holder with nothing of the old one, whose account is set aside', async () => {
      const phone = await member();
      const old = passwordIn(await texted(phone, 'RESET'));
      await texted(phone, 'STOP');
      clock.pass({ days: 200 });
      await phone.dial();
      await phone.reply('1');
      expect(await phone.reply('1')).toMatchObject({ ended: true });
      const password = passwordIn(await phone.nextSms());
      expect(await loginWith(service.db, phone.number, old, clock.now)).toBe('wrong');
      expect(await loginWith(service.db, phone.number, password, clock.now)).toBe('in');
      await phone.dial();
      expect((await phone.reply('1')).text).toContain('Profile 0 of 25');

      const aside = await service.db('accounts').whereNotNull('set_aside_at').whereNull('phone');
      expect(aside).toHaveLength(1);
      const kept = await service.db('profile_details').where({ account_id: aside[0].id });
      expect(kept).toHaveLength(2);
      expect(JSON.stringify(aside)).not.toContain(phone.number.slice(1));
      const caller = await service.db('callers').where({ phone: phone.number.slice(1) });
      expect(caller).toMatchObject([{ stopped_at: null }]);
      // The same ID tells that it may be the same person.
      await texted(phone, `PROFILE ID ${idOf(phone)}`);
      expect(await service.db('profile_conflicts').where({ resolved_at: null })).toHaveLength(1);
    });

    test('without an ID on record is registered again', async () => {
      const phone = await member({ withId: false });
      clock.pass({ days: 200 });
      expect((await phone.dial()).text).toContain('register it again');
      await phone.reply('1');
      await phone.reply('1');
      await phone.nextSms();
      await phone.dial();
      expect((await phone.reply('1')).text).toContain('Profile 0 of 25');
    });

    test('is registered anew once, however many ask at once', async () => {
      const phone = await member();
      clock.pass({ days: 200 });
      await phone.text('REGISTER');
      await phone.nextSms();
      const other = service.phone(phone.number);
      await phone.dial();
      await phone.reply('1');
      await Promise.all([phone.reply('1'), other.text('1')]);
      expect(await accountsOf(phone)).toHaveLength(1);
      const aside = await service.db('accounts').whereNotNull('set_aside_at').pluck('id');
      const withId = await service
        .db('profile_details')
        .where({ detail: 'nationalId' })
        .whereIn('account_id', aside);
      expect(new Set(withId.map(({ account_id }) => account_id)).size).toBe(withId.length);
    });

    test('gets a password by the web for the ID on record, once for a form', async () => {
      const phone = await member();
      clock.pass({ days: 200 });
      const web = visitor(service.url);
      const once = hidden((await web.get('/reset')).html, 'once');
      const ask = (more: Record<string, string> = {}) =>
        web.post('/reset', { phone: phone.number, once, ...more });
      const asked = await ask();
      expect(asked.html).toContain('name="nationalId"');
      expect(await ask()).toMatchObject({ status: 200, html: asked.html });
      // The same wrong form, however often it is sent, is one try.
      for (let nr = 0; nr < 4; nr += 1) {
        expect((await ask({ nationalId: '11111111' })).status).toBe(422);
      }
      const right = { nationalId: idOf(phone) };
      const [sent, again] = await Promise.all([ask(right), ask(right)]);
      expect(sent.html).toContain('a new password is on its way');
      expect(again.html).toBe(sent.html);
      const password = passwordIn(await phone.nextSms());
      expect(await loginWith(service.db, phone.number, password, clock.now)).toBe('in');
      expect(await ask({ nationalId: '22222222' })).toMatchObject({ status: 303, to: '/reset' });
      const passwords = service.db('messages').where({ phone: phone.number.slice(1) });
      expect(await passwords.where({ carries: 'password' }).pluck('id')).toHaveLength(2);
    });

    test('shuts nobody out who has it in hand, whatever others enter on the web', async () => {
      const phone = await member();
      clock.pass({ days: 200 });
      const web = visitor(service.url);
      const form = async () => {
        const once = hidden((await web.get('/reset')).html, 'once');
        await web.post('/reset', { phone: phone.number, once });
        return async (nationalId: string) =>
          (await web.post('/reset', { phone: phone.number, once, nationalId })).status;
      };
      const ask = await form();
      for (const wrong of ['11111111', '22222222']) expect(await ask(wrong)).toBe(422);
      expect(await ask('33333333')).toBe(429);
      const again = await form();
      expect(await again(idOf(phone))).toBe(429);
      await phone.dial();
      expect((await phone.reply(idOf(phone))).text).toContain('1. Profile');
    });

    test('a person whose number has changed moves, and needs an operator for it', async () => {
      const before = await member();
      const own = service.phone();
      await own.dial();
      await own.reply('4');
      await own.reply(before.number);
      expect(await own.reply(idOf(before))).toMatchObject({
        ended: true,
        text: expect.stringContaining('KNEC will look at it'),
      });
      expect(await before.nextSms()).toContain('Tell KNEC');
      expect((await own.dial()).text).toContain('1. Register');

      const seal = createSeal(Buffer.from(DATA_KEY, 'base64'));
      const [asked] = await listMoves(service.db, seal);
      expect(asked).toMatchObject({ idFits: true, account: { details: 2 } });
      const id = asked?.id ?? 0;
      const decision = { id, operator: 'achieng', at: clock.now(), withoutId: false };
      await before.dial();
      await before.reply('1');
      await before.reply('1');
      const hindrance = await inTransaction(service.db, (trx) => approveMove(trx, seal, decision));
      expect(hindrance).toBeNull();
      expect((await before.reply('1985')).text).toContain('This call has ended');
      expect(await before.nextSms()).toContain('has moved to');
      expect(await own.nextSms()).toContain('is now on this number');

      const password = passwordIn(await texted(own, 'RESET'));
      expect(await loginWith(service.db, own.number, password, clock.now)).toBe('in');
      await own.dial();
      expect((await own.reply('1')).text).toContain('Profile 2 of 25');
      expect((await before.dial()).text).toContain('1. Register');
    });

    test('is not set aside by whoever knows the number', async () => {
      const phone = await member();
      clock.pass({ days: 200 });
      const web = visitor(service.url);
      const { number } = phone;
      await changesNothing(service.db, async () => {
        await web.post('/register', { phone: number, phoneAgain: number });
      }, ['sessions', 'turns']);
    });
  });
}
