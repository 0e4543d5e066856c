import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClock } from '../kit/clock.js';
import {
  callWith,
  conversationsOfFlows,
  type ServiceConversation,
  type Shown,
} from '../kit/conversation.js';
import { type Back, backs } from '../kit/database.js';
import {
  africasTalkingLine,
  createHandset,
  type Line,
  postTo,
  WEBHOOK_SECRET,
} from '../kit/handset.js';
import { ALL_WIRES, hostileTo, lineOf, sendWritten, wires } from '../kit/lines.js';
import { changesNothing, outboxEmptied, recordOf } from '../kit/rows.js';
import { openService, type Service } from '../kit/service.js';

/** Those of the flows in which somebody dials, and some about the wire itself. */
const conversations: readonly ServiceConversation[] = [
  ...(await conversationsOfFlows()).filter(({ script }) => /\bdial\(/.test(String(script))),
  {
    name: 'an answer that holds a *',
    async script({ text, sms, dial, reply, see }) {
      await text('REGISTER');
      await sms('Registered');
      await dial();
      await reply('1');
      await reply('1');
      await see('Full name?');
      for (const said of ['Jane*Doe', '*', '', '1*2*3']) {
        await reply(said);
        await see('Not accepted', 'Full name?');
      }
      await reply('Jane Doe');
      await see('Saved.', 'Year of birth?');
    },
  },
  {
    name: 'the same answer again, on purpose',
    async script({ dial, reply, see, ended, sms }) {
      await dial();
      for (const said of ['9', '9', '9']) {
        await reply(said);
        await see('Wrong choice', '1. Register');
      }
      await reply('1');
      await reply('1');
      await ended();
      await sms('Registered');
    },
  },
];

const lines: readonly { readonly name: string; at(url: string): Line }[] = [
  { name: 'africastalking', at: (url) => africasTalkingLine(postTo(url)) },
  ...wires.map((wire) => ({ name: wire.name, at: (url: string) => lineOf(wire, url) })),
];

/**
 * What is played on a line: on a server everything. Embedded, where a statement takes many times as long, every third,
 * so that between them the lines play all of it.
 */
function playedOn(line: string, kind: Back['kind']): readonly ServiceConversation[] {
  if (kind === 'postgresql') return conversations;
  const nth = lines.findIndex(({ name }) => name === line);
  return conversations.filter((_, index) => index % 3 === nth % 3);
}

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`on ${name}`, () => {
    const clock = createClock('2026-11-23T06:00:00Z');
    let service: Service;
    let gateways: readonly string[];
    /** What each conversation leaves, by name, had on Africa's Talking's line without repeats. */
    const left = new Map<string, object>();

    beforeAll(async () => {
      service = await openService({ kind, now: clock.now, env: ALL_WIRES });
      // The embedded database serves one process.
      const others = kind === 'postgresql' ? [(await service.another()).url] : [];
      gateways = [service.url, ...others];
      for (const { name, script } of conversations) {
        const { phone, record } = caller(
          (url) => africasTalkingLine(postTo(url)),
          ([line]) => line,
        );
        await callWith(phone, script);
        left.set(name, await record());
      }
    });
    afterAll(() => service?.stop());

    test('what stands in the URL of a GET is not logged, whatever happens', async () => {
      const wire = wires.find(({ name }) => name === 'crossgate');
      if (!wire) throw new Error('there is no such wire');
      const call = { session: 'call-5551', number: '+254712888777', dialled: '' };
      const ask = (answers: string[], and = '') => {
        const query = new URLSearchParams(
          wire.turn({ ...call, answers }) as Record<string, string>,
        );
        return sendWritten(wire, gateways[0] ?? '', `${query}${and}`);
      };
      await service.db.raw('alter table turns rename to turns_away');
      const failed = await ask(['Jane', '39876543']);
      await service.db.raw('alter table turns_away rename to turns');
      expect(await failed.text()).toMatch(/^END Sorry, something went wrong/);
      expect(await (await ask(['Jane', '39876543'], '&msisdn=1')).text()).toMatch(/^END Sorry/);
      expect(await (await ask(['Jane', '39876543'])).text()).toMatch(/^CON /);

      const log = service.log();
      expect(log).toContain('"carrier":"crossgate"');
      for (const part of [
        '712888777',
        '39876543',
        'Jane',
        'call-5551',
        WEBHOOK_SECRET,
        'msisdn=',
      ]) {
        expect(
          log.split('\n').filter((line) => line.includes(part)),
          part,
        ).toEqual([]);
      }
    });

    function caller(
      at: (url: string) => Line,
      as: (lines: readonly [Line, Line]) => Line = repeating,
    ) {
      const { number, nextSms } = service.phone();
      const [one, other] = [gateways[0] ?? '', gateways.at(-1) ?? ''];
      const line = unhurried(as([at(one), at(other)]));
      return {
        number,
        phone: createHandset(number, service.post, nextSms, line),
        async record() {
          await outboxEmptied(service.db);
          return recordOf(service.db, number);
        },
      };
    }

    /** People read before they answer, which tells a new answer from a repeat. */
    const unhurried = (line: Line): Line => ({
      ...line,
      turn(call) {
        clock.pass({ seconds: 5 });
        return line.turn(call);
      },
    });

    test.each(wires)('$name: nothing hostile changes anything, nor gets a 5xx', async (wire) => {
      const { phone, number } = caller(
        (url) => lineOf(wire, url),
        ([line]) => line,
      );
      await phone.dial();
      await phone.reply('1');
      const call = { session: 'a-session', number, dialled: '', answers: ['1', '1'] };
      await changesNothing(service.db, async () => {
        for (const { label, written } of hostileTo(wire, call)) {
          const { status } = await sendWritten(wire, gateways[0] ?? '', written);
          expect(status, label).toBe(200);
        }
      });
      expect((await phone.reply('1')).text).toMatch(/^Registered/);
    });

    describe.each(lines)('$name, every request sent three times', ({ name: wire, at }) => {
      test.each(playedOn(wire, kind))('$name', async ({ name, script }) => {
        const { phone, record } = caller(at);
        await callWith(phone, script);
        expect(await record()).toEqual(left.get(name));
      });

      test('what is dialled along with the code walks to where something would be done', async () => {
        const { phone, record } = caller(at);
        const { text, ended } = await phone.dial('1*1');
        // Arkesel does not say how much of what was dialled is our code.
        expect(text).toContain(wire === 'arkesel' ? '1. Register' : '1. I agree');
        expect(ended).toBe(false);
        expect(await record()).toMatchObject({ accounts: 0, turns: 1 });
      });

      test('a session id that comes with another number is another call', async () => {
        const session = at('').newSession();
        const [one, other] = [caller(at), caller(at)].map(({ number }) => ({
          ...{ session, number, dialled: '' },
          line: at(gateways[0] ?? ''),
        }));
        if (!one || !other) throw new Error('two callers were made');
        await one.line.turn({ ...one, answers: [] });
        await one.line.turn({ ...one, answers: ['1'] });
        const { text } = await other.line.turn({ ...other, answers: [] });
        expect(text).toContain('1. Register');
        clock.pass({ seconds: 5 });
        const registered = await one.line.turn({ ...one, answers: ['1', '1'] });
        expect(registered).toMatchObject({ text: expect.stringMatching(/^Registered/) });
        expect(await recordOf(service.db, other.number)).toMatchObject({ accounts: 0, turns: 1 });
      });

      test('the end of a call is kept, where the wire tells it, and may be told twice', async () => {
        const { phone, number } = caller(at);
        await phone.dial();
        await phone.hangUp();
        await phone.hangUp();
        const ends = service.db('sessions').where({ phone: number.slice(1) });
        expect(await ends.pluck('ended_as')).toEqual([at('').hangUp ? 'abandoned' : null]);
      });
    });
  });
}

/** Sends each request twice at once, at two gateways where there are, and then once more. */
function repeating([line, other]: readonly [Line, Line]): Line {
  return {
    ...line,
    async turn(call) {
      const copies = await Promise.all([line.turn(call), other.turn(call)]);
      copies.push(await line.turn(call));
      const [shown] = copies as [Shown, ...Shown[]];
      expect(copies, 'the replies to one request').toEqual(copies.map(() => shown));
      return shown;
    },
  };
}
