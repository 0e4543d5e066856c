import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isGsm, septets } from '../../src/dialogue/gsm.js';
import { kenyanYear } from '../../src/dialogue/kenyan-time.js';
import type { Language } from '../../src/dialogue/languages.js';
import type { Position } from '../../src/dialogue/screen.js';
import { answer, open } from '../../src/dialogue/turn.js';
import { readPhone } from '../../src/phone-number.js';
import { type DetailName, detailNames, detailOf, isDetailName } from '../../src/profile/details.js';
import { exportPerson } from '../../src/profile/export.js';
import { createSeal } from '../../src/seal.js';
import { useDatabase } from '../kit/database.js';
import { allFlows, quoted } from '../kit/engine-phone.js';
import { outboxEmptied } from '../kit/rows.js';
import { DATA_KEY, openService, type Service } from '../kit/service.js';
import { anyAnswer, rightAnswer } from './answers.js';
import { breaksItsRule } from './domain-rules.js';
import { createProfileWorld } from './profile-world.js';
import { createRandom, type Random } from './random.js';

/**
 * How many answers, and from which seed on: `FUZZ=100000 FUZZ_SEED=7 npx vitest run test/proof/fuzz.test.ts`.
 * The same seed gives the same answers, and the name of a failed test tells it.
 */
const COUNT = Number(process.env['FUZZ'] ?? 3_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 2026);
/** Three in a hundred go over HTTP to the real service, the rest to the pure engine. */
const TO_SERVICE = Math.ceil(COUNT * 0.03);
const TO_ENGINE = COUNT - TO_SERVICE;
const YEAR = kenyanYear(new Date().toISOString());

const timeout = 20_000 + COUNT * 4;

describe('on the pure engine, with the real rules and lists', () => {
  const database = useDatabase();

  test(`${TO_ENGINE} answers, seed ${SEED}`, { timeout }, async () => {
    const dialogue = await allFlows();
    const random = createRandom(SEED);
    const tally = { answers: 0, calls: 0, saved: new Map<DetailName, number>() };
    while (tally.answers < TO_ENGINE) {
      tally.calls += 1;
      const call = { seed: SEED, call: tally.calls, said: [] as string[] };
      const language = random.pick<Language>(['en', 'sw']);
      const signed = random.chance(0.2);
      const view = { language, budget: signed ? 160 : 156, ...quoted, signed };
      const world = createProfileWorld(database().db, { language, year: YEAR });
      world.give(someValues(random));
      let turn = await open(dialogue, { flow: 'profile' }, view, world.ask);
      for (const said of ['1', ...Array(60).keys()]) {
        expectScreen(turn.screen.text, view.budget, call);
        if (turn.screen.ended || turn.position.flow !== 'profile') break;
        const reply =
          typeof said === 'string'
            ? random.pick(['1', '2'])
            : anyAnswer(random, askedAt(turn.position));
        call.said.push(reply);
        tally.answers += 1;
        const position = JSON.parse(JSON.stringify(turn.position)) as Position;
        turn = await answer(dialogue, position, reply, view, world.ask).catch((cause) => {
          throw new Error(`the engine failed: ${JSON.stringify(call)}`, { cause });
        });
        for (const effect of turn.effects) {
          for (const { detail, value, before } of world.take(effect)) {
            tally.saved.set(detail, (tally.saved.get(detail) ?? 0) + 1);
            if (breaksItsRule(detail, value, before, YEAR)) {
              throw new Error(
                `${detail} is kept as ${JSON.stringify(value)}: ${JSON.stringify(call)}`,
              );
            }
          }
        }
      }
    }
    // That it went everywhere.
    expect([...tally.saved.keys()].sort()).toEqual([...detailNames].sort());
    const saved = [...tally.saved.values()].reduce((sum, count) => sum + count, 0);
    report(`seed ${SEED}: ${tally.answers} answers in ${tally.calls} calls, ${saved} saved`);
  });
});

