import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FoundingLanguage } from '../../src/dialogue/languages.js';
import { readPhone } from '../../src/phone-number.js';
import { exportPerson } from '../../src/profile/export.js';
import { rotateKeys } from '../../src/rotation.js';
import { createSeal } from '../../src/seal.js';
import { freshDatabase } from '../kit/database.js';
import { passwordIn } from '../kit/passwords.js';
import { outboxEmptied, rowsOf } from '../kit/rows.js';
import { DATA_KEY, openService, type Service } from '../kit/service.js';
import { withTranscript } from '../kit/transcript.js';
import { browse } from './browsing.js';
import { callLine, choose, chooseSwahili, fillAll, readAll, smsLine } from './caller.js';
import { byLabel, type Person, personNumber, secretsOf } from './people.js';
import { createRandom } from './random.js';

const OWN_PASSWORD = 'mvua kubwa ya masika 2041';
const NEW_KEY = randomBytes(32);

/** Those who have filled in all, and how to find them again. */
const done: { number: string; person: Person; language: FoundingLanguage }[] = [];

let database: Awaited<ReturnType<typeof freshDatabase>>;
let service: Service;

beforeAll(async () => {
  database = await freshDatabase();
  service = await openService({ fresh: { ...database, remove: async () => {} } });
});
afterAll(async () => {
  await service?.stop();
  await database?.remove();
});

/** Reads all that was filled in on the web: each value as it was given, or masked; in full in the copy. */
async function expectOnTheWeb(who: (typeof done)[number], issued: string): Promise<void> {
  const { number, person, language } = who;
  const web = browse(service.url);
  await web.logInFirst(number, issued, OWN_PASSWORD);
  expect(await web.readAll()).toEqual(byLabel(person, language, 'shown'));
  expect(await web.readCopy(language)).toEqual(byLabel(person, language, 'full'));
}

describe('over USSD, with calls that are cut off', () => {
  test.each<[FoundingLanguage, number, number, number]>([
    ['en', 0, 20_261, 30],
    ['sw', 1, 20_262, 32],
  ])('%s', async (language, n, seed, uncut) => {
    const [person, phone] = [personNumber(n), service.phone()];
    const line = callLine(phone, { random: createRandom(seed), cuts: 10 });
    await withTranscript(line.transcript, async () => {
      if (language === 'sw') {
        await chooseSwahili(line);
      }
      await fillAll(line, person, language);
    });
    expect(line.cuts).toBe(10);
    expect(line.replies).toBeGreaterThan(uncut);
    expect(line.replies).toBeLessThanOrEqual(45);
    const who = { number: phone.number, person, language };
    await expectOnTheWeb(who, passwordIn(await phone.nextSms()));
    done.push(who);
  });
});

describe('by SMS', () => {
  test('en: several details in one message, then what the service names next', async () => {
    const [person, phone] = [personNumber(2), service.phone()];
    await phone.text('register');
    const issued = passwordIn(await phone.nextSms());
    const line = smsLine(phone, 'PROFILE');
    const part = (index: number) => {
      const { keyword, says } = person[index] ?? {};
      return `${keyword?.en} ${says?.en}`;
    };
    await withTranscript(line.transcript, async () => {
      expect((await line.begin()).text).toContain('Profile 0 of 25. Missing: Full name');
      const several = [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9, 11, 12],
        [13, 14, 15, 16],
        [17, 18, 19],
      ];
      let filled = 0;
      for (const indexes of several) {
        const { text } = await line.say(`Profile ${indexes.map(part).join(', ')}`);
        filled += indexes.length;
        expect(text).toMatch(/^KNEC CP2: Saved: /);
        expect(text).toContain(`Profile ${filled} of 25`);
        expect(text).not.toContain('Not saved');
      }
      const doubt = await line.say(`PROFILE ${part(10)}`);
      expect(doubt.text).toContain('Equity numbers have 13 digits, yours has 12. Keep it?');
      await choose(line, doubt, /^Yes, keep it$/);
      let { text } = await line.say(`profile${part(20)}`);
      for (;;) {
        const next = /Next: PROFILE (\w+)/.exec(text)?.[1];
        if (!next) break;
        const index = person.findIndex(({ keyword }) => keyword.en === next);
        ({ text } = await line.say(`PROFILE ${part(index)}`));
      }
      expect(text).toContain('Profile 25 of 25');
    });
    expect(line.replies).toBe(1 + 5 + 2 + 5);
    const who = { number: phone.number, person, language: 'en' } as const;
    await expectOnTheWeb(who, issued);
    done.push(who);
  });

  test('sw: a conversation, one question after the other', async () => {
    const [person, phone] = [personNumber(3), service.phone()];
    await phone.text('JISAJILI');
    const issued = passwordIn(await phone.nextSms());
    const line = smsLine(phone, 'wasifu');
    await withTranscript(line.transcript, () => fillAll(line, person, 'sw'));
    expect(line.replies).toBe(1 + 1 + 25 + 1);
    const who = { number: phone.number, person, language: 'sw' } as const;
    await expectOnTheWeb(who, issued);
    done.push(who);
  });
});

