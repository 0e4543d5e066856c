import { beforeAll, describe, expect, test } from 'vitest';
import type { InboundSms } from '../src/channels/channel.js';
import type { Dialogue } from '../src/dialogue/dialogue.js';
import { createInboundParts, type InboundParts } from '../src/inbound-parts.js';
import { keywordAlone } from '../src/keywords.js';
import type { Phone } from '../src/phone-number.js';
import { createClock } from './kit/clock.js';
import { describeOnEachDatabase } from './kit/database.js';
import { allFlows } from './kit/engine-phone.js';
import { newPhone, seal } from './profile/people.js';

let dialogue: Dialogue;
beforeAll(async () => {
  dialogue = await allFlows();
});

describeOnEachDatabase('the parts of a long SMS', (database) => {
  const clock = createClock('2026-11-24T09:00:00Z');
  let heard: InboundSms[] = [];
  /** For everybody, or for the messages of one. */
  let broken: boolean | Phone = false;
  let parts: InboundParts;
  beforeAll(() => {
    parts = open();
  });

  /** As another process would have it. */
  const open = () =>
    createInboundParts({
      ...{ db: database().db, seal, now: clock.now },
      keywordIn: (text) => keywordAlone(dialogue, text),
      async handOn(message) {
        if (broken === true || broken === message.phone) throw new Error('killed');
        heard.push(message);
      },
    });

  let ids = 0;
  /** An SMS cut into parts, each as a carrier hands it on. */
  function cut(phone: Phone, texts: readonly string[], reference = 'a7'): InboundSms[] {
    return texts.map((text, index) => {
      ids += 1;
      const part = { reference, number: index + 1, of: texts.length };
      return { carrier: 'smpp', id: `part-${ids}`, phone, text, network: '63902', part };
    });
  }
  async function take(...messages: (InboundSms | undefined)[]): Promise<void> {
    for (const message of messages) if (message) await parts.take(message);
  }
  const heardFrom = (phone: Phone) => heard.filter((message) => message.phone === phone);
  const rowsOf = (phone: Phone) => database().db('inbound_sms_parts').where({ phone });

  test('are one SMS, with the id of the first, when the last of them has come', async () => {
    const phone = newPhone();
    const [one, two, three] = cut(phone, ['PROFILE KRA A0123', '45678Z, ', 'ID 12345678']);
    await take(three, one);
    expect(heardFrom(phone)).toEqual([]);
    await take(two);
    expect(heardFrom(phone)).toEqual([
      { ...one, text: 'PROFILE KRA A012345678Z, ID 12345678', part: null },
    ]);
  });

  test('lie sealed, and not at all once the SMS was taken', async () => {
    const phone = newPhone();
    const [one, two] = cut(phone, ['PROFILE ID 98', '765432']);
    await take(one);
    const rows = await rowsOf(phone);
    expect(rows[0].text.toString('latin1')).not.toContain('PROFILE');
    await take(two);
    expect((await rowsOf(phone)).map(({ text }) => text)).toEqual([null, null]);
  });

  test('that come again, before and after, do nothing', async () => {
    const phone = newPhone();
    const [one, two] = cut(phone, ['Jina langu ', 'ni Jane']);
    await take(one, one, two, one, two);
    expect(heardFrom(phone)).toHaveLength(1);
  });

  test('through several processes at once are handed on as one SMS', async () => {
    const phone = newPhone();
    const messages = cut(phone, ['a', 'b', 'c', 'd', 'e']);
    const processes = [parts, open(), open()];
    await Promise.all(
      messages.flatMap((message) => processes.map((process) => process.take(message))),
    );
    expect(heardFrom(phone).length).toBeGreaterThan(0);
    // The same id is the same SMS, which is taken once.
    for (const message of heardFrom(phone)) {
      expect(message).toMatchObject({ id: messages[0]?.id, text: 'abcde', part: null });
    }
  });

  test('that come at the same instant, each through another process, find each other', async () => {
    const phones = Array.from({ length: 20 }, newPhone);
    const processes = [parts, open(), open()];
    await Promise.all(
      phones.flatMap((phone) =>
        cut(phone, ['x', 'y', 'z']).map((message, index) => processes[index]?.take(message)),
      ),
    );
    for (const phone of phones) {
      expect(heardFrom(phone).map(({ text }) => text)).toEqual(['xyz']);
    }
  });

  test('of two numbers, of two references and of two carriers are kept apart', async () => {
    const [phone, other] = [newPhone(), newPhone()];
    const [one] = cut(phone, ['one', 'two']);
    const [, two] = cut(other, ['one', 'two']);
    const [, three] = cut(phone, ['one', 'two'], 'b8');
    const [, four] = cut(phone, ['one', 'two']).map((part) => ({ ...part, carrier: 'other' }));
    await take(one, two, three, four);
    expect([...heardFrom(phone), ...heardFrom(other)]).toEqual([]);
  });

  test('with a reference that is used again are another SMS', async () => {
    const phone = newPhone();
    for (let time = 1; time <= 2; time += 1) await take(...cut(phone, ['same ', 'words']));
    expect(heardFrom(phone).map(({ text }) => text)).toEqual(['same words', 'same words']);
    expect(new Set(heardFrom(phone).map(({ id }) => id)).size).toBe(2);
  });

  test('of which one was sent anew are joined with what came last', async () => {
    const phone = newPhone();
    const [lost] = cut(phone, ['an old beginning ', 'x']);
    await take(lost, ...cut(phone, ['a new beginning ', 'and end']));
    expect(heardFrom(phone).map(({ text }) => text)).toEqual(['a new beginning and end']);
  });

  test('are handed on though those of another cannot be', async () => {
    const [bad, good] = [newPhone(), newPhone()];
    broken = true;
    for (const phone of [bad, good]) {
      await expect(take(...cut(phone, ['to be or ', 'not']))).rejects.toThrow('killed');
    }
    clock.pass({ hours: 1 });
    broken = bad;
    await expect(parts.tidy()).rejects.toThrow('not handed on');
    expect(heardFrom(good)).toMatchObject([{ text: 'to be or not' }]);
    broken = false;
    await parts.tidy();
    expect(heardFrom(bad)).toHaveLength(1);
  });

  test('whose SMS was not taken are handed on again when the last one comes again', async () => {
    const phone = newPhone();
    const [one, two] = cut(phone, ['to be or ', 'not to be']);
    await take(one);
    broken = true;
    await expect(take(two)).rejects.toThrow('killed');
    broken = false;
    await take(two);
    expect(heardFrom(phone)).toMatchObject([{ id: one?.id, text: 'to be or not to be' }]);
  });

  describe('an hour later', () => {
    test.each([
      ['the keyword alone, for the rest was cut', 'PROFILE ID 123456', ['PROFILE']],
      ['STOP', 'Stop! I do not want this', ['Stop']],
      ['nothing without a keyword', 'Jane Wanjiku Mutho', []],
      ['nothing where the keyword is not whole', 'PROFILEKRA A01234', []],
    ])('what is not complete is %s', async (_name, text, taken) => {
      const phone = newPhone();
      const [one, two] = cut(phone, [text, 'the rest', 'the end']);
      await take(one, two);
      clock.pass({ minutes: 59 });
      await parts.tidy();
      expect(heardFrom(phone)).toEqual([]);
      clock.pass({ minutes: 2 });
      await Promise.all([parts.tidy(), open().tidy()]);
      expect([...new Set(heardFrom(phone).map((message) => message.text))]).toEqual(taken);
      expect((await rowsOf(phone)).map((row) => row.text)).toEqual([null, null]);
    });

    test('what has no beginning is let go', async () => {
      const phone = newPhone();
      const [, two] = cut(phone, ['x', 'STOP']);
      await take(two);
      clock.pass({ hours: 2 });
      await parts.tidy();
      expect(heardFrom(phone)).toEqual([]);
      expect((await rowsOf(phone)).map((row) => row.text)).toEqual([null]);
    });

    test('what was joined, and then nobody took, is handed on', async () => {
      const phone = newPhone();
      broken = true;
      await expect(take(...cut(phone, ['to be or ', 'not']))).rejects.toThrow('killed');
      broken = false;
      clock.pass({ hours: 2 });
      await parts.tidy();
      expect(heardFrom(phone)).toMatchObject([{ text: 'to be or not', part: null }]);
    });
  });

  test('are forgotten after a week', async () => {
    const phone = newPhone();
    await take(...cut(phone, ['one ', 'two']));
    clock.pass({ hours: 24 * 7 - 1 });
    await parts.tidy();
    expect(await rowsOf(phone)).toHaveLength(2);
    clock.pass({ hours: 2 });
    await parts.tidy();
    expect(await rowsOf(phone)).toEqual([]);
    heard = [];
  });
});