describe('on the real service, over HTTP', () => {
  let service: Service;
  beforeAll(async () => {
    service = await openService();
  });
  afterAll(() => service?.stop());

  test(`${TO_SERVICE} answers, seed ${SEED}`, { timeout }, async () => {
    const callers = Array.from({ length: 4 }, () => service.phone());
    const each = Math.ceil(TO_SERVICE / callers.length);
    for (const phone of callers) await phone.text('REGISTER');
    const said = await Promise.all(
      callers.map((phone, index) => answerMuch(phone, createRandom(SEED + index), each)),
    );
    await outboxEmptied(service.db);
    for (const { message } of service.carrier.taken) expectScreen(message, 160, { seed: SEED });

    let saved = 0;
    const seal = createSeal(Buffer.from(DATA_KEY, 'base64'));
    for (const { number } of callers) {
      const phone = readPhone(number);
      if (!phone) throw new Error('a number that is none');
      const { changes } = await exportPerson(service.db, seal, phone);
      const values: Partial<Record<DetailName, string>> = {};
      for (const { detail, to } of changes) {
        if (!isDetailName(detail)) throw new Error(`there is no ${detail}`);
        if (to === null) {
          delete values[detail];
          continue;
        }
        saved += 1;
        const broken = breaksItsRule(detail, to.value, values, YEAR);
        expect(broken, `${detail} is kept as ${to.value}, seed ${SEED}`).toBe(false);
        values[detail] = to.value;
      }
    }
    expect(service.log()).not.toContain('"level":"error"');
    expect(saved).toBeGreaterThan(TO_SERVICE / 50);
    const texts = said.reduce((sum, count) => sum + count, 0);
    report(`seed ${SEED}: ${each * 4} answers over HTTP, ${texts} by SMS, ${saved} saved`);
  });

  /** Calls, answers whatever comes to mind, hangs up, texts; returns how many SMS that were. */
  async function answerMuch(
    phone: ReturnType<Service['phone']>,
    random: Random,
    count: number,
  ): Promise<number> {
    let texts = 0;
    let shown = { text: '', ended: true };
    for (let answers = 0; answers < count; answers += 1) {
      if (random.chance(0.1)) {
        texts += 1;
        await phone.text(anyText(random));
        continue;
      }
      if (shown.ended || random.chance(0.03)) {
        shown = await phone.dial(random.pick(['', '1', '1*1', '1*1', '1*2']));
      }
      // Whatever is not a question of the profile is left again.
      const asked = askedOn(shown.text);
      const reply = asked || random.chance(0.3) ? anyAnswer(random, asked) : '1';
      shown = await phone.reply(reply);
      expectScreen(`CON ${shown.text}`, 160, { seed: SEED, reply });
    }
    return texts;
  }
});

/** Details by SMS, several in one, some of them none. */
function anyText(random: Random): string {
  const parts = Array.from({ length: 1 + random.below(4) }, () => {
    const detail = random.pick(detailNames);
    const { sms } = detailOf(detail);
    const keyword = random.pick([...sms.en, ...sms.sw]);
    return `${random.chance(0.9) ? `${keyword} ` : ''}${anyAnswer(random, detail)}`;
  });
  const keyword = random.pick(['PROFILE ', 'profile', 'Wasifu ', 'wasifu', '']);
  return `${keyword}${parts.join(random.pick([', ', ',', '\n', '; ']))}`;
}

/** Some of the details of a person, as they may be after a while. */
function someValues(random: Random): readonly (readonly [DetailName, string])[] {
  const share = random.pick([0, 0.3, 0.9]);
  return detailNames
    .filter(() => random.chance(share))
    .map((detail) => [detail, rightAnswer(random, detail)]);
}

function askedAt({ state, context }: Position): DetailName | null {
  const { detail } = context;
  if (state === 'identity') return 'nationalId';
  return (state === 'question' || state === 'list') && isDetailName(detail) ? detail : null;
}

function askedOn(screen: string): DetailName | null {
  const lines = screen.split('\n');
  const asks = (detail: DetailName) =>
    Object.values(detailOf(detail).label).some((label) =>
      lines.some((line) => line.startsWith(`${label}?`)),
    );
  return detailNames.find(asks) ?? null;
}

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}

function expectScreen(text: string, budget: number, about: object): void {
  if (isGsm(text) && septets(text) <= budget) return;
  throw new Error(`${septets(text)} of ${budget} septets: ${text}\n${JSON.stringify(about)}`);
}
