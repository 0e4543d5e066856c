import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { segmentsOf } from '../../../src/channels/smpp/segments.js';
import { isGsm, septets } from '../../../src/dialogue/gsm.js';
import { type Phone, readPhone } from '../../../src/phone-number.js';
import { openSmsc, type Smsc } from './smsc.js';
import { openStation, type Station } from './station.js';

const phone = readPhone('0712345678') as Phone;
const taken = (carrierMessageId: string) => ({ accepted: true, carrierMessageId, cost: null });
const failed = (failure: string) => ({ accepted: false, failure });

describe('on a bind', () => {
  let station: Station;
  let smsc: Smsc;
  beforeAll(async () => {
    station = await openStation();
    ({ smsc } = station);
  });
  afterEach(() => {
    smsc.onSubmit = () => ({});
  });
  afterAll(() => station?.stop());

  const sent = async (text: string) => {
    const before = smsc.submitted.length;
    const outcome = await station.sendSms(phone, text);
    return { outcome, submits: smsc.submitted.slice(before) };
  };

  test('an SMS goes to the number, from the source, and asks for a receipt', async () => {
    smsc.onSubmit = () => ({ id: '00AF17' });
    const { outcome, submits } = await sent('CP2: karibu @ {home}');
    expect(outcome).toEqual(taken('af17'));
    expect(submits).toMatchObject([
      {
        to: '254712345678',
        text: 'CP2: karibu @ {home}',
        fields: {
          ...{ source_addr: '22263', source_addr_ton: 3, source_addr_npi: 0 },
          ...{ dest_addr_ton: 1, dest_addr_npi: 1 },
          ...{ data_coding: 0, esm_class: 0, registered_delivery: 1 },
        },
      },
    ]);
  });

  test('a long SMS goes in parts, and is taken when all of them are', async () => {
    const text = 'Habari ya leo. '.repeat(25);
    const { outcome, submits } = await sent(text);
    expect(submits.map(({ fields }) => fields['registered_delivery'])).toEqual([0, 0, 1]);
    expect(outcome).toEqual(taken(`id-${smsc.submitted.length}`));
    expect(submits.map((submit) => submit.text).join('')).toBe(text);
    const [reference, other] = [submits[0]?.bytes[2], submits[1]?.bytes[2]];
    expect(other).toBe(reference);
    expect(submits.map(({ bytes }) => [...bytes.subarray(3)])).toEqual([
      [3, 1],
      [3, 2],
      [3, 3],
    ]);
  });

  test('of a long SMS nothing more goes out after a part that was not taken', async () => {
    smsc.onSubmit = () => ({ status: smsc.submitted.length % 2 === 0 ? 0x58 : 0 });
    const before = smsc.submitted.length;
    smsc.onSubmit = () => ({ status: smsc.submitted.length === before + 2 ? 0x58 : 0 });
    const { outcome, submits } = await sent('x'.repeat(400));
    expect(outcome).toEqual(failed('rateLimited'));
    expect(submits).toHaveLength(2);
  });

  test.each([
    [0x58, 'ESME_RTHROTTLED', 'rateLimited'],
    [0x14, 'ESME_RMSGQFUL', 'rateLimited'],
    [0x0b, 'ESME_RINVDSTADR', 'invalidNumber'],
    [0x0a, 'ESME_RINVSRCADR', 'invalidSender'],
    [0x08, 'ESME_RSYSERR', 'carrierDown'],
    [0x45, 'ESME_RSUBMITFAIL', 'refused'],
    [0x0400, "a vendor's own", 'refused'],
  ])('status %i, %s, is %s', async (status, _name, failure) => {
    smsc.onSubmit = () => ({ status });
    expect((await sent('hi')).outcome).toEqual(failed(failure));
  });

  test('one that is taken without an id is taken', async () => {
    smsc.onSubmit = () => ({ id: '' });
    const [one, other] = [(await sent('hi')).outcome, (await sent('hi')).outcome];
    expect(one).toEqual(taken(expect.stringMatching(/^[0-9a-f-]{36}$/)));
    expect(other).not.toEqual(one);
  });

  test('a generic_nack is no yes, and an answer to something else is none', async () => {
    smsc.onSubmit = ({ fields }) => {
      const sequence = fields.sequence_number.toString(16).padStart(8, '0');
      smsc.raw(`00000010 80000015 00000000 ${sequence}`);
      smsc.raw(`00000010 80000000 00000000 ${sequence}`);
      return null;
    };
    expect((await sent('hi')).outcome).toEqual(failed('refused'));
  });

  test('a link that breaks leaves the outcome open', async () => {
    smsc.onSubmit = () => {
      smsc.binds.at(-1)?.session.destroy();
      return null;
    };
    const bound = smsc.binds.length;
    expect((await sent('hi')).outcome).toEqual(failed('timedOut'));
    await smsc.bound(bound + 1);
    smsc.onSubmit = () => ({});
    expect((await sent('hi')).outcome).toMatchObject({ accepted: true });
  });
});

