import { afterEach, describe, expect, test } from 'vitest';
import { type Phone, readPhone } from '../../../src/phone-number.js';
import { openSmsc } from './smsc.js';
import { openStation, type Station } from './station.js';

const phone = readPhone('0712345678') as Phone;
const register = {
  ...{ source_addr_ton: 1, source_addr_npi: 1, source_addr: '254712345678' },
  ...{ destination_addr: '22263', short_message: Buffer.from('REGISTER'), data_coding: 0 },
};

let station: Station;
afterEach(() => station?.stop());

describe('the bind', () => {
  test('is a transceiver of SMPP 3.4, and ends with an unbind', async () => {
    station = await openStation();
    await station.nextNews('bound');
    const session = await station.smsc.bound();
    expect(station.smsc.binds[0]?.fields).toMatchObject({
      ...{ command: 'bind_transceiver', system_id: 'gateway', password: 'pa55w0rd' },
      interface_version: 0x34,
    });
    const unbind = station.smsc.next('unbind', session);
    await station.close();
    expect(await unbind).toMatchObject({ command: 'unbind' });
    expect(station.news).toEqual([{ kind: 'bound' }]);
  });

  test.each([
    ['an unknown system id', { systemId: 'nobody' }, 'ESME_RINVSYSID'],
    ['a wrong password', { password: 'wrong' }, 'ESME_RINVPASWD'],
  ])('that is refused for %s fails SMS at once, and is tried again', async (_, account, name) => {
    station = await openStation({ account });
    expect(await station.nextNews('refused')).toEqual({
      ...{ kind: 'refused', status: name, failure: 'badCredentials' },
    });
    expect(await station.sendSms(phone, 'hi')).toEqual({
      ...{ accepted: false, failure: 'badCredentials' },
    });
    expect(JSON.stringify(station.news)).not.toMatch(/wrong|nobody/);
    station.smsc.onBind = () => 0;
    await station.nextNews('bound');
    expect(await station.sendSms(phone, 'hi')).toMatchObject({ accepted: true });
  });

  test('that another process has is no matter of the password', async () => {
    station = await openStation();
    await station.smsc.bound();
    station.smsc.onBind = () => 0x05;
    station.smsc.binds[0]?.session.destroy();
    expect(await station.nextNews('refused')).toMatchObject({ failure: 'carrierDown' });
    expect(await station.sendSms(phone, 'hi')).toEqual({ accepted: false, failure: 'carrierDown' });
  });

  test('comes back after the message centre was away, or has unbound it', async () => {
    station = await openStation();
    await station.smsc.bound(1);
    station.smsc.binds[0]?.session.destroy();
    await station.smsc.bound(2);
    station.smsc.binds[1]?.session.unbind();
    await station.smsc.bound(3);
    expect(station.news.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['bound', 'lost', 'bound', 'lost']),
    );
    expect(await station.sendSms(phone, 'hi')).toMatchObject({ accepted: true });
  });

  test('is given up when the message centre is silent', async () => {
    station = await openStation({ times: { enquireMs: 10, responseMs: 30 } });
    const session = await station.smsc.bound();
    session.removeAllListeners('enquire_link');
    expect(await station.nextNews('lost')).toEqual({
      ...{ kind: 'lost', reason: 'no answer to enquire_link' },
    });
    await station.smsc.bound(2);
  });

  test('keeps the waits between attempts apart, and short of a limit', async () => {
    const gone = await openSmsc();
    await gone.stop();
    station = await openStation({ smsc: gone });
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      expect(await station.nextNews('lost')).toEqual({ kind: 'lost', reason: 'ECONNREFUSED' });
    }
    const back = await openSmsc(gone.port);
    await back.bound();
    expect(await station.sendSms(phone, 'hi')).toMatchObject({ accepted: true });
    await station.close();
    await back.stop();
  });

  test('is two where the message centre wants a pair', async () => {
    station = await openStation({ account: { binds: 'pair' } });
    await station.smsc.bound(2);
    const commands = station.smsc.binds.map(({ fields }) => fields.command);
    expect(commands.toSorted()).toEqual(['bind_receiver', 'bind_transmitter']);
    const receiver = station.smsc.binds.find(({ fields }) => fields.command === 'bind_receiver');
    expect(await station.sendSms(phone, 'hi')).toMatchObject({ accepted: true });
    expect(await station.smsc.deliver(register, receiver?.session)).toBe(0);
    const transmitter = station.smsc.binds.find((bind) => bind !== receiver);
    expect(await station.smsc.deliver(register, transmitter?.session)).not.toBe(0);
    expect(station.heard).toHaveLength(1);
  });

  test('closes while it is not bound', async () => {
    const gone = await openSmsc();
    await gone.stop();
    station = await openStation({
      smsc: gone,
      times: { firstWaitMs: 60_000, longestWaitMs: 60_000 },
    });
    await station.nextNews('lost');
    await station.close();
    expect(station.news).toHaveLength(1);
  });
});

