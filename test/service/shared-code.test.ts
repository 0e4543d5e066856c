import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, type Service } from '../kit/service.js';

let service: Service;

beforeAll(async () => {
  service = await openService({ env: { SMS_SHARED_KEYWORD: 'KNEC' } });
});
afterAll(() => service?.stop());

test('on a shared short code the keyword that leads to us is no part of what is said', async () => {
  const { text, nextSms } = service.phone();
  await text('Knec register');
  expect(await nextSms()).toContain('Registered');
  await text('KNECRESET');
  expect(await nextSms()).toContain('New password');
  await text('KNEC PROFILE');
  expect(await nextSms()).toContain('1. Fill what is missing');
  await text('knec 1');
  expect(await nextSms()).toContain('Full name?');
  await text('Jane Doe');
  expect(await nextSms()).toContain('Saved.');
  await text('KNEC');
  expect(await nextSms()).toMatch(/KNEC CP2/);
});

test('a word in a delivery report that is not known is counted and logged, unless it is no word', async () => {
  const report = { id: 'ATXid_1', phoneNumber: '+254712345678', networkCode: '63902' };
  await service.post('delivery-reports', { ...report, status: 'Teleported' });
  await service.post('delivery-reports', {
    ...{ ...report, status: 'Failed' },
    failureReason: 'to 0712 345 678',
  });
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  expect(metrics).toContain('cp2_delivery_words_unknown_total 2');
  const told = service
    .log()
    .split('\n')
    .filter((line) => line.includes('not known'));
  expect(told.map((line) => JSON.parse(line).word)).toEqual(['Teleported', null]);
});
