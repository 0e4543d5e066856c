import { beforeAll, describe, expect, test } from 'vitest';
import { createDialogue, type Dialogue } from '../../src/dialogue/dialogue.js';
import type { Turn } from '../../src/dialogue/turn.js';
import { loadFlows } from '../../src/flows.js';
import { expectFits } from '../kit/conversation.js';
import { type Exploration, explore, screenOf, type Visited } from '../kit/explore.js';
import { SAMPLE_ACCOUNT, SAMPLE_HASH, SAMPLE_PASSWORD } from '../kit/samples.js';

const flows = await loadFlows();
const dialogue: Dialogue = createDialogue(flows);

/** Every flow there is, found by itself: a new one gets all of this for nothing. */
describe.each(flows)('$name', (flow) => {
  let exploration: Exploration;
  const own = () => [...exploration.visited.values()].filter(({ turn }) => isOwn(turn));
  const isOwn = (turn: Turn) => turn.position.flow === flow.name;
  const resting = () => own().filter(({ turn }) => !turn.screen.ended);

  beforeAll(async () => {
    exploration = await explore(dialogue, flow.name);
  });

  test('every state with a screen is reached', () => {
    const reached = new Set(own().map(({ turn }) => turn.position.state));
    const withScreen = Object.keys(flow.words.en.screens);
    expect([...reached].sort()).toEqual(withScreen.sort());
  });

  test('state names say what they do', () => {
    for (const state of Object.keys(flow.machine.states)) {
      const { asks, enter, resumeFrom } = dialogue.shape(flow, state);
      expect(/ing$/.test(state), `${state} asks ${asks}`).toBe(asks !== null || isTransient(state));
      expect(/^to[A-Z]/.test(state), `${state} hands over`).toBe(
        enter !== null || resumeFrom !== null,
      );
    }
  });

  test('every screen and SMS fits, in GSM 03.38', () => {
    for (const { turn, signed, path } of exploration.turns) {
      expectFits(turn.screen.text, signed ? 160 : 156);
      for (const { text } of turn.sms) expectFits(text, 160);
      expect(turn.screen.text, path.join(' > ')).not.toMatch(/undefined|null|NaN|\[object|\?\?/);
    }
  });

  test('every SMS says who sends it', () => {
    for (const { turn, signed } of exploration.turns) {
      for (const { text } of turn.sms) expect(text).toMatch(/^KNEC CP2: /);
      if (signed && turn.position.page === 0) expect(turn.screen.text).toMatch(/^KNEC CP2/);
    }
  });

  test('a slip shows the same question, with all its ways out at hand', () => {
    for (const place of resting()) {
      for (const slipped of place.next.get('no such thing 7') ?? []) {
        // Where anything may be typed, this may be an answer: then there is nothing to see here.
        if (!slipped.slipped && takesText(place.turn.position.state)) continue;
        expect(slipped.slipped, at(place)).toBe(true);
        expect(slipped.position.state, at(place)).toBe(place.turn.position.state);
        if (place.turn.position.page === 0 && !place.turn.screen.text.includes('98.')) {
          expect(slipped.screen.text, at(place)).not.toContain('98.');
        }
      }
    }
  });

  test('0 goes back, or to the page before', () => {
    for (const place of resting().filter(({ turn }) => turn.screen.text.includes('0. '))) {
      const { page, state } = place.turn.position;
      if (flow.name === 'home' && page === 0) continue;
      for (const turn of place.next.get('0') ?? []) {
        if (page > 0) expect(turn.position, at(place)).toMatchObject({ state, page: page - 1 });
        else expect([turn.position.flow, turn.position.state]).not.toEqual([flow.name, state]);
      }
    }
  });

  test('every screen but the first of all has a way back', () => {
    for (const place of resting()) {
      if (flow.name === 'home') continue;
      expect(place.turn.screen.text, at(place)).toMatch(/^0\. /m);
    }
  });

  test('00 leads home', () => {
    for (const place of resting()) {
      for (const turn of place.next.get('00') ?? []) expect(turn.position.flow).toBe('home');
    }
  });

  test('every way leads on: to an end or out of the flow', () => {
    const free = new Set<string>();
    let grown = true;
    while (grown) {
      grown = false;
      for (const { turn, signed, next } of exploration.visited.values()) {
        const screen = screenOf(turn, signed);
        if (free.has(screen)) continue;
        const outcomes = [...next].flatMap(([said, turns]) => (said === '00' ? [] : turns));
        const leads =
          turn.screen.ended ||
          !isOwn(turn) ||
          outcomes.some((outcome) => free.has(screenOf(outcome, signed)));
        if (!leads) continue;
        free.add(screen);
        grown = true;
      }
    }
    // Home is where the other ways lead to: its ways out are the flows themselves.
    if (flow.name === 'home') return;
    for (const place of exploration.visited.values()) {
      expect(free.has(screenOf(place.turn, place.signed)), at(place)).toBe(true);
    }
  });

  test('keeps no secret between two turns', () => {
    for (const { turn } of exploration.turns) {
      const kept = JSON.stringify([turn.position, turn.screen]);
      for (const secret of [SAMPLE_PASSWORD, SAMPLE_HASH, SAMPLE_ACCOUNT]) {
        expect(kept).not.toContain(secret);
      }
    }
  });

  test('passes through storage unchanged', () => {
    for (const { turn } of exploration.turns) {
      expect(JSON.parse(JSON.stringify(turn.position))).toEqual(turn.position);
    }
  });

  function takesText(state: string): boolean {
    const transitions = flow.machine.states[state]?.transitions.get('reply') ?? [];
    return transitions.some(({ guard, target }) => guard === undefined && target !== undefined);
  }

  /** A state that decides at once from what it knows, without asking or showing anything. */
  function isTransient(state: string): boolean {
    return (flow.machine.states[state]?.always?.length ?? 0) > 0;
  }
});

function at({ path, turn }: Visited): string {
  return `${path.join(' > ')}\n${turn.screen.text}`;
}
