import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bench, openBench, other, phone } from './kit.js';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(async () => {
  await bench.stop();
  expect(bench.failures).toEqual([]);
});

async function send(form: Record<string, string> | string, headers = { apikey: 'any' }) {
  const response = await fetch(`${bench.url}/simulator/africastalking/version1/messaging`, {
    method: 'POST',
    headers: { ...headers, accept: 'application/json' },
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: await response.text() };
}

/** The reports go out when the answer has been sent: waits for so many of them. */
async function reports(count: number): Promise<Record<string, string>[]> {
  await expect.poll(() => bench.forms('delivery-reports').length).toBe(count);
  await bench.network.settled();
  return bench.forms('delivery-reports');
}

const one = { username: 'sandbox', to: '+254712345678', message: 'Hello' };
const ID = 'ATXid_01010101010101010101010101010101';

test('an SMS is accepted, arrives and is reported', async () => {
  const { status, body } = await send({ ...one, bulkSMSMode: '1' });
  expect(status).toBe(201);
  expect(JSON.parse(body)).toEqual({
    SMSMessageData: {
      Message: 'Sent to 1/1 Total Cost: KES 0.8000',
      Recipients: [
        {
          statusCode: 101,
          number: '+254712345678',
          status: 'Success',
          cost: 'KES 0.8000',
          messageId: ID,
        },
      ],
    },
  });
  expect(bench.network.handset(phone).messages).toEqual([
    {
      id: ID,
      direction: 'received',
      party: '22263',
      text: 'Hello',
      at: '2026-05-03T06:04:45.678Z',
    },
  ]);
  expect(await reports(1)).toEqual([
    { id: ID, status: 'Success', phoneNumber: '+254712345678', networkCode: '99999' },
  ]);
});

test('a sender of one’s own is shown', async () => {
  await send({ ...one, from: 'KNEC' });
  expect(bench.network.handset(phone).messages).toMatchObject([{ party: 'KNEC' }]);
});

test.each([
  ['blocks promotional SMS', { blocksPromotional: true }, 'UserInBlackList'],
  ['is switched off', { switchedOff: true }, 'AbsentSubscriber'],
])('a phone that %s gets nothing, and the report says why', async (_, switches, failureReason) => {
  bench.network.setSwitches(phone, switches);
  const { status, body } = await send(one);
  expect(status).toBe(201);
  expect(body).toContain('"statusCode":101');
  expect(bench.network.handset(phone).messages).toEqual([]);
  expect(await reports(1)).toMatchObject([{ id: ID, status: 'Failed', failureReason }]);
});

test('numbers are judged one by one', async () => {
  const { body } = await send({ ...one, to: '+254712345678,+2547123,+254722000111' });
  expect(JSON.parse(body).SMSMessageData).toMatchObject({
    Message: 'Sent to 2/3 Total Cost: KES 1.6000',
    Recipients: [
      { statusCode: 101, number: '+254712345678' },
      { statusCode: 403, number: '+2547123', status: 'InvalidPhoneNumber', messageId: 'None' },
      { statusCode: 101, number: '+254722000111' },
    ],
  });
  expect(bench.network.handset(other).messages).toHaveLength(1);
  await reports(2);
});

test.each<[string, Record<string, string> | string, number]>([
  ['no message', { username: 'sandbox', to: '+254712345678' }, 400],
  ['a doubled field', 'username=a&to=%2B254712345678&message=a&message=b', 400],
  ['20 KB', { ...one, message: 'x'.repeat(20_000) }, 413],
])('%s is refused', async (_, form, status) => {
  expect((await send(form)).status).toBe(status);
  expect(bench.network.view().handsets).toEqual([]);
});

test('without an API key nothing is taken, and the key is never kept', async () => {
  expect((await send(one, { apikey: '' })).status).toBe(401);
  await send(one, { apikey: 'atsk_very_secret' });
  expect(JSON.stringify(bench.network.view())).not.toContain('atsk_very_secret');
  await reports(1);
});

test('an SMS to the short code is the form that Africa’s Talking sends', async () => {
  await bench.network.text(phone, 'PROFILE KRA A012345678Z');
  expect(bench.got.map(({ route, form }) => [route, form])).toEqual([
    [
      'sms',
      'date=2026-05-03T06%3A04%3A45Z&from=%2B254712345678&id=00000000-0000-4000-8000-000000000001' +
        '&text=PROFILE%20KRA%20A012345678Z&to=22263&networkCode=99999',
    ],
  ]);
  expect(bench.network.handset(phone).messages).toMatchObject([
    { direction: 'sent', party: '22263', text: 'PROFILE KRA A012345678Z' },
  ]);
});

test('a phone that is switched off texts nobody', async () => {
  bench.network.setSwitches(phone, { switchedOff: true });
  expect(await bench.network.text(phone, 'HELP')).toBe('switchedOff');
  expect(bench.got).toEqual([]);
});
