import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/commands/command.js';
import { transcript } from '../../src/commands/transcript.js';
import { commonWords } from '../../src/dialogue/common-words.js';
import { MASK } from '../../src/dialogue/flow.js';
import { type Phone, readPhone } from '../../src/phone-number.js';
import { details } from '../../src/profile/details.js';
import { createSeal } from '../../src/seal.js';
import { openExchange, sealExchange } from '../../src/turns/stored.js';
import { type Clock, createClock } from '../kit/clock.js';
import { callWith } from '../kit/conversation.js';
import { backs } from '../kit/database.js';
import { allFlows, createEnginePhone } from '../kit/engine-phone.js';
import { passwordIn } from '../kit/passwords.js';
import { eventually, outboxEmptied } from '../kit/rows.js';
import { DATA_KEY, openService, type Service } from '../kit/service.js';
import { toolsOn } from '../kit/tools.js';
import type { Given } from '../kit/world.js';

const seal = createSeal(Buffer.from(DATA_KEY, 'base64'));

/** What Jane tells, and what must nowhere be seen. */
const told = {
  names: ['Jane Wanjiku', 'Wanjiku'],
  ids: ['39876543', 'A012345679Z', '2012345679'],
  choices: ['Equity', 'Female', 'Mombasa', '1987'],
};

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`a stored call as a transcript, on ${name}`, () => {
    let service: Service;
    let clock: Clock;
    let jane: ReturnType<Service['phone']>;
    let password: string;

    async function run(...args: string[]) {
      const [printed, complaints]: [string[], string[]] = [[], []];
      const code = await exitCodeOf(
        transcript,
        {
          ...{ args, now: clock.now, operator: 'otieno', print: (line) => printed.push(line) },
          withTools: toolsOn(() => service.db, seal, service.url),
        },
        (line) => complaints.push(line),
      );
      return { code, text: printed.join('\n'), complaint: complaints.join('\n') };
    }
    const lastOf = async (number: string, count = 1) =>
      (await run(number, '--last', String(count))).text.replace(/Session \d+/g, 'Session N');

    beforeAll(async () => {
      clock = createClock('2026-11-24T06:00:00Z');
      service = await openService({ kind, now: clock.now });
      jane = service.phone();
      await jane.dial();
      clock.pass({ seconds: 8 });
      await jane.reply('7');
      clock.pass({ seconds: 5 });
      await jane.reply('1');
      clock.pass({ seconds: 12 });
      await jane.reply('1');
      password = passwordIn(await jane.nextSms());
      await outboxEmptied(service.db);
    });
    afterAll(() => service?.stop());

    test('reads as the call did, but for what nobody is to see', async () => {
      expect(await lastOf(jane.number)).toBe(`Session N: USSD, en, 63902, 24/11/2026 09:00
  > dials
      | KNEC CP2: contracted professionals
      | 1. Register
      | 2. Lugha / Language
      | 3. About and your data
      | 4. My number changed
  > …  (after 8 s, not accepted)
      | Wrong choice. Try again.
      | KNEC CP2: contracted professionals
      | 1. Register
      | 2. Lugha / Language
      | 3. About and your data
      | 4. My number changed
  > 1  (after 5 s)
      | Register ${masked(jane.number)} with KNEC? KNEC keeps your number and profile to engage and pay you.
      | 1. I agree, register me
      | 0. Back
  > 1  (after 12 s)
      | Registered. Your password is coming by SMS to ${masked(jane.number)}. No SMS in 5 minutes? Dial again and choose Password.  (end)
      SMS: (password: accepted)`);
    });

    test('shows which details were asked for and shown, and none of their values', async () => {
      await fillIn(jane, told.ids);
      const text = await lastOf(jane.number, 3);
      for (const seen of [
        'Full name?',
        'Saved.',
        'Bank? Number or first letters:',
        'Account number: …',
        'Which one?',
        '1. Full name: …',
        '2. Year of birth: …',
        '4. National ID: …',
        '  (hung up, or fell silent)',
      ]) {
        expect(text).toContain(seen);
      }
      for (const secret of [...told.names, ...told.ids, ...told.choices, password]) {
        expect(text, secret).not.toContain(secret);
      }
      expect(text).not.toContain(jane.number.slice(4));
    });

    test('hides what a fault quotes', async () => {
      const handset = service.phone();
      for (const said of ['REGISTER', 'PROFILE STARTED 2002']) {
        await handset.text(said);
        await handset.nextSms();
      }
      await handset.dial();
      for (const said of ['1', '2', '1', '2']) await handset.reply(said);
      expect((await handset.reply('1992')).text).toContain('2002');
      expect(await lastOf(handset.number)).toContain('Year of birth?');
      expect(await lastOf(handset.number)).not.toMatch(/2002|1992/);
    });

    test('shows a text of several pages that has nothing personal in it', async () => {
      const handset = service.phone();
      const pages = [(await handset.dial('3')).text, (await handset.reply('98')).text];
      const text = await lastOf(handset.number);
      for (const page of pages) {
        expect(text).toContain(page.replaceAll('\n', '\n      | '));
      }
    });

    test('hides what cannot be made again from the words of today', async () => {
      const handset = service.phone();
      const phone = readPhone(handset.number) as Phone;
      await handset.dial();
      await handset.reply('1');
      const turns = () => service.db('turns').where({ phone });
      const [stored] = await turns().where({ state: 'consent' }).pluck('reply');
      const { position } = openExchange(seal, phone, stored);
      const text = 'Welcome, Jane Wanjiku\nof Kisumu\n1. Call Jane\n0. Back';
      for (const kept of [position, null, position && { ...position, version: 0 }]) {
        const reply = sealExchange(seal, phone, { text, said: '1', position: kept });
        await turns().where({ state: 'consent' }).update({ reply });
        expect(await lastOf(handset.number)).toContain('      | …\n      | 1. …\n      | 0. Back');
      }
      for (const gone of [{ state: 'farewell' }, { flow: 'pension' }]) {
        await turns().where({ number: 2 }).update(gone);
        expect(await lastOf(handset.number)).toMatch(/> 1 {2}\(after \d+ s\)\n {6}\| …\n/);
      }
    });

    test('shows both languages of a call that changes it', async () => {
      const phone = service.phone();
      await phone.dial();
      await phone.reply('2');
      await phone.reply('2');
      const text = await lastOf(phone.number);
      expect(text).toContain('1. Register');
      expect(text).toContain('1. Jisajili');
      expect(text).toContain('  (nothing more was heard)');
    });

    test('shows an exchange of SMS, and what became of each', async () => {
      const phone = service.phone();
      await phone.text('REGISTER');
      await phone.nextSms();
      await phone.text('HELP');
      await phone.nextSms();
      await eventually(async () => {
        await outboxEmptied(service.db);
      });
      const text = await lastOf(phone.number, 5);
      expect(text).toContain('SMS, en');
      expect(text).toContain('  > texts\n      SMS: (password: accepted)');
      expect(text).toMatch(/SMS: KNEC CP2: [^\n]*REGISTER/);
    });

    test('a session is found by its id, and only with its own number', async () => {
      const [id] = await service
        .db('sessions')
        .where({ phone: jane.number.slice(1) })
        .pluck('id');
      expect((await run(jane.number, '--session', String(id))).text).toContain(`Session ${id}:`);
      const other = await run('0711000000', '--session', String(id));
      expect(other).toMatchObject({
        code: 1,
        text: '',
        complaint: expect.stringContaining('Nothing'),
      });
    });

    test('whoever looks is recorded, without the number', async () => {
      await service.db('readings').delete();
      await run(jane.number);
      await run(jane.number, '--as-test', 'a call');
      await run('0711000000');
      const rows: { phone_masked: string; read_by: string }[] = await service.db('readings');
      expect(rows).toHaveLength(2);
      expect(JSON.stringify(rows)).not.toContain(jane.number.slice(4));
      const { text } = await run('readings', jane.number);
      expect(text.split('\n').map((line) => line.split('\t').slice(1, 4))).toEqual([
        ['otieno', 'test', masked(jane.number)],
        ['otieno', 'transcript', masked(jane.number)],
      ]);
      expect((await run('readings')).text).toBe(text);
      expect((await run('readings', '0711000000')).text).toBe('Nobody has read anything.');
    });

    test('nothing is shown where the reading cannot be recorded', async () => {
      await service.db.raw('alter table readings rename to readings_away');
      try {
        expect(await run(jane.number)).toMatchObject({ code: 1, text: '' });
      } finally {
        await service.db.raw('alter table readings_away rename to readings');
      }
    });

    test('becomes a conversation test that passes', async () => {
      const phone = service.phone();
      const ids = async () =>
        service
          .db('sessions')
          .where({ phone: phone.number.slice(1) })
          .orderBy('id')
          .pluck('id');
      await phone.dial();
      for (const said of ['1', '7', '1']) await phone.reply(said);
      await phone.nextSms();
      await fillIn(phone, ['40876543', 'A112345679Z', '2112345679']);
      await phone.dial();
      await phone.reply('2');
      await phone.reply('1');
      await phone.nextSms();
      await phone.text('RESET');
      await phone.nextSms();
      await outboxEmptied(service.db);
      const all = await ids();
      expect(all.length).toBeGreaterThan(4);
      let played = 0;
      for (const id of all) {
        const { text } = await run(
          phone.number,
          '--session',
          String(id),
          '--as-test',
          `call ${id}`,
        );
        expect(text).toMatch(
          /^import \{ conversation \} from '..\/..\/test\/kit\/conversation.js';/,
        );
        for (const secret of [...told.names, ...told.ids]) expect(text).not.toContain(secret);
        // It begins where another call was left, which the engine's phone knows nothing of.
        if (text.includes('await dial(); // ')) expect(text).toContain('an earlier call was left');
        else played += await play(text);
      }
      expect([played, all.length]).toEqual([4, 6]);
    });
  });
}