test('on the web, read back over USSD', async () => {
  const [person, phone, language] = [personNumber(4), service.phone(), 'en'] as const;
  const web = browse(service.url);
  await web.register(phone.number);
  await web.logInFirst(phone.number, passwordIn(await phone.nextSms()), OWN_PASSWORD);
  // Five groups, and once more the one whose account number was doubted.
  expect(await web.fillAll(person, language)).toBe(6);
  expect(await web.readCopy(language)).toEqual(byLabel(person, language, 'full'));
  done.push({ number: phone.number, person, language });
  const line = callLine(phone);
  await withTranscript(line.transcript, async () => {
    expect(await readAll(line, language)).toEqual(byLabel(person, language, 'shown'));
  });
});

describe('after all that', () => {
  /** Everything, as anybody reads it: over USSD, on the web, and in full in the copy. */
  async function expectAllAsBefore(): Promise<void> {
    for (const { number, person, language } of done) {
      const line = callLine(service.phone(number));
      await withTranscript(line.transcript, async () => {
        expect(await readAll(line, language)).toEqual(byLabel(person, language, 'shown'));
      });
      const web = browse(service.url);
      await web.logIn(number, OWN_PASSWORD);
      expect(await web.readAll()).toEqual(byLabel(person, language, 'shown'));
      expect(await web.readCopy(language)).toEqual(byLabel(person, language, 'full'));
    }
  }

  test('everybody reads over USSD what the web shows', async () => {
    expect(done).toHaveLength(5);
    await expectAllAsBefore();
  });

  test('neither a dump of the database nor the log holds a secret', async () => {
    await outboxEmptied(service.db);
    const dump = Object.entries(await rowsOf(service.db)).flatMap(([table, rows]) =>
      rows.map((row) => `${table}: ${row}`),
    );
    const log = service.log().split('\n');
    // That it is the right dump, and the right log.
    expect(dump.join('\n')).toContain('wanjiku@example.com');
    expect(log.length).toBeGreaterThan(1);
    for (const { person } of done) {
      const secrets = secretsOf(person);
      expect(secrets.length).toBe(7 * 3 * 4);
      for (const secret of secrets) {
        const found = [...dump, ...log].filter((line) => contains(line, secret));
        expect(found, secret).toEqual([]);
      }
    }
  });

  test('another data key reads everything as before, and the old one nothing', async () => {
    const both = createSeal(NEW_KEY, [Buffer.from(DATA_KEY, 'base64')]);
    const rotated = await rotateKeys(service.db, both);
    expect(rotated).toMatchObject({ details: 5 * 9, changes: 5 * 25, unopened: 0 });
    await service.stop();
    service = await openService({
      fresh: { ...database, remove: async () => {} },
      env: { DATA_KEY: NEW_KEY.toString('base64') },
    });
    await expectAllAsBefore();
    const old = createSeal(Buffer.from(DATA_KEY, 'base64'));
    for (const { number } of done) {
      const phone = readPhone(number);
      if (!phone) throw new Error('a number that is none');
      await expect(exportPerson(service.db, old, phone)).rejects.toThrow('another DATA_KEY');
    }
  });

  test('who gives what somebody else has given is told so, and no more', async () => {
    const [phone, [, , , id, , , , , , , account]] = [service.phone(), personNumber(0)];
    await phone.text('REGISTER');
    await phone.nextSms();
    const line = smsLine(phone, `PROFILE ID ${id?.says.en}, BANK Equity`);
    await withTranscript(line.transcript, async () => {
      const shared = await line.begin();
      expect(shared.text).toContain(`Saved: National ID ***${id?.says.en.slice(-3)}, Bank Equity.`);
      expect(shared.text).toContain('KNEC will check: also on another account');
      // Also where it is doubted first.
      const doubt = await line.say(`PROFILE ACCOUNT ${account?.says.en}`);
      const kept = await choose(line, doubt, /^Yes, keep it$/);
      expect(kept.text).toContain('Saved. It is also on another account; KNEC will check');
    });
  });
});

function contains(line: string, secret: string): boolean {
  return line.toLowerCase().includes(secret.toLowerCase());
}
