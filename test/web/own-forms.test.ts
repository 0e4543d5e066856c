import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phone-number.js';
import { readValues } from '../../src/profile/profile.js';
import { useDatabase } from '../kit/database.js';
import { type HttpVisitor, hidden, visitor } from './http-visitor.js';
import { haveAccount, newPhone, startWeb, type WebServer } from './web-server.js';

const database = useDatabase();
let web: WebServer;
let someone: HttpVisitor;

beforeAll(async () => {
  web = await startWeb(database().db, { publicUrl: 'https://cp2.example.ke' });
});
afterAll(() => web.close());
beforeEach(() => {
  someone = visitor(web.url);
});

const numbers = { phone: '0712345678', phoneAgain: '0712345678' };

describe('a form of a visitor', () => {
  test.each<[string, Record<string, string>, number]>([
    ['neither header', {}, 200],
    ['of the same origin', { 'sec-fetch-site': 'same-origin' }, 200],
    ['by the person', { 'sec-fetch-site': 'none' }, 200],
    ['of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['of a sister host', { 'sec-fetch-site': 'same-site' }, 403],
    ['by our public address', { origin: 'https://cp2.example.ke' }, 200],
    ['by another origin', { origin: 'https://example.com' }, 403],
    ['by an origin that is hidden', { origin: 'null' }, 403],
    ['by an origin that is nonsense', { origin: 'cp2' }, 403],
  ])('%s', async (_, headers, status) => {
    web.turns.length = 0;
    expect((await someone.post('/register', numbers, headers)).status).toBe(status);
    expect(web.turns).toHaveLength(status === 200 ? 1 : 0);
  });

  test('by the address that the browser asked', async () => {
    expect((await someone.post('/register', numbers, { origin: web.url })).status).toBe(200);
  });
});

describe('a form of a session', () => {
  let token: string;
  let phone: Phone;

  beforeEach(async () => {
    phone = newPhone();
    await haveAccount(database().db, { phone, password: 'three blind mice' });
    await someone.post('/login', { phone, password: 'three blind mice' });
    token = hidden((await someone.get('/profile')).html, 'csrf');
  });

  const save = (csrf: string, headers: Record<string, string>) =>
    someone.post('/profile/personal', { fullName: 'Asha Otieno', csrf }, headers);

  test('without the headers, needs the token of this very session', async () => {
    const other = visitor(web.url);
    const phone = newPhone();
    await haveAccount(database().db, { phone, password: 'three blind mice' });
    await other.post('/login', { phone, password: 'three blind mice' });
    const foreign = hidden((await other.get('/profile')).html, 'csrf');

    expect((await save('', {})).status).toBe(403);
    expect((await save('x', {})).status).toBe(403);
    expect((await save(foreign, {})).status).toBe(403);
    expect((await save(token, {})).status).toBe(303);
  });

  test('with the headers, the token is not asked for, and does not help', async () => {
    expect((await save('', { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
    expect((await save(token, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await save(token, { origin: 'https://example.com' })).status).toBe(403);
  });

  describe('that was opened before somebody else logged in on the same computer', () => {
    const own = { 'sec-fetch-site': 'same-origin' };
    let fields: Record<string, string>;

    const become = async (phone: Phone) => {
      await someone.post('/logout', {});
      await someone.post('/login', { phone, password: 'three blind mice' });
    };
    beforeEach(async () => {
      const { html } = await someone.get('/profile/personal');
      fields = { fullName: 'Asha Otieno', owner: hidden(html, 'owner') };
    });

    test('is not put into the profile of the other', async () => {
      const other = newPhone();
      await haveAccount(database().db, { phone: other, password: 'three blind mice' });
      await become(other);
      const { status, html } = await someone.post('/profile/personal', fields, own);
      expect(status).toBe(403);
      expect(html).toContain('the page was too old');
      expect(await readValues(database().db, web.seal, other)).toEqual({});
    });

    test('is taken where it is the same person who has logged in again', async () => {
      await become(phone);
      expect((await someone.post('/profile/personal', fields, own)).status).toBe(303);
      expect(await readValues(database().db, web.seal, phone)).toEqual({ fullName: 'Asha Otieno' });
    });

    test('but for the way out, which has no owner', async () => {
      const { html } = await someone.get('/profile');
      expect(html.match(/name="owner"/g)).toHaveLength(1);
      expect(html.match(/action="\/logout"/g)).toHaveLength(2);
    });
  });

  test('nobody else can log it out', async () => {
    expect((await someone.post('/logout', {}, {})).status).toBe(403);
    expect((await someone.get('/profile')).status).toBe(200);
  });
});

describe('bad input', () => {
  const own = { 'sec-fetch-site': 'same-origin' };

  test.each<[string, string, number, Record<string, string>?]>([
    ['a doubled field', 'phone=0712345678&phone=0712345678&phoneAgain=0712345678', 400],
    ['a nested field', 'phone[x]=0712345678&phoneAgain=0712345678', 400],
    ['a doubled nonce', 'phone=0712345678&phoneAgain=0712345678&once=a&once=b', 400],
    ['names of prototypes', '__proto__=0712345678&constructor=x&toString=y', 422],
    ['a prototype in parts', '__proto__[phone]=0712345678', 400],
    ['broken escapes', 'phone=%E0%A4%A&phoneAgain=%', 422],
    ['a zero byte', 'phone=0712%00345678&phoneAgain=x', 422],
    ['a body of 1 MB', `phone=${'7'.repeat(1_000_000)}`, 413],
    ['JSON', '{"phone":"0712345678"}', 415, { 'content-type': 'application/json' }],
    ['a file', '--x--', 415, { 'content-type': 'multipart/form-data; boundary=x' }],
  ])('%s', async (_, body, status, headers = {}) => {
    web.turns.length = 0;
    for (const path of ['/register', '/login', '/reset']) {
      const answer = await someone.post(path, body, { ...own, ...headers });
      expect(answer.status, path).toBe(status);
      expect(answer.html).toContain('<h1>');
      expect(answer.html).toContain('KNEC CP2</title>');
    }
    expect(web.turns).toEqual([]);
    expect(web.errors).toEqual([]);
  });

  test('a login with a doubled password', async () => {
    const body = 'phone=0712345678&password=a&password=b';
    expect((await someone.post('/login', body)).status).toBe(400);
  });

  test('another method', async () => {
    const answer = await fetch(`${web.url}/register`, { method: 'DELETE' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('HEAD, GET, POST');
  });

  test('cookies that are nonsense', async () => {
    someone.cookies.set('session', 'x'.repeat(3_000));
    someone.cookies.set('lang', 'xx');
    expect((await someone.get('/')).status).toBe(200);
    expect((await someone.get('/profile')).to).toBe('/login');
  });
});
