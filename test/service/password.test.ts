import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendOtherPasswords } from '../../src/accounts/another-password.js';
import { kenyanTime } from '../../src/dialogue/kenyan-time.js';
import { createSeal } from '../../src/seal.js';
import { createClock } from '../kit/clock.js';
import type { Phone } from '../kit/conversation.js';
import { loginWith, passwordIn } from '../kit/passwords.js';
import { outboxEmptied } from '../kit/rows.js';
import type { TakenSms } from '../kit/sending-stand-in.js';
import { DATA_KEY, openService, type Service } from '../kit/service.js';
import { visitor } from '../web/http-visitor.js';

/** In Kenya, three hours ahead: 23 November, 17:20:30. */
const clock = createClock('2026-11-23T14:20:30Z');
let service: Service;

beforeAll(async () => {
  service = await openService({ now: clock.now });
});
afterAll(() => service?.stop());

type Person = Phone & { readonly number: string };

/** Somebody who has just registered, and their first password. */
async function member(): Promise<{ phone: Person; sms: TakenSms }> {
  const phone = service.phone();
  await phone.dial();
  await phone.reply('1');
  await phone.reply('1');
  return { phone, sms: await service.carrier.next(phone.number) };
}

async function askForAnother(phone: Person): Promise<string> {
  await phone.dial();
  await phone.reply('2');
  const { text, ended } = await phone.reply('1');
  expect(ended).toBe(true);
  return text;
}

function login({ number }: Person, sms: string): Promise<string> {
  return loginWith(service.db, number, passwordIn(sms), clock.now);
}

/** The carrier says what became of an SMS. */
async function report(sms: TakenSms, news: { status: string; failureReason?: string }) {
  const form = { id: sms.id, phoneNumber: sms.to, networkCode: '63902', ...news };
  const { status } = await service.post('delivery-reports', form);
  expect(status).toBe(200);
  await outboxEmptied(service.db);
}

/** What the gateway does by itself every now and then. */
function lookForNews(): Promise<number> {
  const seal = createSeal(Buffer.from(DATA_KEY, 'base64'));
  const parts = { db: service.db, seal, randomInt, web: service.url };
  return sendOtherPasswords({ ...parts, now: clock.now });
}

const arrived = { status: 'Success' };
const blocked = { status: 'Failed', failureReason: 'UserInBlackList' };

describe('the password in the SMS', () => {
  test('logs in, with the space or without it', async () => {
    const { phone, sms } = await member();
    expect(await login(phone, sms.message)).toBe('in');
    const dense = passwordIn(sms.message).replace(' ', '');
    expect(await loginWith(service.db, phone.number, dense, clock.now)).toBe('in');
    expect(await login(service.phone(), sms.message)).toBe('wrong');
  });

  test('stops at a reset, and the new one logs in', async () => {
    const { phone, sms } = await member();
    expect(await askForAnother(phone)).toContain('new password is coming');
    const next = await phone.nextSms();
    expect(await login(phone, sms.message)).toBe('wrong');
    expect(await login(phone, next)).toBe('in');
  });

  test('opens the web, and has to be replaced there; a reset ends that', async () => {
    const { phone, sms } = await member();
    const web = visitor(service.url);
    const password = passwordIn(sms.message);
    expect((await web.post('/login', { phone: phone.number, password })).status).toBe(303);
    expect(await web.get('/profile')).toMatchObject({ status: 303, to: '/password' });
    const own = 'mvua kubwa ya masika';
    await web.post('/password', { newPassword: own, newPasswordAgain: own });
    expect((await web.get('/profile')).status).toBe(200);
    expect(await login(phone, sms.message)).toBe('wrong');

    await askForAnother(phone);
    const next = await phone.nextSms();
    expect(await web.get('/profile')).toMatchObject({ status: 303, to: '/login' });
    expect(await loginWith(service.db, phone.number, own, clock.now)).toBe('wrong');
    expect(await login(phone, next)).toBe('in');
  });

  test('stops after 72 hours', async () => {
    const { phone, sms } = await member();
    clock.pass({ hours: 71 });
    expect(await login(phone, sms.message)).toBe('in');
    clock.pass({ hours: 1 });
    expect(await login(phone, sms.message)).toBe('wrong');
  });
});

