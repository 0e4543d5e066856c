import { describe, expect, test } from 'vitest';
import type { DeliveryFailure, DeliveryReport } from '../../../src/channels/channel.js';
import type { Phone } from '../../../src/phone-number.js';
import type { Source } from '../station.js';
import { startStation } from './station.js';

const carrier = 'africastalking';
const kenyan = '254712345678' as Phone;

describe('inbound SMS', () => {
  const id = '9a1d3f7e-2c4b-4e8a-9f10-3b5c7d9e1f20';
  const rest = `&id=${id}&linkId=&to=22263&cost=KES+0.0000&networkCode=63902`;

  test.each<[Source, string, string, string]>([
    [
      'from the documentation',
      'one form of the date',
      `date=2026-05-03T06%3A04%3A45Z&from=%2B254712345678&text=REGISTER${rest}`,
      'REGISTER',
    ],
    [
      'from the documentation',
      'the other form of the date',
      `date=2026-05-03+06%3A04%3A45&from=%2B254712345678&text=PROFILE+KRA+A012345678Z${rest}`,
      'PROFILE KRA A012345678Z',
    ],
    [
      'from the documentation',
      'a premium message, whose linkId would let us answer at its sender’s cost',
      `from=%2B254712345678&text=REGISTER${rest.replace('linkId=', 'linkId=SampleLinkId123')}`,
      'REGISTER',
    ],
    ['written by hand', 'no date', `from=+254712345678&text=STOP${rest}`, 'STOP'],
    [
      'written by hand',
      'a date of nonsense',
      `date=never&from=0712345678&text=STOP${rest}`,
      'STOP',
    ],
    ['written by hand', 'an empty text', `from=%2B254712345678&text=${rest}`, ''],
    ['written by hand', 'no text', `from=%2B254712345678${rest}`, ''],
    ['written by hand', 'NUL', `from=%2B254712345678&text=ST%00OP${rest}`, 'STOP'],
    [
      'written by hand',
      'lines and emoji',
      `from=0712345678&text=a%0D%0A%F0%9F%98%80${rest}`,
      'a\r\n😀',
    ],
  ])('%s: %s', async (_source, _label, body, text) => {
    const station = await startStation();
    expect((await station.post('sms', body)).status).toBe(200);
    expect(station.heard.sms).toEqual([
      { carrier, id, phone: kenyan, text, network: '63902', part: null },
    ]);
  });

  test.each<[Source, string, string, string[]]>([
    ['written by hand', 'no id', 'from=0712345678&text=STOP', ['id']],
    ['written by hand', 'no sender', 'id=1&text=STOP', ['from']],
    ['written by hand', 'a doubled sender', 'id=1&from=0712345678&from=0712345678', ['from']],
    ['written by hand', 'a doubled text', 'id=1&from=0712345678&text=STOP&text=START', ['text']],
    ['written by hand', 'an id with NUL', 'id=1%00&from=0712345678&text=STOP', ['id']],
    [
      'written by hand',
      'foreign and without an id',
      'from=%2B256701430234&text=STOP',
      ['id', 'from'],
    ],
    ['written by hand', '1,500 fields', 'a=1&'.repeat(1_500), ['request']],
  ])('%s, malformed: %s', async (_source, _label, body, fields) => {
    const station = await startStation();
    expect((await station.post('sms', body)).status).toBe(400);
    expect(station.heard.sms).toEqual([]);
    expect(station.heard.faults).toEqual([
      { fault: { kind: 'malformed', fields }, webhook: 'sms' },
    ]);
  });

  test.each([
    ['the name of a bulk sender', 'Safaricom'],
    ['a short code', '22263'],
    ['a Ugandan number', '%2B256701430234'],
  ])('from %s: taken and dropped, or it would be sent again for hours', async (_, from) => {
    const station = await startStation();
    expect((await station.post('sms', `id=1&from=${from}&text=STOP`)).status).toBe(200);
    expect(station.heard.sms).toEqual([]);
    const fault = { kind: 'unservedNumber', fields: ['from'] };
    expect(station.heard.faults).toEqual([{ fault, webhook: 'sms' }]);
  });
});

