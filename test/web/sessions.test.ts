import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { replacePassword } from '../../src/accounts/accounts.js';
import { hashPassword } from '../../src/accounts/passwords.js';
import { inTransaction } from '../../src/database/transaction.js';
import type { Phone } from '../../src/phone-number.js';
import { deleteExpiredSessions, openSession } from '../../src/web/sessions.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { type HttpVisitor, hidden, visitor } from './http-visitor.js';
import { haveAccount, newPhone, START, startWeb, type WebServer } from './web-server.js';

const RIGHT = 'three blind mice';
const HOUR = 3_600_000;

describeOnEachDatabase('a web session', (database) => {
  let web: WebServer;
  let someone: HttpVisitor;
  let phone: Phone;

  beforeAll(async () => {
    web = await startWeb(database().db);
  });
  afterAll(() => web.close());
  beforeEach(() => {
    web.setNow(START);
    web.pauses.length = 0;
    someone = visitor(web.url);
    phone = newPhone();
  });

  const own = () => haveAccount(database().db, { phone, password: RIGHT });
  const issued = () => haveAccount(database().db, { phone, password: '48219035', kind: 'issued' });
  const logIn = (password: string, who = someone) => who.post('/login', { phone, password });
  const choose = (password: string, fields = {}) =>
    someone.post('/password', { newPassword: password, newPasswordAgain: password, ...fields });
  const sessions = async () =>
    database()
      .db('web_sessions')
      .join('accounts', 'accounts.id', 'web_sessions.account_id')
      .where({ phone })
      .select<{ token_digest: Buffer }[]>('token_digest');

  describe('logging in', () => {
    test('with the own password leads to the profile', async () => {
      await own();
      const answer = await logIn(RIGHT);
      expect(answer).toMatchObject({ status: 303, to: '/profile' });
      expect(answer.headers.getSetCookie().join()).toMatch(
        /^session=[\w-]{43}; path=\/; samesite=lax; httponly$/,
      );
      expect((await someone.get('/profile')).status).toBe(200);
      expect(await someone.get('/login')).toMatchObject({ status: 303, to: '/profile' });
    });

    test('only the digest of the token is kept', async () => {
      await own();
      await logIn(RIGHT);
      const token = someone.cookies.get('session') ?? '';
      const digest = createHash('sha256').update(token).digest();
      expect(await sessions()).toEqual([{ token_digest: digest }]);
    });

    test('takes the place of the session that was there', async () => {
      await own();
      await logIn(RIGHT);
      const before = someone.cookies.get('session');
      await logIn(RIGHT);
      expect(someone.cookies.get('session')).not.toBe(before);
      expect(await sessions()).toHaveLength(1);
    });

    test('the same words for a wrong password and for an unknown number', async () => {
      await own();
      const wrong = await logIn('wrong');
      const masked = (html: string) => html.replaceAll(phone, 'PHONE');
      const first = masked(wrong.html);
      phone = newPhone();
      const unknown = await logIn('wrong');
      expect(unknown.status).toBe(422);
      expect(masked(unknown.html)).toBe(first);
      expect(first).toContain('The phone number or the password is not right');
      expect(first).toContain('works for 72 hours');
      expect(first).toContain('value="PHONE"');
      expect(first).not.toContain('value="wrong"');
      expect(someone.cookies.has('session')).toBe(false);
    });

    test('after ten wrong tries, says when to try again', async () => {
      for (let n = 0; n < 10; n += 1) await logIn('wrong');
      const { status, html, headers } = await logIn(RIGHT);
      expect(status).toBe(429);
      expect(headers.get('retry-after')).toBe('900');
      expect(html).toContain('Try again in 15 minutes, after 11:15 (Kenyan time)');
      expect(web.pauses).toHaveLength(6);
    });

    test('an empty form: says what is missing at each field', async () => {
      const { status, html } = await someone.post('/login', { phone: '', password: '' });
      expect(status).toBe(422);
      expect(html).toContain('id="phone-fault">Enter your phone number');
      expect(html).toContain('id="password-fault">Enter your password');
    });

    test('opens nothing where the password has been replaced while it was checked', async () => {
      await own();
      const { id } = await database().db('accounts').where({ phone }).first('id');
      const ticket = { at: START, randomBytes: () => Buffer.alloc(32, 7) };
      const stale = { accountId: id, passwordHash: '$argon2id$of-before' };
      const opened = inTransaction(database().db, (trx) => openSession(trx, stale, ticket));
      expect(await opened).toBeNull();
      expect(await sessions()).toEqual([]);
    });
  });

  describe('with an issued password', () => {
    test.each(['/', '/profile', '/profile/bank', '/profile/data/copy', '/login', '/reset'])(
      '%s leads to the choice of an own one',
      async (path) => {
        await issued();
        expect(await logIn('4821 9035')).toMatchObject({ status: 303, to: '/password' });
        expect(await someone.get(path)).toMatchObject({ status: 303, to: '/password' });
      },
    );

    test('nothing can be saved before an own one is chosen', async () => {
      await issued();
      await logIn('48219035');
      const answer = await someone.post('/profile/personal', { fullName: 'Asha Otieno' });
      expect(answer).toMatchObject({ status: 303, to: '/password' });
      expect(await database().db('profile_details').where({ value: 'Asha Otieno' })).toEqual([]);
    });

    test('the data notice and the way out are open', async () => {
      await issued();
      await logIn('48219035');
      expect((await someone.get('/privacy')).status).toBe(200);
      expect(await someone.post('/logout', {})).toMatchObject({ status: 303, to: '/' });
    });

    test('choosing an own one: a new session here, every other one ended, the issued one dead', async () => {
      await issued();
      const elsewhere = visitor(web.url);
      await logIn('48219035', elsewhere);
      await logIn('48219035');
      const before = someone.cookies.get('session');
      expect(await choose(RIGHT)).toMatchObject({ status: 303, to: '/profile?saved=password' });
      expect(someone.cookies.get('session')).not.toBe(before);
      expect(await sessions()).toHaveLength(1);
      const { html } = await someone.get('/profile?saved=password');
      expect(html).toContain('Your new password is saved.');
      expect(await elsewhere.get('/profile')).toMatchObject({ status: 303, to: '/login' });
      expect((await logIn('48219035', elsewhere)).status).toBe(422);
      expect((await logIn(RIGHT, elsewhere)).to).toBe('/profile');
    });

    test.each([
      ['nairobi', 'newPassword', 'Choose a password of 8 characters or more'],
      ['password1', 'newPassword', 'Many people use this password'],
      ['4821-9035', 'newPassword', 'Choose a password that is different'],
    ])('%s is refused at its field', async (password, field, message) => {
      await issued();
      await logIn('48219035');
      const { status, html } = await choose(password);
      expect(status).toBe(422);
      expect(html).toContain(`id="${field}-fault">${message}`);
      expect(html).not.toContain(`value="${password}"`);
    });

    test('the two new ones have to be the same', async () => {
      await issued();
      await logIn('48219035');
      const { status, html } = await choose(RIGHT, { newPasswordAgain: 'three blind rice' });
      expect(status).toBe(422);
      expect(html).toContain('id="newPasswordAgain-fault">The two passwords are not the same');
    });
  });

  describe('changing an own password', () => {
    test('asks for the present one', async () => {
      await own();
      await logIn(RIGHT);
      expect((await someone.get('/password')).html).toContain('name="password"');
      const missing = await choose('jogoo la shamba');
      expect(missing.html).toContain('id="password-fault">Enter your password');
      const wrong = await choose('jogoo la shamba', { password: 'wrong' });
      expect(wrong.status).toBe(422);
      expect(wrong.html).toContain('id="password-fault">This is not your present password');
      const right = await choose('jogoo la shamba', { password: RIGHT });
      expect(right).toMatchObject({ status: 303, to: '/profile?saved=password' });
    });

    test('a session that was left open is no place to guess it', async () => {
      await own();
      await logIn(RIGHT);
      for (let n = 0; n < 10; n += 1) await choose('jogoo la shamba', { password: `wrong ${n}` });
      const { status, html } = await choose('jogoo la shamba', { password: RIGHT });
      expect(status).toBe(429);
      expect(html).toContain('Try again in 15 minutes');
    });
  });

  describe('ends', () => {
    test('with the logout', async () => {
      await own();
      await logIn(RIGHT);
      const stolen = visitor(web.url);
      stolen.cookies.set('session', someone.cookies.get('session') ?? '');
      expect(await someone.post('/logout', {})).toMatchObject({ status: 303, to: '/' });
      expect(someone.cookies.has('session')).toBe(false);
      expect(await sessions()).toEqual([]);
      expect(await stolen.get('/profile')).toMatchObject({ status: 303, to: '/login' });
    });

    test('after eight hours, whatever was done in them', async () => {
      await own();
      await logIn(RIGHT);
      web.setNow(new Date(START.getTime() + 8 * HOUR - 1));
      expect((await someone.get('/profile')).status).toBe(200);
      web.setNow(new Date(START.getTime() + 8 * HOUR));
      expect(await someone.get('/profile')).toMatchObject({ status: 303, to: '/login' });
      await deleteExpiredSessions(database().db, new Date(START.getTime() + 8 * HOUR));
      expect(await sessions()).toEqual([]);
    });

    test('with a reset, and the form that was open then changes nothing', async () => {
      await own();
      await logIn(RIGHT);
      const passwordHash = await hashPassword('11112222');
      await inTransaction(database().db, (trx) =>
        replacePassword(trx, { phone, passwordHash, at: START }),
      );
      expect(await someone.get('/profile')).toMatchObject({ status: 303, to: '/login' });
      const late = await choose('jogoo la shamba', { password: RIGHT });
      expect(late).toMatchObject({ status: 303, to: '/login?unsaved=password' });
    });
  });

  describe('that ended while a form was open', () => {
    /** Sends the form of a group after the session has ended; what the login then looks like. */
    const sendLate = async (end: () => Promise<unknown>) => {
      await own();
      await logIn(RIGHT);
      await end();
      const form = { bank: '68', account: '0987654321098', nationalIdCheck: '23456781' };
      const { to } = await someone.post('/profile/bank', form);
      const page = await someone.get(to ?? '');
      expect(to).not.toMatch(/0987654321098|23456781/);
      expect(page.html).not.toMatch(/0987654321098|23456781/);
      return page;
    };
    const inOtherTab = () => {
      const other = visitor(web.url);
      other.cookies.set('session', someone.cookies.get('session') ?? '');
      return other.post('/logout', {});
    };
    const expired = async () => web.setNow(new Date(START.getTime() + 8 * HOUR));

    test.each([
      ['was logged out in another tab', inOtherTab],
      ['expired', expired],
    ])('%s: the login says that nothing was saved, and leads back to it', async (_, end) => {
      const { html } = await sendLate(end);
      expect(html).toContain('You had been logged out');
      expect(html).toContain('What you sent was not saved.');
      const unsaved = hidden(html, 'unsaved');
      const wrong = await someone.post('/login', { phone, password: 'wrong', unsaved });
      expect(wrong.html).not.toContain('You had been logged out');
      const again = { phone, password: RIGHT, unsaved: hidden(wrong.html, 'unsaved') };
      expect(await someone.post('/login', again)).toMatchObject({
        status: 303,
        to: '/profile/bank',
      });
      expect(await database().db('profile_details').where({ value: '68' })).toEqual([]);
    });

    test('the login says it in the other language too, and after logging in elsewhere it is not there', async () => {
      const { html } = await sendLate(inOtherTab);
      expect(html).toContain('href="/login?unsaved=bank&amp;lang=sw"');
      const swahili = await someone.get('/login?unsaved=bank&lang=sw');
      expect(swahili.html).toContain('Ulichotuma hakikuhifadhiwa.');
      await logIn(RIGHT);
      expect((await someone.get('/login?unsaved=bank')).to).toBe('/profile/bank');
    });

    test.each([
      ['personal', '/profile/personal'],
      ['language', '/profile'],
      ['password', '/password'],
      ['erase', '/profile/data/erase'],
      ['constructor', '/profile'],
      ['//example.com', '/profile'],
      ['', '/profile'],
    ])('unsaved=%s leads to %s', async (unsaved, to) => {
      await own();
      expect((await someone.post('/login', { phone, password: RIGHT, unsaved })).to).toBe(to);
    });
  });
});