test.each([
  [],
  ['12345'],
  ['0712345678', '0712345679'],
  ['0712345678', '--last', '0'],
  ['0712345678', '--last', '51'],
  ['0712345678', '--session', 'x'],
  ['0712345678', '--session', '1', '--last', '1'],
  ['0712345678', '--last', '2', '--as-test', 'two at once'],
  ['0712345678', '--full'],
  ['readings', '12345'],
  ['readings', '--last', '1'],
])('a wrong call gets one line and opens nothing: %s %s %s', async (...args) => {
  const complaints: string[] = [];
  const code = await exitCodeOf(
    transcript,
    {
      ...{ args, now: () => new Date(), operator: 'otieno', print: () => {} },
      withTools: () => Promise.reject(new Error('a wrong call opens nothing')),
    },
    (line) => complaints.push(line),
  );
  expect([code, complaints]).toEqual([2, [expect.stringMatching(/^Usage: npm run transcript/)]]);
});

test('no text has the mark that stands for what is hidden', async () => {
  for (const flow of (await allFlows()).flows.values()) {
    expect(JSON.stringify(flow.words), flow.name).not.toContain(MASK);
  }
  expect(JSON.stringify([commonWords, details])).not.toContain(MASK);
});

function masked(number: string): string {
  return `0${number.slice(4, 7)}***${number.slice(-3)}`;
}

