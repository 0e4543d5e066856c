import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backs } from '../kit/database.js';
import { newSessionId, postTo, ussdForm } from '../kit/handset.js';
import { loginWith, passwordIn } from '../kit/passwords.js';
import { changesNothing, outboxEmptied, recordOf } from '../kit/rows.js';
import { openService, type Service } from '../kit/service.js';
import { hidden, visitor } from '../web/http-visitor.js';

const OUT_OF_STEP =
  'END Sorry, this call got out of step. Nothing was changed. Please dial again.\n' +
  'Samahani, simu imekosa mpangilio. Hakuna kilichobadilika. Tafadhali piga tena.';
const CALL_OVER =
  'END This call has ended. Please dial again.\nSimu hii imekwisha. Tafadhali piga tena.';

type UssdRequest = { readonly session: string; readonly number: string; readonly text: string };

/** Every history of the call in which somebody registers, or has the password replaced. */
const registration = ['', '1', '1*1'];
const reset = ['', '2', '2*1'];

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`exactly once, on ${name}`, () => {
    let service: Service;
    /** The one gateway; on a server, another one on the same database. */
    let gateways: readonly string[];

    beforeAll(async () => {
      service = await openService({ kind });
      const others = kind === 'postgresql' ? [(await service.another()).url] : [];
      gateways = [service.url, ...others];
    });
    afterAll(() => service?.stop());

    const gateway = (nr: number) => gateways[nr % gateways.length] ?? '';

    const ways: Record<string, (request: UssdRequest) => Promise<string[]>> = {
      'twice, one after the other': async (request) => [
        await ask(gateway(0), request),
        await ask(gateway(1), request),
      ],
      'three times at the same instant': (request) =>
        Promise.all([0, 0, 0].map((nr) => ask(gateway(nr), request))),
      'at the same instant, at two gateways where there are': (request) =>
        Promise.all([0, 1, 0, 1].map((nr) => ask(gateway(nr), request))),
    };

    async function call(
      number: string,
      histories: readonly string[],
      send: (request: UssdRequest) => Promise<string[]>,
      session = newSessionId(),
    ): Promise<string[]> {
      const replies: string[] = [];
      for (const text of histories) {
        const copies = new Set(await send({ session, number, text }));
        expect([...copies], `the replies to "${text}"`).toHaveLength(1);
        replies.push(...copies);
      }
      return replies;
    }

    const once = async (request: UssdRequest) => [await ask(gateway(0), request)];

    async function takenBy(number: string): Promise<string[]> {
      await outboxEmptied(service.db);
      return service.carrier.taken.filter(({ to }) => to === number).map(({ message }) => message);
    }

    async function register(): Promise<string> {
      const { number } = service.phone();
      await call(number, registration, once);
      return number;
    }

    test.each(Object.entries(ways))('each request %s', async (_, send) => {
      const { number } = service.phone();
      const calls = [
        { session: newSessionId(), histories: registration },
        { session: newSessionId(), histories: reset },
      ];
      const heard: string[] = [];
      for (const { session, histories } of calls) {
        heard.push(...(await call(number, histories, send, session)));
      }
      expect(heard).toEqual([
        expect.stringContaining('1. Register'),
        expect.stringContaining('1. I agree'),
        expect.stringMatching(/^END Registered\./),
        expect.stringContaining('2. Password'),
        expect.stringContaining('1. Yes'),
        expect.stringMatching(/^END A new password is coming/),
      ]);
      const sms = await takenBy(number);
      expect(await recordOf(service.db, number)).toEqual({
        accounts: 1,
        sessions: 2,
        turns: 6,
        passwords: 2,
      });
      expect(sms).toHaveLength(2);
      expect(await loginWith(service.db, number, passwordIn(sms[1] ?? ''))).toBe('in');

      const late = await changesNothing(service.db, async () => {
        const replies: string[] = [];
        for (const { session, histories } of calls.toReversed()) {
          replies.push(...(await call(number, histories.toReversed(), send, session)));
        }
        return replies;
      });
      expect(late.reverse(), 'when they come late, the last one first').toEqual(heard);
    });

    test.each([
      ['does not continue the last', ['', '1'], '2*1', OUT_OF_STEP],
      ['is shorter than the last, and new', ['', '12'], '1', OUT_OF_STEP],
      ['has no * before the answer', ['', '1'], '11', OUT_OF_STEP],
      ['continues another answer of the same length', ['', '1', '1*9'], '1*8*1', OUT_OF_STEP],
      ['goes on after the end', registration, '1*1*1', CALL_OVER],
      ['is another than the one that ended the call', registration, '1*2', OUT_OF_STEP],
    ])('refuses a text that %s', async (_, histories, text, reply) => {
      const { number } = service.phone();
      const session = newSessionId();
      await call(number, histories, once, session);
      const request = { session, number, text };
      await changesNothing(service.db, async () => {
        expect(await ask(gateway(0), request)).toBe(reply);
        expect(await Promise.all(gateways.map((url) => ask(url, request)))).toEqual(
          gateways.map(() => reply),
        );
      });
    });

    test('goes on after a text that was refused', async () => {
      const { number } = service.phone();
      const session = newSessionId();
      await call(number, ['', '1'], once, session);
      expect(await ask(gateway(0), { session, number, text: '7' })).toBe(OUT_OF_STEP);
      expect(await ask(gateway(0), { session, number, text: '1*1' })).toMatch(/^END Registered/);
    });

    test('refuses a text that continues nothing in the same words when the call is over, or in another language', async () => {
      const { number } = service.phone();
      const session = newSessionId();
      await call(number, ['', '2'], once, session);
      const stray = { session, number, text: '777' };
      const before = await ask(gateway(0), stray);
      const [swahili] = await call(number, ['2*2'], once, session);
      expect(swahili).toContain('Lugha: Kiswahili');
      expect(await ask(gateway(0), stray)).toBe(before);
      expect(await ask(gateway(1), stray)).toBe(before);
      await call(number, ['2*2*1', '2*2*1*1'], once, session);
      expect(await ask(gateway(0), stray)).toBe(before);
      expect(await ask(gateway(1), stray)).toBe(before);
    });

    test('takes a session id that comes with another number for another call', async () => {
      const [one, other] = [service.phone().number, service.phone().number];
      const session = newSessionId();
      await call(one, ['', '1'], once, session);
      const stranger = await ask(gateway(0), { session, number: other, text: '1*1' });
      expect(stranger).toContain(`Register 0${other.slice(4, 7)}***${other.slice(-3)}`);
      expect(stranger).toMatch(/^CON /);
      expect(await recordOf(service.db, other)).toMatchObject({ accounts: 0, turns: 1 });

      expect(await ask(gateway(0), { session, number: one, text: '1*1' })).toMatch(
        /^END Registered/,
      );
      expect(await recordOf(service.db, other)).toMatchObject({ accounts: 0, turns: 1 });
      expect(await ask(gateway(0), { session, number: other, text: '1*1*1' })).toMatch(
        /^END Registered/,
      );
    });

    test('takes a * in an answer for a part of it', async () => {
      const number = await register();
      const histories = ['', '1', '1*1', '1*1*Jane*Doe', '1*1*Jane*Doe*', '1*1*Jane*Doe**Jane Doe'];
      const send = ways['three times at the same instant'] ?? once;
      const heard = await call(number, histories, send);
      expect(heard.slice(3)).toEqual([
        expect.stringContaining('Not accepted'),
        expect.stringContaining('Not accepted'),
        expect.stringContaining('Saved.'),
      ]);
    });

    test('a call that the next one of its number has dropped is over at every gateway', async () => {
      const number = await register();
      const left = newSessionId();
      const heard = await call(number, ['', '1', '1*1'], once, left);
      expect(heard[2]).toContain('Full name?');
      const next = newSessionId();
      expect(await ask(gateway(1), { session: next, number, text: '' })).toContain('2. Menu');
      expect(await ask(gateway(1), { session: next, number, text: '2' })).toContain('1. Profile');

      const late = { session: left, number, text: '1*1*Jane Doe' };
      expect(await ask(gateway(0), late)).toBe(CALL_OVER);
      expect(await ask(gateway(1), late)).toBe(CALL_OVER);
    });

    test('two calls of one number that register at the same instant', async () => {
      const { number } = service.phone();
      const sessions = [newSessionId(), newSessionId()];
      for (const session of sessions) await call(number, ['', '1'], once, session);
      const [one = '', other = ''] = await Promise.all(
        sessions.map((session, nr) => ask(gateway(nr), { session, number, text: '1*1' })),
      );
      expect([one, other].sort()).toEqual([
        expect.stringContaining('is already registered'),
        expect.stringMatching(/^END Registered/),
      ]);
      const sms = await takenBy(number);
      expect(sms).toHaveLength(1);
      expect(await recordOf(service.db, number)).toMatchObject({ accounts: 1, passwords: 1 });
      expect(await loginWith(service.db, number, passwordIn(sms[0] ?? ''))).toBe('in');
    });

    test('two calls of one number that reset at the same instant: the first password used is the only one', async () => {
      const number = await register();
      const sessions = [newSessionId(), newSessionId()];
      for (const session of sessions) await call(number, ['', '2'], once, session);
      const replies = await Promise.all(
        sessions.map((session, nr) => ask(gateway(nr), { session, number, text: '2*1' })),
      );
      for (const reply of replies) expect(reply).toMatch(/^END A new password is coming/);
      // One that was on its way to the carrier when the other was asked for may work as well as that.
      const passwords = (await takenBy(number)).map(passwordIn);
      const outcomes: string[] = [];
      for (const password of [...passwords, ...passwords]) {
        outcomes.push(await loginWith(service.db, number, password));
      }
      const [used, ...usedAgain] = passwords.filter((_, nr) => outcomes[nr] === 'in');
      expect(usedAgain).toEqual([]);
      expect(outcomes.slice(passwords.length)).toEqual(
        passwords.map((password) => (password === used ? 'in' : 'wrong')),
      );
    });

    test('an SMS that comes twice, and three times at the same instant', async () => {
      const { number } = service.phone();
      const form = smsForm(number, 'REGISTER');
      const send = async (nr: number) => (await postTo(gateway(nr))('sms', form)).status;
      expect(await Promise.all([0, 1, 0].map(send))).toEqual([200, 200, 200]);
      expect(await takenBy(number)).toHaveLength(1);
      expect(await changesNothing(service.db, () => send(1))).toBe(200);
      expect(await takenBy(number)).toHaveLength(1);
      expect(await recordOf(service.db, number)).toEqual({
        accounts: 1,
        sessions: 1,
        turns: 1,
        passwords: 1,
      });
    });

    test('a web form that is sent three times at the same instant, and once more', async () => {
      const { number } = service.phone();
      const page = await visitor(gateway(0)).get('/register');
      const form = { once: hidden(page.html, 'once'), phone: number, phoneAgain: number };
      const send = async (nr: number) => (await visitor(gateway(nr)).post('/register', form)).html;
      const pages = await Promise.all([0, 1, 0].map(send));
      pages.push(await send(1));
      expect(new Set(pages).size).toBe(1);
      expect(await takenBy(number)).toHaveLength(1);
      expect(await recordOf(service.db, number)).toEqual({
        accounts: 1,
        sessions: 1,
        turns: 1,
        passwords: 1,
      });
    });

    test('two SMS of one number at the same instant are both answered, once each', async () => {
      const { number } = service.phone();
      const statuses = await Promise.all(
        [0, 1].map(
          async (nr) => (await postTo(gateway(nr))('sms', smsForm(number, 'REGISTER'))).status,
        ),
      );
      expect(statuses).toEqual([200, 200]);
      const sms = await takenBy(number);
      expect(sms.toSorted()).toEqual([
        expect.stringContaining('already registered'),
        expect.stringContaining('Registered. Password'),
      ]);
      expect(await recordOf(service.db, number)).toMatchObject({ accounts: 1, passwords: 1 });
    });

    test('the daily limit holds for requests that come at the same instant', async () => {
      const number = await register();
      await Promise.all(
        Array.from({ length: 7 }, (_, nr) => postTo(gateway(nr))('sms', smsForm(number, 'RESET'))),
      );
      await outboxEmptied(service.db);
      expect((await recordOf(service.db, number)).passwords).toBe(5);
    });

    // The embedded database serves one process.
    if (kind !== 'postgresql') return;
    test('a call may go to either gateway at each turn', async () => {
      const { number } = service.phone();
      const session = newSessionId();
      const histories = ['', '9', '9*1', '9*1*0', '9*1*0*1', '9*1*0*1*1'];
      const heard: string[] = [];
      for (const [nr, text] of histories.entries()) {
        heard.push(await ask(gateway(nr), { session, number, text }));
      }
      expect(heard.map((reply) => reply.split('\n')[0])).toEqual([
        expect.stringContaining('KNEC CP2'),
        expect.stringContaining('Wrong choice'),
        expect.stringContaining('Register 0'),
        expect.stringContaining('KNEC CP2'),
        expect.stringContaining('Register 0'),
        expect.stringMatching(/^END Registered/),
      ]);
      expect(await takenBy(number)).toHaveLength(1);
    });
  });
}

/** One request, and the answer as it is on the wire. */
async function ask(url: string, request: UssdRequest): Promise<string> {
  const response = await postTo(url)('ussd', ussdForm(request));
  expect(response.status).toBe(200);
  return response.text();
}

function smsForm(number: string, text: string) {
  const date = '2026-11-23T06:04:45Z';
  return { date, from: number, id: randomUUID(), text, to: '22263', networkCode: '63902' };
}
