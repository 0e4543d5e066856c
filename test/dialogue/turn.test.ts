import { describe, expect, test } from 'vitest';
import { createDialogue } from '../../src/dialogue/dialogue.js';
import { defineFlow, type Flow } from '../../src/dialogue/flow.js';
import { flowMachine } from '../../src/dialogue/machine.js';
import type { View } from '../../src/dialogue/screen.js';
import { back, enter, option } from '../../src/dialogue/states.js';
import { answer, open } from '../../src/dialogue/turn.js';
import type { Words } from '../../src/dialogue/words.js';
import { quoted } from '../kit/engine-phone.js';
import { createCallerWorld } from '../kit/world.js';

type Small = { context: Record<never, never>; notes: never; messages: Record<never, never> };

const home = flowMachine<Small>()({
  id: 'home',
  context: {},
  initial: 'menu',
  states: {
    menu: { on: { reply: [option('on', 'second'), option('round', 'toRound')] } },
    second: { on: { reply: [back('menu')] } },
    toRound: enter('round'),
  },
});
const words: Words<typeof home> = {
  title: 'Home',
  keywords: ['HOME'],
  screens: {
    menu: { says: 'Menu', options: { on: 'Go on', round: 'Round and round' } },
    second: 'Second',
  },
  notes: {},
  messages: {},
};
const homeFlow = defineFlow({
  name: 'home',
  version: 3,
  machine: home,
  words: { en: words, sw: words },
});

const round = flowMachine<Small>()({
  id: 'round',
  context: {},
  initial: 'toRound',
  states: { toRound: enter('round') },
});
const roundWords: Words<typeof round> = {
  title: 'Round',
  keywords: [],
  screens: {},
  notes: {},
  messages: {},
};
const roundFlow = defineFlow({
  name: 'round',
  version: 1,
  machine: round,
  words: { en: roundWords, sw: roundWords },
});

const view: View = { language: 'en', budget: 156, ...quoted, signed: false };
const { ask } = createCallerWorld({});
const dialogue = createDialogue([homeFlow, roundFlow]);

test('a position of another version of its flow leads home, politely', async () => {
  const { position } = await open(dialogue, { flow: 'home' }, view, ask);
  for (const stale of [
    { ...position, version: 2 },
    { ...position, state: 'renamed' },
    { ...position, flow: 'gone' },
  ]) {
    const turn = await answer(dialogue, stale, '1', view, ask);
    expect(turn.screen.text).toMatch(/^This service has just been updated/);
    expect(turn.position).toMatchObject({ flow: 'home', state: 'menu' });
    expect(turn.effects).toEqual([]);
  }
});

test('a flow that never comes to rest is an error that names it', async () => {
  const { position } = await open(dialogue, { flow: 'home' }, view, ask);
  await expect(answer(dialogue, position, '2', view, ask)).rejects.toThrow('round');
});

test('states that decide in a circle are an error, not the end of the process', async () => {
  const circle = flowMachine<Small>()({
    id: 'circle',
    context: {},
    initial: 'going',
    states: { going: { always: 'coming' }, coming: { always: 'going' } },
  });
  const flow = defineFlow({
    name: 'circle',
    version: 1,
    machine: circle,
    words: { en: roundWords, sw: roundWords },
  });
  const opened = open(createDialogue([homeFlow, flow]), { flow: 'circle' }, view, ask);
  await expect(opened).rejects.toThrow('Infinite loop detected');
});

test('a turn changes neither the position that it starts from nor the flow', async () => {
  const { position } = await open(dialogue, { flow: 'home' }, view, ask);
  const before = structuredClone(position);
  const first = await answer(dialogue, position, '1', view, ask);
  const second = await answer(dialogue, position, '1', view, ask);
  expect(position).toEqual(before);
  expect(second).toEqual(first);
});

describe('flows that do not go together are refused at start', () => {
  const renamed = (name: string, keywords: readonly string[]): Flow => ({
    ...homeFlow,
    name,
    words: { ...homeFlow.words, en: { ...homeFlow.words.en, keywords } },
  });
  test.each<[string, readonly Flow[], RegExp]>([
    ['no home', [roundFlow], /no flow named home/],
    ['one name twice', [homeFlow, homeFlow], /two flows are named home/],
    [
      'one keyword twice',
      [renamed('home', ['GO']), renamed('other', ['GO'])],
      /share the keyword GO/,
    ],
  ])('%s', (_name, flows, message) => {
    expect(() => createDialogue(flows)).toThrow(message);
  });
});