test('an answer that does not come in time leaves the outcome open', async () => {
  const station = await openStation({ times: { responseMs: 50 } });
  station.smsc.onSubmit = () => null;
  expect(await station.sendSms(phone, 'hi')).toEqual(failed('timedOut'));
  await station.stop();
});

test('no more are without an answer at once than the window allows', async () => {
  const station = await openStation({ times: { waitMs: 300 } });
  station.smsc.onSubmit = () => null;
  await station.smsc.bound();
  const sendings = Array.from({ length: 12 }, () => station.sendSms(phone, 'hi'));
  expect(await Promise.any(sendings)).toEqual(failed('rateLimited'));
  expect(station.smsc.submitted).toHaveLength(10);
  for (const { fields } of station.smsc.submitted) {
    station.smsc.binds.at(-1)?.session.send(fields.response({ message_id: 'x' }));
  }
  const outcomes = await Promise.all(sendings);
  expect(outcomes.filter(({ accepted }) => accepted)).toHaveLength(10);
  await station.stop();
});

test('while the message centre is away the carrier is down', async () => {
  const gone = await openSmsc();
  await gone.stop();
  const station = await openStation({ smsc: gone, times: { waitMs: 20 } });
  expect(await station.sendSms(phone, 'hi')).toEqual(failed('carrierDown'));
  await station.close();
});

test('an SMS waits for a bind that is on its way', async () => {
  const station = await openStation();
  expect(await station.sendSms(phone, 'hi')).toMatchObject({ accepted: true });
  await station.stop();
});

describe('texts', () => {
  const parts = (text: string) =>
    segmentsOf(text, 7).map(({ short_message }) => short_message.length);

  test.each([
    ['160 septets', 'a'.repeat(160), [160]],
    ['161 septets', 'a'.repeat(161), [159, 14]],
    ['80 of two septets', '€'.repeat(80), [160]],
    ['153 and a character of two', `${'a'.repeat(152)}€${'a'.repeat(10)}`, [158, 18]],
    ['70 outside the alphabet', 'ĩ'.repeat(70), [140]],
    ['71 outside the alphabet', 'ĩ'.repeat(71), [140, 14]],
    ['a character of two halves at the border', `${'ĩ'.repeat(66)}😀${'ĩ'.repeat(5)}`, [138, 20]],
    ['nothing', '', [0]],
    ['an escape, which is no character', `\x1be${'a'.repeat(68)}`, [140]],
    ['more than 255 parts', 'a'.repeat(153 * 255 + 1), []],
  ])('%s', (_name, text, lengths) => {
    expect(parts(text)).toEqual(lengths);
  });

  test('every character that counts as one of the alphabet is sent as one', () => {
    for (let code = 0; code < 0x3000; code += 1) {
      const character = String.fromCharCode(code);
      const [segment] = segmentsOf(character, 7);
      expect(segment?.data_coding, character).toBe(isGsm(character) ? 0 : 8);
      if (isGsm(character)) expect(segment?.short_message).toHaveLength(septets(character));
    }
  });
});
