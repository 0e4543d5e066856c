import { expect, test } from 'vitest';
import { type AnyStateMachine, createMachine } from 'xstate';
import { visitor } from '../../proof/effort/caller.js';
import {
  differences,
  effortFaults,
  type Figures,
  readRecorded,
} from '../../proof/effort/record.js';
import { leastEfforts } from '../../proof/effort/search.js';
import { type TaskEffort, taskEfforts } from '../../proof/effort/tasks.js';
import { createDialogue } from '../../src/dialogue/dialogue.js';
import type { Flow } from '../../src/dialogue/flow.js';
import { back, option } from '../../src/dialogue/states.js';
import { loadFlows } from '../../src/flows.js';

const flows = await loadFlows();

test('no task takes more of a caller than is recorded in docs/flows/effort.md', async () => {
  expect(await effortFaults(await taskEfforts(createDialogue(flows)))).toEqual([]);
});

test('the least is found: of as few replies the one that types less', async () => {
  const dialogue = createDialogue(flows);
  const finished = (by: 'call' | 'SMS') =>
    leastEfforts(dialogue, visitor, by, (turn) => (turn.finished ? [turn.finished] : []));
  expect((await finished('call')).get('registration')).toEqual({ said: ['1', '1'], characters: 2 });
  expect((await finished('SMS')).get('registration')).toEqual({
    said: ['REGISTER'],
    characters: 8,
  });
});

/** Registration with one question more. */
function askedTwice(flow: Flow): Flow {
  const { config, implementations } = flow.machine;
  const { consent, ...states } = config.states ?? {};
  const twice = {
    ...states,
    consent: { on: { reply: [option('agree', 'really'), back('toHome')] } },
    really: consent,
  };
  const says = { says: 'Really?', options: { agree: 'Really' } };
  const words = (one: Flow['words']['en']) => ({
    ...one,
    screens: { ...one.screens, really: says },
  });
  return {
    ...flow,
    machine: createMachine(
      { ...config, states: twice } as never,
      implementations as never,
    ) as AnyStateMachine,
    words: { en: words(flow.words.en), sw: words(flow.words.sw) },
  };
}

test('a question more is told, with what to do', async () => {
  const longer = flows.map((flow) => (flow.name === 'registration' ? askedTwice(flow) : flow));
  const efforts = await taskEfforts(createDialogue(longer));
  expect(differences(await readRecorded(), efforts)).toEqual([
    'Register by call takes 3 replies and 3 characters, and took 2 replies and 2 characters: make it shorter, or, if it has to be so, npm run effort -- --record',
  ]);
});

test.each<[string, Figures['call'], Figures['call'], readonly string[]]>([
  ['as it was', { replies: 2, characters: 9 }, { replies: 2, characters: 9 }, []],
  [
    'more to type',
    { replies: 2, characters: 9 },
    { replies: 2, characters: 10 },
    [
      'Task by call takes 2 replies and 10 characters, and took 2 replies and 9 characters: make it shorter, or, if it has to be so, npm run effort -- --record',
    ],
  ],
  [
    'fewer replies, though more to type',
    { replies: 2, characters: 9 },
    { replies: 1, characters: 30 },
    [
      'Task by call takes 1 reply and 30 characters, and took 2 replies and 9 characters: keep the improvement by npm run effort -- --record',
    ],
  ],
  [
    'no way any more',
    { replies: 2, characters: 9 },
    null,
    [
      'Task by call takes no way at all, and took 2 replies and 9 characters: make it shorter, or, if it has to be so, npm run effort -- --record',
    ],
  ],
])('what differs from the record: %s', (_name, was, is, says) => {
  const effort = is && { said: Array.from({ length: is.replies }, () => '1'), ...is };
  const efforts: TaskEffort[] = [{ task: 'Task', least: { call: effort, SMS: null } }];
  expect(differences(new Map([['Task', { call: was, SMS: null }]]), efforts)).toEqual(says);
});

test('a task that is new or gone is told', () => {
  const efforts: TaskEffort[] = [{ task: 'New', least: { call: null, SMS: null } }];
  const recorded = new Map([['Old', { call: null, SMS: null }]]);
  expect(differences(recorded, efforts)).toEqual([
    'Old cannot be done any more within ten replies',
    'New is new: npm run effort -- --record',
  ]);
});