describe('delivery reports', () => {
  const id = 'ATXid_0123456789abcdef0123456789abcdef';
  const rest = `&id=${id}&phoneNumber=%2B254712345678&networkCode=63902`;
  const about = { carrier, carrierMessageId: id, phone: kenyan, network: '63902' };
  const failed = (failure: DeliveryFailure) => ({ ...about, state: 'failed', failure }) as const;
  const came = (state: 'sent' | 'delivered') => ({ ...about, state }) as const;

  test.each<[Source, string, DeliveryReport[]]>([
    ['from the documentation', 'status=Sent', [came('sent')]],
    ['from the documentation', 'status=Submitted', [came('sent')]],
    ['from the documentation', 'status=Buffered', [came('sent')]],
    ['from the documentation', 'status=Success&retryCount=0', [came('delivered')]],
    ['from the documentation', 'status=Failed', [failed('rejected')]],
    ['from the documentation', 'status=Failed&failureReason=DeliveryFailure', [failed('rejected')]],
    [
      'from the documentation',
      'status=Failed&failureReason=UserDoesNotExist',
      [failed('rejected')],
    ],
    [
      'from the documentation',
      'status=Rejected&failureReason=UserInBlackList',
      [failed('blocked')],
    ],
    ['from the documentation', 'status=Failed&failureReason=UserInBlacklist', [failed('blocked')]],
    [
      'from the documentation',
      'status=Failed&failureReason=DoNotDisturbRejection',
      [failed('blocked')],
    ],
    ['from the documentation', 'status=Rejected', [failed('rejected')]],
    ['from the documentation', 'status=Expired', [failed('expired')]],
    ['from the documentation', 'status=AbsentSubscriber', [failed('phoneOff')]],
    ['written by hand', 'status=Failed&failureReason=AbsentSubscriber', [failed('phoneOff')]],
    ['written by hand', 'status=Failed&failureReason=UserNotReachable', [failed('phoneOff')]],
    ['written by hand', 'status=UserInBlacklist', [failed('blocked')]],
    ['written by hand', 'status=Failed&failureReason=MemoryFull', [failed('inboxFull')]],
    [
      'written by hand',
      'status=Failed&failureReason=Subscriber+Memory+Exceeded',
      [failed('inboxFull')],
    ],
    ['written by hand', 'status=Rejected&failureReason=INBOX_FULL', [failed('inboxFull')]],
    [
      'from the documentation',
      'status=Failed&failureReason=UserAccountSuspended',
      [failed('rejected')],
    ],
    ['written by hand', 'status=Failed&failureReason=SomethingNew', [failed('rejected')]],
    ['written by hand', 'status=+success+', [came('delivered')]],
    ['written by hand', 'status=Success&failureReason=UserInBlackList', [came('delivered')]],
    ['written by hand', 'status=Teleported', []],
    ['written by hand', 'status=__proto__', []],
    ['written by hand', 'status=%F0%9F%98%80%00', []],
  ])('%s: %s', async (_source, words, reports) => {
    const station = await startStation();
    expect((await station.post('delivery-reports', words + rest)).status).toBe(200);
    expect(station.heard.reports).toEqual(reports);
  });

  test.each([
    ['a status that is not known', 'status=Teleported', ['Teleported']],
    ['a reason that is not known', 'status=Failed&failureReason=Sunspots', ['Sunspots']],
    [
      'both, and the report is no news',
      'status=Odd&failureReason=254712345678',
      ['Odd', '254712345678'],
    ],
    ['none', 'status=Failed&failureReason=AbsentSubscriber', []],
  ])('%s is told to whoever keeps the list', async (_, words, unknown) => {
    const station = await startStation();
    expect((await station.post('delivery-reports', words + rest)).status).toBe(200);
    expect(station.unknownWords).toEqual(unknown);
  });

  test('the number in it does not matter', async () => {
    const station = await startStation();
    const body = `id=${id}&status=Success&phoneNumber=who+knows`;
    expect((await station.post('delivery-reports', body)).status).toBe(200);
    expect(station.heard.reports).toEqual([{ ...came('delivered'), phone: null, network: null }]);
  });

  test.each<[Source, string, string[]]>([
    ['written by hand', 'status=Success', ['id']],
    ['written by hand', `id=${id}`, ['status']],
    ['written by hand', `id=${id}&status=`, ['status']],
    ['written by hand', `id=${id}&status=Success&status=Failed`, ['status']],
    ['written by hand', `id=${id}&id=${id}&status=Success`, ['id']],
    ['written by hand', `id=${id}&status=Failed&failureReason[]=x`, ['failureReason']],
  ])('%s, malformed: %s', async (_source, body, fields) => {
    const station = await startStation();
    expect((await station.post('delivery-reports', body)).status).toBe(400);
    expect(station.heard.reports).toEqual([]);
    expect(station.heard.faults).toMatchObject([{ fault: { kind: 'malformed', fields } }]);
  });
});

