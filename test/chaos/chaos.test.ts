import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase, testServer } from '../kit/database.js';
import type { Service } from '../kit/service.js';
import { type Build, buildService } from '../process/build.js';
import { killAll } from '../process/service-process.js';
import type { Asked } from './carrier.js';
import { drawingFrom } from './drawing.js';
import { askAgain, metricsOf, playOut, type Scene, setScene } from './havoc.js';
import { whatIsNotKept } from './kept.js';
import { lost, type Message, misknown, notAnswered, readMessages, sentTwice } from './messages.js';
import {
  isLeftWithout,
  PASSWORD,
  readStories,
  refusedLogins,
  type Story,
  tryOut,
} from './passwords.js';
import type { Person } from './people.js';
import { hangUpAll } from './posting.js';
import {
  callsThatFork,
  repliesThatDiffer,
  repliesThatFail,
  turnsTaken,
  wronglyTaken,
} from './replies.js';
import type { Posting } from './sending-api.js';
import { letItRest } from './settling.js';

/*
 * What "exactly once" means, while everything goes wrong at the same time.
 *
 * Two processes of the built service share one PostgreSQL database. People call, text, send web forms
 * and log in, some from two phones at once. Between them and the service is a carrier that sends every
 * request one to three times, at the same instant or seconds apart, each copy to either process, and
 * again where the connection breaks. The processes are killed with SIGKILL at moments that hurt, and
 * start again. The sending API refuses one SMS in five, leaves one in twenty without an answer, and
 * reports on some, early, late, twice, in any order. Afterwards the API recovers, and another process
 * does what is left to do. Each test is one promise that has held all that time.
 *
 * Everything is drawn from a seed: CHAOS_SEED=… CHAOS_CALLS=… plays the same people and the same
 * faults again, though never in quite the same order.
 */

// The same each time, for what is drawn for few calls may lack a kind of request: others are tried by hand.
const seed = Number(process.env['CHAOS_SEED'] ?? 7);
const calls = Number(process.env['CHAOS_CALLS'] ?? 200);
const want = testServer === null ? ' (set TEST_DATABASE_URL)' : '';
/** People whose passwords are tried out, each of which takes some hashing. */
const TRIED_OUT = 150;