describe('an SMS that comes in', () => {
  test('is answered when it has been taken, and not before', async () => {
    station = await openStation();
    await station.smsc.bound();
    let answered = false;
    station.onSms = async () => expect(answered).toBe(false);
    const answer = station.smsc.deliver(register).then((status) => {
      answered = true;
      return status;
    });
    expect(await answer).toBe(0);
    expect(station.heard).toHaveLength(1);
  });

  test('is asked for again when it was not taken, and is the same one then', async () => {
    station = await openStation();
    await station.smsc.bound();
    const tried: string[] = [];
    station.onSms = async ({ id }) => {
      tried.push(id);
      if (tried.length === 1) throw new Error('the database is away');
    };
    expect(await station.smsc.deliver(register)).toBe(0x64);
    expect(await station.smsc.deliver(register)).toBe(0);
    expect(tried[1]).toBe(tried[0]);
    expect(station.errors).toHaveLength(1);
  });

  test('is the same one again when the link broke before our answer', async () => {
    station = await openStation();
    await station.smsc.bound();
    const tried: string[] = [];
    station.onSms = async ({ id }) => {
      tried.push(id);
      if (tried.length === 1) station.smsc.binds[0]?.session.destroy();
    };
    await expect(station.smsc.deliver(register)).rejects.toThrow('the link broke');
    await station.smsc.bound(2);
    const settled = station.nextSettled();
    expect(await station.smsc.deliver(register)).toBe(0);
    expect(tried[1]).toBe(tried[0]);
    expect(await settled).toBe(tried[0]);
  });

  test('is another one when the message centre is known to have our answer', async () => {
    station = await openStation();
    await station.smsc.bound();
    for (const time of [1, 2]) {
      const settled = station.nextSettled();
      expect(await station.smsc.deliver(register)).toBe(0);
      await settled;
      expect(station.heard).toHaveLength(time);
    }
    const [one, other] = station.heard as { id?: string }[];
    expect(other?.id).not.toBe(one?.id);
  });

  test('is finished and settled before the bind is closed; later ones are asked for again', async () => {
    station = await openStation();
    const session = await station.smsc.bound();
    let finish = () => {};
    const begun = new Promise<void>((begin) => {
      station.onSms = () =>
        new Promise((resolve) => {
          finish = resolve;
          begin();
        });
    });
    const answer = station.smsc.deliver(register);
    await begun;
    const closed = station.close();
    expect(await station.smsc.deliver({ ...register, short_message: Buffer.from('HELP') })).toBe(
      0x64,
    );
    const unbound = station.smsc.next('unbind', session);
    finish();
    expect(await answer).toBe(0);
    await unbound;
    expect(station.settled).toHaveLength(1);
    await closed;
  });
});

describe('bytes that nobody should send', () => {
  test.each([
    ['a length of nothing', '00000000 00000005 00000000 00000001'],
    ['a length shorter than a header', '0000000f 00000015 00000000 000001'],
    ['a length of 4 GB', 'ffffffff 00000005 00000000 00000001'],
    ['a length of 16 KB and a byte', '00004001 00000005 00000000 00000001'],
    ['a web page', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n').toString('hex')],
  ])('%s end the link, and it comes back', async (_name, hex) => {
    station = await openStation();
    const session = await station.smsc.bound();
    const nack = station.smsc.next('generic_nack', session);
    station.smsc.raw(hex);
    expect(await nack).toMatchObject({ command_status: 0x02 });
    await station.smsc.bound(2);
    expect(station.heard).toEqual([]);
    expect(await station.sendSms(phone, 'hi')).toMatchObject({ accepted: true });
  });

  test.each([
    ['an unknown command', '00000010 00000077 00000000 00000005'],
    ['a bind in the wrong direction', '00000010 00000009 00000000 00000005'],
    ['a submit_sm in the wrong direction', '00000010 00000004 00000000 00000005'],
  ])('%s is not understood', async (_name, hex) => {
    station = await openStation();
    const session = await station.smsc.bound();
    const nack = station.smsc.next('generic_nack', session);
    station.smsc.raw(hex);
    expect(await nack).toMatchObject({ command_status: 0x03, sequence_number: 5 });
    expect(station.smsc.binds).toHaveLength(1);
  });

  test.each([
    ['an answer that nobody waits for', '00000010 80000004 00000000 7fffffff'],
    ['an outbind', '00000012 0000000b 00000000 00000005 0000'],
    ['an alert_notification', '00000010 00000102 00000000 00000005'],
  ])('%s is let go', async (_name, hex) => {
    station = await openStation();
    await station.smsc.bound();
    station.smsc.raw(hex);
    expect(await station.smsc.deliver(register)).toBe(0);
    expect(station.smsc.binds).toHaveLength(1);
  });

  test('a PDU that comes byte by byte, or with others, is read', async () => {
    station = await openStation();
    await station.smsc.bound();
    const help =
      '000000360000000500000000000000070001013235343731323334353637380003003232323633000000000000000000000448454c50';
    const answer = station.smsc.next('deliver_sm_resp');
    for (const byte of help.match(/../g) ?? []) station.smsc.raw(byte);
    await answer;
    const settled = station.nextSettled();
    station.smsc.raw(help.replace('48454c50', '53544f50') + help.replace('48454c50', '494e464f'));
    await settled;
    await station.nextSettled();
    expect(station.heard.map((one) => 'text' in one && one.text)).toEqual(['HELP', 'STOP', 'INFO']);
  });
});
