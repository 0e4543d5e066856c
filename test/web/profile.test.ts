import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Phone } from '../../src/phone-number.js';
import { useDatabase } from '../kit/database.js';
import { type HttpVisitor, visitor } from './http-visitor.js';
import { haveAccount, newPhone, startWeb, type WebServer } from './web-server.js';

const database = useDatabase();
let web: WebServer;
let someone: HttpVisitor;
let phone: Phone;

beforeAll(async () => {
  web = await startWeb(database().db);
});
afterAll(() => web.close());
beforeEach(async () => {
  someone = visitor(web.url);
  phone = newPhone();
  const at = new Date('2026-05-03T22:30:00Z');
  await haveAccount(database().db, { phone, password: 'three blind mice', language: 'sw', at });
  await someone.post('/login', { phone, password: 'three blind mice' });
});

const details = () =>
  database()
    .db('profile_details')
    .join('accounts', 'accounts.id', 'profile_details.account_id')
    .where({ phone })
    .select('detail', 'value', 'changed_via');
const language = async () => (await database().db('callers').where({ phone }).first()).language;

test('speaks the language of the account, masks the number, counts days as Kenya does', async () => {
  const { html, headers } = await someone.get('/profile');
  expect(html).toContain('<html lang="sw">');
  expect(html).toContain(`0${phone.slice(3, 6)}***${phone.slice(-3)}`);
  expect(html).not.toContain(phone);
  expect(html).toContain('4 Mei 2026');
  expect(html).toContain('0 kati ya 1');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('saves the name and the language, and says so in that language', async () => {
  const fields = { fullName: '  Wanjiku   O’Brien ', language: 'en' };
  expect(await someone.post('/profile', fields)).toMatchObject({ to: '/profile?saved=profile' });
  expect(await details()).toEqual([
    { detail: 'fullName', value: "Wanjiku O'Brien", changed_via: 'web' },
  ]);
  expect(await language()).toBe('en');
  const { html } = await someone.get('/profile?saved=profile');
  expect(html).toContain('Your changes are saved.');
  expect(html).toContain('Complete');
  expect(html).toContain(`value="Wanjiku O'Brien"`);
});

test.each(['R2D2', 'x'.repeat(61), '<script>', '😀 😀'])(
  '%s is no name: says so at the field and saves nothing',
  async (fullName) => {
    const { status, html } = await someone.post('/profile', { fullName, language: 'en' });
    expect(status).toBe(422);
    expect(html).toContain('id="fullName-fault">');
    expect(await details()).toEqual([]);
    expect(await language()).toBe('sw');
  },
);

test('a name that was given cannot be emptied; one that was not may stay away', async () => {
  expect((await someone.post('/profile', { fullName: ' ', language: 'sw' })).status).toBe(303);
  await someone.post('/profile', { fullName: 'Asha Otieno' });
  expect((await someone.post('/profile', { fullName: '' })).status).toBe(422);
  expect(await details()).toMatchObject([{ value: 'Asha Otieno' }]);
});

test('a field that is not sent is left as it is', async () => {
  await someone.post('/profile', { fullName: 'Asha Otieno' });
  expect(await language()).toBe('sw');
  await someone.post('/profile', { language: 'en' });
  expect(await details()).toMatchObject([{ value: 'Asha Otieno' }]);
});

test('a language that we do not speak is refused at its field', async () => {
  const { status, html } = await someone.post('/profile', { language: 'fr' });
  expect(status).toBe(422);
  expect(html).toContain('id="language-fault"');
});

test.each(['get', 'post'] as const)('%s without a session leads to the login', async (method) => {
  const stranger = visitor(web.url);
  const answer =
    method === 'get'
      ? await stranger.get('/profile')
      : await stranger.post('/profile', { fullName: 'Asha Otieno' });
  expect(answer).toMatchObject({ status: 303, to: '/login' });
  expect(await details()).toEqual([]);
});