describe('the daily limit', () => {
  test('refuses the sixth password, tells until when, and lets go then', async () => {
    const { phone, sms } = await member();
    await report(sms, arrived);
    // To the minute after, not the minute before: by then it has surely come.
    const again = kenyanTime(
      new Date(clock.now().getTime() + 24 * 3_600_000 + 59_999).toISOString(),
    );
    let last = '';
    for (let nr = 2; nr <= 5; nr += 1) {
      clock.pass({ minutes: 10 });
      expect(await askForAnother(phone)).toContain('new password is coming');
      const next = await service.carrier.next(phone.number);
      await report(next, arrived);
      last = next.message;
    }

    const refusal = await askForAnother(phone);
    expect(refusal).toContain('Too many new passwords');
    expect(refusal).toContain(`try again after ${again}`);
    await phone.text('NENOSIRI');
    expect(await phone.nextSms()).toContain(`jaribu tena baada ya ${again}`);
    expect(await login(phone, last)).toBe('in');

    clock.pass({ hours: 23, minutes: 19 });
    expect(await askForAnother(phone)).toContain(again);
    clock.pass({ minutes: 2 });
    expect(await askForAnother(phone)).toContain('new password is coming');
    const next = await phone.nextSms();
    expect(await login(phone, last)).toBe('wrong');
    expect(await login(phone, next)).toBe('in');
  });

  test('does not count an SMS that the carrier refused', async () => {
    const { phone } = await member();
    service.carrier.refuse(phone.number, { statusCode: 403, status: 'InvalidPhoneNumber' });
    for (let nr = 1; nr <= 6; nr += 1) {
      await phone.text('RESET');
      await outboxEmptied(service.db);
    }
    service.carrier.refuse(phone.number, null);
    await phone.text('RESET');
    expect(await login(phone, await phone.nextSms())).toBe('in');
  });

  test('does not count an SMS that did not arrive', async () => {
    const { phone, sms } = await member();
    await report(sms, blocked);
    for (let nr = 1; nr <= 6; nr += 1) {
      await phone.text('RESET');
      await report(await service.carrier.next(phone.number), blocked);
    }
    await phone.text('RESET');
    expect(await login(phone, await phone.nextSms())).toBe('in');
  });
});

describe('a password SMS that did not arrive', () => {
  test.each([
    ['blocked', blocked, '*456*9*5*5*1#'],
    ['blocked, in one word', { status: 'UserInBlacklist' }, '*456*9*5*5*1#'],
    ['a phone that was off', { status: 'AbsentSubscriber' }, 'the phone was off'],
    ['something else', { status: 'Rejected' }, 'could not be delivered'],
  ])('is explained at the next dial, and sent again in one reply: %s', async (_, news, why) => {
    const { phone, sms } = await member();
    await report(sms, news);

    const explained = await phone.dial();
    expect(explained.text).toContain(why);
    expect(explained.text).toContain('1. Send me a new one');
    const sent = await phone.reply('1');
    expect(sent).toMatchObject({ ended: true, text: expect.stringContaining('is coming by SMS') });

    const again = await service.carrier.next(phone.number);
    expect(await login(phone, again.message)).toBe('in');
    await report(again, { status: 'Success' });
    const after = await phone.dial();
    expect(after.text).toContain('1. Profile');
    expect(after.text).not.toContain(why);
  });

  test('is explained until it is cured, to those who go on too', async () => {
    const { phone, sms } = await member();
    await report(sms, blocked);
    await phone.dial();
    expect((await phone.reply('2')).text).toContain('1. Profile');
    expect((await phone.dial()).text).toContain('*456*9*5*5*1#');
  });

  test('is not explained while another is on its way', async () => {
    const { phone, sms } = await member();
    await report(sms, blocked);
    await phone.text('RESET');
    await service.carrier.next(phone.number);
    expect((await phone.dial()).text).toContain('1. Profile');
  });

  test('is missed at the next dial when nobody has told of it, and still works beside a new one', async () => {
    const { phone, sms } = await member();
    await outboxEmptied(service.db);
    expect((await phone.dial()).text).toContain('1. Profile');
    clock.pass({ minutes: 6 });
    const missed = await phone.dial();
    expect(missed.text).toContain('We have no word that your password SMS arrived.');
    expect(await phone.reply('1')).toMatchObject({ ended: true });
    const next = await phone.nextSms();
    expect(await login(phone, sms.message)).toBe('in');
    expect(await login(phone, next)).toBe('wrong');
    expect((await phone.dial()).text).toContain('1. Profile');
  });

  test('is followed by another, and either works until one has been used', async () => {
    const { phone, sms } = await member();
    await outboxEmptied(service.db);
    clock.pass({ minutes: 11 });
    await lookForNews();
    const another = await service.carrier.next(phone.number);
    expect(another.message).toContain('Our last SMS may be lost.');
    expect(await login(phone, another.message)).toBe('in');
    expect(await login(phone, sms.message)).toBe('wrong');
  });

  test('stays failed, and an arrived one arrived, whatever reports come late', async () => {
    const { phone, sms } = await member();
    await report(sms, { status: 'Success' });
    for (const news of [{ status: 'Sent' }, blocked]) await report(sms, news);
    expect((await phone.dial()).text).toContain('1. Profile');
  });
});

describe('a number that the carrier says wants no more', () => {
  const optOut = ({ number }: Person) =>
    service.post('opt-outs', { senderId: 'KNEC', phoneNumber: number });

  test('is remembered though it was never in touch, and gets what it asks for', async () => {
    const phone = service.phone();
    expect((await optOut(phone)).status).toBe(200);
    const caller = await service
      .db('callers')
      .where({ phone: phone.number.slice(1) })
      .first();
    expect(caller.stopped_at).toBeInstanceOf(Date);
    await phone.text('REGISTER');
    expect(await login(phone, await phone.nextSms())).toBe('in');
  });

  test('is sent no notice, and no password that it has not asked for', async () => {
    const { phone } = await member();
    await optOut(phone);
    await outboxEmptied(service.db);
    clock.pass({ minutes: 11 });
    await lookForNews();
    await outboxEmptied(service.db);
    const sent = service.carrier.taken.filter(({ to }) => to === phone.number);
    expect(sent).toHaveLength(1);
  });
});
