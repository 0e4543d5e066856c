import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useDatabase } from '../kit/database.js';
import { type HttpVisitor, visitor } from './http-visitor.js';
import { haveAccount, newPhone, startWeb, type WebServer } from './web-server.js';

const database = useDatabase();
let web: WebServer;
let someone: HttpVisitor;

beforeAll(async () => {
  web = await startWeb(database().db);
});
afterAll(() => web.close());
beforeEach(() => {
  someone = visitor(web.url);
});

const titleOf = (html: string) => /<title>(.*?)<\/title>/.exec(html)?.[1];

describe('the language of a page', () => {
  test.each([
    ['', 'en'],
    ['sw', 'sw'],
    ['sw-KE,en;q=0.5', 'sw'],
    ['en-GB,sw;q=0.5', 'en'],
    ['de,is', 'en'],
  ])('by the browser: %s', async (accepted, language) => {
    const { html, headers } = await someone.get('/', { 'accept-language': accepted });
    expect(html).toContain(`<html lang="${language}">`);
    expect(headers.get('content-language')).toBe(language);
  });

  test('by a link, which is remembered', async () => {
    const { html, headers } = await someone.get('/login?lang=sw', { 'accept-language': 'en' });
    expect(html).toContain('<html lang="sw">');
    expect(headers.getSetCookie().join()).toMatch(
      /^lang=sw; path=\/; expires=.*; samesite=lax; httponly$/,
    );
    expect((await someone.get('/', { 'accept-language': 'en' })).html).toContain('lang="sw"');
    expect((await someone.get('/?lang=xx')).html).toContain('<html lang="sw">');
    expect((await someone.get('/?lang=en&lang=sw')).html).toContain('<html lang="sw">');
  });

  test('the link of a page leads to the same page', async () => {
    expect((await someone.get('/reset')).html).toContain('href="/reset?lang=sw"');
  });

  test('of an account, until a link says otherwise', async () => {
    const phone = newPhone();
    const password = 'three blind mice';
    await haveAccount(database().db, { phone, password, language: 'sw' });
    await someone.post('/login', { phone, password });
    expect((await someone.get('/profile')).html).toContain('<html lang="sw">');
    await someone.get('/profile?lang=en');
    expect((await someone.get('/profile')).html).toContain('<html lang="en">');
  });
});

describe('home', () => {
  test('says what to dial and to text', async () => {
    const { html } = await someone.get('/');
    expect(html).toContain('href="tel:*384*27%23"');
    expect(html).toContain('href="sms:22263?body=REGISTER"');
    expect(html).not.toContain('/simulator');
  });

  test('links to the simulated phone where there is one', async () => {
    const trial = await startWeb(database().db, { simulator: true });
    expect((await visitor(trial.url).get('/')).html).toContain('href="/simulator"');
    await trial.close();
  });
});

describe('headers', () => {
  test.each(['/', '/nothing'])('%s lets nothing in and nothing frame it', async (path) => {
    const { headers, html } = await someone.get(path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';style-src 'self';img-src 'self' data:;form-action 'self';" +
        "base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(html).not.toMatch(/<script|<style| style=| on[a-z]+=/);
  });

  test('behind HTTPS: HSTS, and cookies for HTTPS and this host only', async () => {
    const phone = newPhone();
    await haveAccount(database().db, { phone, password: 'three blind mice' });
    const safe = await startWeb(database().db, { secureCookies: true });
    const guest = visitor(safe.url);
    const { headers } = await guest.post('/login', { phone, password: 'three blind mice' });
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(headers.getSetCookie().join()).toMatch(
      /^__Host-session=[\w-]{43}; path=\/; samesite=lax; secure; httponly$/,
    );
    expect((await guest.get('/profile')).status).toBe(200);
    await safe.close();
  });

  test('a form that was answered is not kept', async () => {
    const { headers } = await someone.post('/register', { phone: '0712', phoneAgain: '' });
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('the stylesheet', () => {
  test('is kept for a year under an address of its content', async () => {
    const [, path = ''] = /href="(\/web\.css\?v=[\w-]+)"/.exec((await someone.get('/')).html) ?? [];
    const { status, headers } = await someone.get(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-encoding')).toBe('gzip');
    const old = await someone.get('/web.css?v=old', { 'accept-encoding': 'identity' });
    expect(old.headers.get('cache-control')).toBe('no-cache');
    expect(old.headers.get('content-encoding')).toBeNull();
    expect(old.html).toContain(':root');
  });
});

describe('what nothing answers', () => {
  test('a browser gets a page, in its language', async () => {
    const { status, html } = await someone.get('/nothing', { 'accept-language': 'sw' });
    expect(status).toBe(404);
    expect(titleOf(html)).toBe('Hakuna ukurasa kama huu – KNEC CP2');
    expect(html).toContain('href="/?lang=en"');
  });

  test('a program gets a plain answer, and so does a form', async () => {
    expect((await someone.get('/nothing', { accept: '*/*' })).html).toBe('Not Found');
    expect((await someone.post('/nothing', {})).html).toBe('Not Found');
  });
});

test('a failure of ours is a page with an apology, and is reported once', async () => {
  const broken = await startWeb(database().db, {
    takeTurn: () => Promise.reject(new Error('the database is away')),
  });
  const fields = { phone: '0712345678', phoneAgain: '0712345678' };
  const { status, html } = await visitor(broken.url).post('/register', fields);
  expect(status).toBe(500);
  expect(html).toContain('Sorry, something went wrong here');
  expect(html).not.toContain('database');
  expect(broken.errors).toEqual([new Error('the database is away')]);
  await broken.close();
});