describe('opt-outs', () => {
  test.each<[Source, string, number, string[]]>([
    ['from the documentation', 'senderId=KNEC&phoneNumber=%2B254712345678', 200, ['254712345678']],
    ['written by hand', 'phoneNumber=+254712345678', 200, ['254712345678']],
    ['written by hand', 'senderId=KNEC', 400, []],
    ['written by hand', 'phoneNumber=0712345678&phoneNumber=0712345678', 400, []],
    ['written by hand', 'phoneNumber=%2B256701430234', 200, []],
  ])('%s: %s', async (_source, body, status, optOuts) => {
    const station = await startStation();
    expect((await station.post('opt-outs', body)).status).toBe(status);
    expect(station.heard.optOuts).toEqual(optOuts);
  });
});

describe('ends of USSD calls', () => {
  const head =
    'date=2026-05-03+06%3A04%3A45&sessionId=ATUid_1&serviceCode=%2A384%2A27%23&networkCode=63902' +
    '&phoneNumber=%2B254712345678&cost=1.2';
  const tail = '&input=1*my-secret&lastAppResponse=CON+my-screen&errorMessage=my-fault';
  const call = {
    carrier,
    session: 'ATUid_1',
    phone: kenyan,
    network: '63902',
    cost: { currency: null, amount: 1.2 },
  };

  test.each<[Source, string, object]>([
    [
      'from the documentation',
      '&status=Success&durationInMillis=16310&hopsCount=4',
      { ...call, outcome: 'completed', durationMs: 16310, hops: 4 },
    ],
    [
      'from the documentation',
      '&status=Incomplete&durationInMillis=9000&hopsCount=2',
      { ...call, outcome: 'abandoned', durationMs: 9000, hops: 2 },
    ],
    [
      'from the documentation',
      '&status=Failed&durationInMillis=0&hopsCount=0',
      { ...call, outcome: 'failed', durationMs: 0, hops: 0 },
    ],
    [
      'written by hand',
      '&status=Vanished&durationInMillis=-1',
      { ...call, outcome: 'unknown', durationMs: null, hops: null },
    ],
  ])('%s: %s', async (_source, words, ending) => {
    const station = await startStation();
    expect((await station.post('ussd-events', head + words + tail)).status).toBe(200);
    // Exactly these fields: what was typed and shown is gone.
    expect(station.heard.endings).toEqual([ending]);
  });

  test.each<[Source, string, number]>([
    ['written by hand', head, 400],
    ['written by hand', 'sessionId=ATUid_1&status=Success', 400],
    ['written by hand', 'sessionId=ATUid_1&status=Success&phoneNumber=%2B256701430234', 200],
  ])('%s, refused: %s', async (_source, body, status) => {
    const station = await startStation();
    expect((await station.post('ussd-events', body)).status).toBe(status);
    expect(station.heard.endings).toEqual([]);
  });
});

describe('a failure on our side', () => {
  const broken = async () => {
    throw new Error('the database is away');
  };

  test.each([
    ['sms', 'id=1&from=0712345678&text=STOP'],
    ['delivery-reports', 'id=1&status=Success'],
    ['opt-outs', 'phoneNumber=0712345678'],
    ['ussd-events', 'sessionId=ATUid_1&status=Success&phoneNumber=0712345678'],
  ] as const)(
    '%s: 503, so that the carrier sends it again, and one report',
    async (webhook, body) => {
      const station = await startStation({
        sms: broken,
        deliveryReport: broken,
        optOut: broken,
        callEnded: broken,
      });
      expect((await station.post(webhook, body)).status).toBe(503);
      expect(station.heard.errors).toEqual([{ error: new Error('the database is away'), webhook }]);
    },
  );
});
