import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Phone } from '../../src/phone-number.js';
import { useDatabase } from '../kit/database.js';
import { fullProfile } from './full-profile.js';
import { type HttpVisitor, visitor } from './http-visitor.js';
import { haveAccount, newPhone, startWeb, type WebServer } from './web-server.js';

const PASSWORD = 'three blind mice';
const database = useDatabase();
let web: WebServer;
let someone: HttpVisitor;
let phone: Phone;

beforeAll(async () => {
  web = await startWeb(database().db);
});
afterAll(() => web.close());
beforeEach(async () => {
  phone = newPhone();
  someone = visitor(web.url);
  await haveAccount(database().db, { phone, password: PASSWORD, language: 'en' });
  await someone.post('/login', { phone, password: PASSWORD });
  await someone.post('/profile/personal', fullProfile.personal);
});

const accounts = () => database().db('accounts').where({ phone });

test('the page says what is kept, and shows none of it', async () => {
  const { html } = await someone.get('/profile/data');
  expect(html).toContain('8 of the 25 details');
  expect(html).toContain('href="/profile/data/copy"');
  expect(html).not.toMatch(/23456781|Wanjiku/);
  expect(html).not.toContain(phone);
});

test('the copy is a file with everything in it, which nothing on the way keeps', async () => {
  const { status, headers, html } = await someone.get('/profile/data/copy');
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toBe('attachment; filename="knec-cp2-my-data.json"');
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  const copy = JSON.parse(html);
  expect(copy).toMatchObject({ phone });
  expect(html).toContain(fullProfile.personal.kraPin);
});

test('erasing asks for the password, and without it nothing happens', async () => {
  const { html } = await someone.get('/profile/data/erase');
  expect(html).toContain('name="password"');
  const missing = await someone.post('/profile/data/erase', {});
  expect(missing.status).toBe(422);
  expect(missing.html).toContain('id="password-fault">Enter your password');
  const wrong = await someone.post('/profile/data/erase', { password: 'three blind rice' });
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('id="password-fault">This is not your present password');
  expect(await accounts()).toHaveLength(1);
});

test('a session that was left open is no place to guess the password', async () => {
  for (let n = 0; n < 10; n += 1) {
    await someone.post('/profile/data/erase', { password: `wrong ${n}` });
  }
  const { status, headers } = await someone.post('/profile/data/erase', { password: PASSWORD });
  expect(status).toBe(429);
  expect(headers.get('retry-after')).toBe('900');
  expect(await accounts()).toHaveLength(1);
});

test('another site cannot make anybody erase', async () => {
  const headers = { 'sec-fetch-site': 'cross-site' };
  const answer = await someone.post('/profile/data/erase', { password: PASSWORD }, headers);
  expect(answer.status).toBe(403);
  expect(await accounts()).toHaveLength(1);
});

test('erased: the account is gone, the session over, the language stays, and the number is free', async () => {
  await someone.get('/profile?lang=sw');
  const token = someone.cookies.get('session') ?? '';
  const answer = await someone.post('/profile/data/erase', { password: PASSWORD });
  expect(answer).toMatchObject({ status: 303, to: '/erased' });
  expect(someone.cookies.has('session')).toBe(false);
  expect((await someone.get('/erased')).html).toContain('Data yako imefutwa');
  expect(await accounts()).toEqual([]);

  someone.cookies.set('session', token);
  expect((await someone.get('/profile')).to).toBe('/login');
  expect((await someone.post('/login', { phone, password: PASSWORD })).status).toBe(422);
  await haveAccount(database().db, { phone, password: PASSWORD });
  await someone.post('/login', { phone, password: PASSWORD });
  expect((await someone.get('/profile')).html).toContain('Maelezo 0 kati ya 25');
});