/** Fills in some details, one of them wrongly at first, and looks at them in another call. */
async function fillIn(phone: ReturnType<Service['phone']>, ids: readonly string[]): Promise<void> {
  const [nationalId = '', kraPin = '', nssf = ''] = ids;
  await phone.dial();
  for (const said of ['1', '1', '7', 'Jane Wanjiku', '1987', '2', nationalId, kraPin]) {
    await phone.reply(said);
  }
  await phone.hangUp();
  await phone.dial();
  for (const said of ['1', nssf, '99', '99', 'K', 'Equity', 'Mombasa Road', '1234567890123']) {
    await phone.reply(said);
  }
  await phone.hangUp();
  await phone.dial();
  for (const said of ['2', '1', '2', '1', '0', '00', '1', '2', '2', '3']) await phone.reply(said);
  await phone.hangUp();
}

/** Plays the source of a conversation test on the engine. */
async function play(source: string): Promise<number> {
  type Script = Parameters<typeof callWith>[1];
  const played: Promise<void>[] = [];
  const conversation = (_: string, ...rest: [Script] | [Given, Script]) => {
    const [given, script] = rest.length === 1 ? [{}, rest[0]] : rest;
    played.push(createEnginePhone(given).then((phone) => callWith(phone, script)));
  };
  const body = source.replace(/^import .*\n/, '').replaceAll(' as const;', ';');
  new Function('conversation', body)(conversation);
  await Promise.all(played);
  return played.length;
}
