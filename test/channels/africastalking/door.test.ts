import { describe, expect, test } from 'vitest';
import { connect, FORM, NEXT_SECRET, SECRET } from '../station.js';
import { startStation } from './station.js';

const DIAL = 'sessionId=ATUid_1&serviceCode=*384*27%23&phoneNumber=%2B254712345678&text=';
const WEBHOOKS = ['ussd', 'ussd-events', 'sms', 'delivery-reports', 'opt-outs'] as const;
const nothing = { turns: [], sms: [], reports: [], optOuts: [], endings: [] };

describe('without the right secret', () => {
  const requests: [string, RequestInit][] = [
    ['a form', { method: 'POST', headers: { 'Content-Type': FORM }, body: DIAL }],
    ['JSON', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }],
    ['1 MB', { method: 'POST', headers: { 'Content-Type': FORM }, body: 'a'.repeat(1_000_000) }],
    ['no body', { method: 'POST' }],
    ['GET', { method: 'GET' }],
    ['HEAD', { method: 'HEAD' }],
    ['OPTIONS', { method: 'OPTIONS' }],
    ['PUT', { method: 'PUT', body: DIAL }],
    ['PROPFIND', { method: 'PROPFIND' }],
  ];
  const secrets = ['wrong', SECRET.slice(0, -1), `${SECRET}%00`, '%E0%A4', '%2e%2e', 'é', '*'];

  test.each(requests)('%s gets what an unknown path gets', async (_, init) => {
    const station = await startStation();
    const unknown = await station.request('/nowhere', init);
    // 501 is what `allowedMethods` makes of a method that it does not know.
    expect(unknown.status).toBe(init.method === 'PROPFIND' ? 501 : 404);
    for (const webhook of WEBHOOKS) {
      for (const secret of secrets) {
        const answer = await station.request(`/africastalking/${secret}/${webhook}`, init);
        expect(answer, `${secret}/${webhook}`).toEqual(unknown);
      }
      expect(await station.request(`/africastalking//${webhook}`, init)).toEqual(unknown);
      expect(await station.request(`/africastalking/${webhook}`, init)).toEqual(unknown);
    }
    expect(station.heard).toEqual({ ...nothing, errors: [], faults: [] });
  });

  test('the answer does not wait for the body', async () => {
    const station = await startStation();
    const head = `POST /africastalking/wrong/ussd HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM}\r\n`;
    const socket = connect(station.port);
    socket.write(`${head}Content-Length: 99\r\n\r\nsess`);
    expect(await socket.firstLine()).toBe('HTTP/1.1 404 Not Found');
  });
});

describe('with the right secret', () => {
  test('either of two secrets opens, and an unknown webhook is an unknown path', async () => {
    const station = await startStation();
    const init = { method: 'POST', headers: { 'Content-Type': FORM }, body: DIAL };
    for (const secret of [SECRET, NEXT_SECRET]) {
      const answer = await station.request(`/africastalking/${secret}/ussd`, init);
      expect(answer).toMatchObject({ status: 200, body: 'CON Welcome' });
    }
    expect(await station.request(`/africastalking/${SECRET}/voice`, init)).toEqual(
      await station.request('/nowhere', init),
    );
  });

  test.each(WEBHOOKS)('%s: another method is 405', async (webhook) => {
    const station = await startStation();
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await station.request(`/africastalking/${SECRET}/${webhook}`, { method });
      expect(answer.status, method).toBe(405);
      expect(answer.headers).toMatchObject({ allow: 'POST' });
    }
  });

  test.each(WEBHOOKS)('%s: another content type is 415', async (webhook) => {
    const station = await startStation();
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x']) {
      expect((await station.post(webhook, DIAL, type)).status, type).toBe(415);
    }
    const compressed = { 'Content-Type': FORM, 'Content-Encoding': 'gzip' };
    const init = { method: 'POST', headers: compressed, body: DIAL };
    const answer = await station.request(`/africastalking/${SECRET}/${webhook}`, init);
    expect(answer.status).toBe(415);
    expect(station.heard).toMatchObject(nothing);
  });

  test.each(WEBHOOKS)('%s: over 16 KiB is 413', async (webhook) => {
    const station = await startStation();
    for (const size of [16 * 1024 + 1, 1_000_000]) {
      expect((await station.post(webhook, DIAL.padEnd(size, '1'))).status, `${size}`).toBe(413);
    }
    expect(station.heard).toMatchObject(nothing);
  });

  test('over 16 KiB is 413 when its length is not told, and the connection serves on', async () => {
    const station = await startStation();
    const head = `POST /africastalking/${SECRET}/ussd HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM}\r\n`;
    const chunk = `10000\r\n${'1'.repeat(0x10000)}\r\n`;
    const socket = connect(station.port);
    socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`);
    expect(await socket.firstLine()).toBe('HTTP/1.1 413 Payload Too Large');
    socket.write(`${chunk.repeat(16)}0\r\n\r\n`);
    socket.write(`${head}Content-Length: ${DIAL.length}\r\n\r\n${DIAL}`);
    expect(await socket.firstLine()).toBe('HTTP/1.1 200 OK');
  });

  test('16 KiB to the byte is read', async () => {
    const station = await startStation();
    const answer = await station.post('ussd', DIAL.padEnd(16 * 1024, '1'));
    expect(answer).toMatchObject({ status: 200, body: 'CON Welcome' });
    const digits = '1'.repeat(16 * 1024 - DIAL.length);
    expect(station.heard.turns).toMatchObject([{ said: { history: digits } }]);
  });

  test('the content type may name its charset, in any letter case', async () => {
    const station = await startStation();
    for (const type of [`${FORM}; charset=utf-8`, 'Application/X-WWW-Form-URLencoded']) {
      expect((await station.post('ussd', DIAL, type)).body, type).toBe('CON Welcome');
    }
  });
});
