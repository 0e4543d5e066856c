import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bench, openBench, phone } from './kit.js';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(async () => {
  await bench.stop();
  expect(bench.failures).toEqual([]);
});

function press(action: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${bench.url}/simulator/api/phones/0712345678/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

test('a call, key by key', async () => {
  const dialled = await press('dial', { code: '*384*27#' });
  expect(await dialled.json()).toMatchObject({ phone, screen: { kind: 'menu', septets: 18 } });
  const replied = await press('reply', { text: '1' });
  expect(await replied.json()).toMatchObject({ screen: { kind: 'menu' } });
  const hungUp = await press('hang-up', {});
  expect(await hungUp.json()).toMatchObject({ screen: { kind: 'idle' } });

  const late = await press('reply', { text: '1' });
  expect(late.status).toBe(409);
  expect(await late.json()).toEqual({ error: 'There is no call to answer.' });
});

test('switches, an SMS, and the phone thrown away', async () => {
  await press('sms', { text: 'HELP' });
  const switched = await press('switches', { blocksPromotional: true });
  expect(await switched.json()).toMatchObject({
    blocksPromotional: true,
    switchedOff: false,
    messages: [{ direction: 'sent', text: 'HELP' }],
  });
  const path = `${bench.url}/simulator/api/phones/0712345678`;
  expect((await fetch(path, { method: 'DELETE' })).status).toBe(204);
  expect(await (await fetch(path)).json()).toMatchObject({
    messages: [],
    blocksPromotional: false,
  });
});

test.each<[string, string, unknown, number]>([
  ['no code', 'dial', {}, 400],
  ['a code that is no text', 'dial', { code: 5 }, 400],
  ['an endless answer', 'reply', { text: '1'.repeat(1001) }, 400],
  ['broken JSON', 'dial', '{', 400],
  ['20 KB', 'sms', { text: 'x'.repeat(20_000) }, 413],
  ['an unknown key', 'dance', {}, 404],
])('%s is refused', async (_, action, body, status) => {
  expect((await press(action, body)).status).toBe(status);
  expect(bench.got).toEqual([]);
});

test('what is no number or no JSON is refused', async () => {
  const nobody = await fetch(`${bench.url}/simulator/api/phones/0812345678`);
  expect(nobody.status).toBe(400);
  const form = await press('dial', 'code=1', { 'content-type': 'text/plain' });
  expect(form.status).toBe(415);
});

test.each<[string, Record<string, string>, boolean]>([
  ['a program', {}, true],
  ['the page', { 'sec-fetch-site': 'same-origin' }, true],
  ['another site', { 'sec-fetch-site': 'cross-site' }, false],
  ['a neighbouring site', { 'sec-fetch-site': 'same-site' }, false],
  ['another site in an old browser', { origin: 'https://evil.example' }, false],
  ['a page without an origin', { origin: 'null' }, false],
])('%s: let in or not', async (_, headers, welcome) => {
  const pressed = await press('hang-up', {}, headers);
  expect(pressed.status).toBe(welcome ? 200 : 403);
  const looked = await fetch(`${bench.url}/simulator/api/network`, { headers });
  expect(looked.status).toBe(welcome ? 200 : 403);
});

test('the page of an old browser says where it comes from', async () => {
  expect((await press('hang-up', {}, { origin: bench.url })).status).toBe(200);
});

test('the live stream begins with everything and goes on with what changes', async () => {
  const response = await fetch(`${bench.url}/simulator/api/events`);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  await bench.network.dial(phone, '*384*27#');
  bench.endStreams();

  const events = (await response.text()).trim().split('\n\n');
  expect(events[0]).toMatch(/^event: network\ndata: \{"ussdCode":"\*384\*27#",/);
  const kinds = events.slice(1).map((event) => event.replace(/^event: change\ndata: /, ''));
  expect(kinds.map((data) => JSON.parse(data).handset?.screen.kind ?? 'wire')).toEqual([
    'waiting',
    'wire',
    'wire',
    'menu',
  ]);
});

test('a listener who leaves is no failure', async () => {
  const leaving = new AbortController();
  const { signal } = leaving;
  const response = await fetch(`${bench.url}/simulator/api/events`, { signal });
  leaving.abort();
  await expect(response.text()).rejects.toThrow('aborted');
  await bench.network.dial(phone, '*384*27#');
});

test.each<[string, number, string]>([
  ['', 200, 'text/html; charset=utf-8'],
  ['/assets/page.css', 200, 'text/css; charset=utf-8'],
  ['/assets/phone.css', 200, 'text/css; charset=utf-8'],
  ['/assets/icon.svg', 200, 'image/svg+xml'],
  ['/assets/phone.html', 404, ''],
  ['/assets/main.ts', 404, ''],
  ['/assets/nothing.js', 404, ''],
  ['/assets/..%2fpage.ts', 404, ''],
  ['/assets/..%2fbrowser%2fpage.css', 404, ''],
])('/simulator%s', async (path, status, type) => {
  const response = await fetch(`${bench.url}/simulator${path}`);
  expect(response.status).toBe(status);
  if (status !== 200) return;
  expect(response.headers.get('content-type')).toBe(type);
  const etag = response.headers.get('etag') ?? '';
  // Without a cache-control of its own, fetch asks for a copy that no cache has seen.
  const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
  const again = await fetch(response.url, { headers });
  expect(again.status).toBe(304);
});

test('the page keeps to a strict content security policy', async () => {
  const response = await fetch(`${bench.url}/simulator`);
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  );
  const page = await response.text();
  expect(page).not.toMatch(/ style=|<style|<script(?! type="module" src=)| on\w+=|https?:\/\//);
});