describe.skipIf(testServer === null)(`CHAOS_SEED=${seed} CHAOS_CALLS=${calls}${want}`, () => {
  const draw = drawingFrom(seed);
  let build: Build;
  let scene: Scene;
  let service: Service;
  let now: () => Date;
  let endings: readonly (number | null)[];
  let messages: readonly Message[];
  let stories: readonly Story[];
  let asked: readonly Asked[];
  let said = '';
  let changedByLateCopies: readonly string[];

  beforeAll(
    async () => {
      build = await buildService();
      const fresh: FreshDatabase = await freshDatabase('postgresql');
      scene = await setScene({ main: build.main, database: fresh.config, draw, calls });
      await playOut(scene, draw);
      changedByLateCopies = await askAgain(scene, fresh.config, draw);
      said = await metricsOf(scene);
      endings = await scene.processes.stop();
      said += scene.processes.output();
      ({ service, now } = await letItRest(fresh, scene));
      asked = scene.carrier.asked;
      messages = await readMessages(service.db);
      stories = await readStories(service.db, scene.people, messages, scene.api.postings);
    },
    120_000 + calls * 200,
  );

  afterAll(async () => {
    killAll();
    hangUpAll();
    await service?.stop();
    await scene?.api.stop();
    await build?.remove();
  });

  test('it was as bad as it was to be', () => {
    const { carrier, processes, api, people } = scene;
    expect(processes.kills).toBeGreaterThanOrEqual(Math.floor(calls / 300));
    expect(carrier.cut).toBeGreaterThan(processes.kills);
    expect(sum(asked.map(({ answers }) => answers.length)) / asked.length).toBeGreaterThan(1.5);
    const outcomes = api.postings.filter(({ by }) => by < 2).map(({ answer }) => answer);
    expect(share(outcomes, 'refused')).toBeGreaterThan(0.15);
    expect(share(outcomes, 'none')).toBeGreaterThan(0.02);
    expect(people.filter(({ registered }) => registered).length / people.length).toBeGreaterThan(
      0.7,
    );
    for (const path of ['/ussd', '/sms', '/delivery-reports', '/register', '/login']) {
      expect(
        asked.some(({ request }) => request.path.endsWith(path)),
        path,
      ).toBe(true);
    }
  });

  test('every request has an answer of the right kind, whatever was killed meanwhile', () => {
    expect(repliesThatFail(asked)).toEqual([]);
  });

  test('all replies to the same request are identical to the letter', () => {
    expect(repliesThatDiffer(asked)).toEqual([]);
  });

  test('every request is taken once; what cannot be the next one, not at all', async () => {
    expect(wronglyTaken(await turnsTaken(service.db), asked)).toEqual([]);
    expect(callsThatFork(asked)).toEqual([]);
  });

  test('copies that come when all is over change nothing', () => {
    expect(changedByLateCopies).toEqual([]);
  });

  test('every account exists once, and everybody has one who was told so', async () => {
    const accounts: string[] = await service.db('accounts').orderBy('phone').pluck('phone');
    const opened = service.db('turns').where({ state: 'registered' });
    expect(await opened.orderBy('phone').pluck('phone')).toEqual(accounts);
    const told = scene.people.filter(({ registered }) => registered);
    expect(accounts).toEqual(expect.arrayContaining(told.map(({ phone }) => phone)));
  });

  test('what people were told is saved is there, once, as they said it last', async () => {
    const faults: string[] = [];
    for (const person of scene.people) faults.push(...(await whatIsNotKept(service.db, person)));
    expect(faults).toEqual([]);
  });

  test('whoever asked for a password or texted is answered by one SMS', async () => {
    expect(await notAnswered(service.db, messages, asked)).toEqual([]);
  });

  test('no SMS that the carrier may have is sent a second time', () => {
    expect(sentTwice(messages, scene.api)).toEqual([]);
  });

  test('no SMS is lost: each comes to an end that somebody can explain', () => {
    expect(lost(messages)).toEqual([]);
  });

  test('of each SMS that the carrier took is known what it has reported', () => {
    expect(misknown(messages, scene.api)).toEqual([]);
  });

  test('whoever asked for a password has one, or is told on the next dial', async () => {
    const without = stories.filter(isLeftWithout);
    for (const { person } of without) {
      const { text } = await service.phone(person.number).dial();
      expect(text, person.phone).toMatch(/^1\. (Send me a new one|Nitumie nyingine)$/m);
    }
  });

  test('every password that reached a person works until one of theirs is used', async () => {
    expect(stories.flatMap(refusedLogins)).toEqual([]);
    const faults: string[] = [];
    for (const story of stories.slice(0, TRIED_OUT)) {
      const random = draw('try', story.person.phone);
      faults.push(...(await tryOut(service.db, story, { random, now })));
    }
    expect(faults).toEqual([]);
  }, 60_000);

  test('the processes end when they are told, and none has said a number or a password', () => {
    expect(endings).toEqual([0, 0]);
    expect(said).toContain('cp2_turns_total');
    expect(said).toContain('to be tried again');
    for (const text of [said, service.log()]) {
      expect(namedIn(text, scene.people, scene.api.postings)).toEqual([]);
    }
  });
});

/** The numbers and the passwords that stand in a text, in any form. */
function namedIn(text: string, people: readonly Person[], postings: readonly Posting[]): string[] {
  const secrets = new Set([
    ...people.map(({ phone }) => phone.slice(3)),
    ...postings.flatMap(({ text: sms }) => PASSWORD.exec(sms)?.[0].replace(' ', '') ?? []),
  ]);
  const runs = text.match(/\d{4} \d{4}|\d{8,12}/g) ?? [];
  return runs
    .map((run) => run.replace(' ', ''))
    .filter((run) => secrets.has(run) || secrets.has(run.slice(-9)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function share<T>(all: readonly T[], one: T): number {
  return all.filter((other) => other === one).length / all.length;
}
