import { expect, test } from 'vitest';
import type { View } from '../../src/dialogue/screen.js';
import { open } from '../../src/dialogue/turn.js';
import { allFlows, quoted } from '../kit/engine-phone.js';
import { createCallerWorld } from '../kit/world.js';

const view: View = { language: 'en', budget: 156, ...quoted, signed: false };
const { ask } = createCallerWorld({});

async function shown(change: Partial<View>): Promise<string> {
  const opening = { flow: 'registration' };
  return (await open(await allFlows(), opening, { ...view, ...change }, ask)).screen.text;
}

test('a screen that was laid out for somebody shows everybody else their own', async () => {
  const first = await shown({ phone: '0711***111' });
  expect(first).toContain('0711***111');
  expect(await shown({ phone: '0722***222' })).toBe(first.replace('0711***111', '0722***222'));
  expect(await shown({ phone: '0711***111' })).toBe(first);
});

test('and what fits their language, their screen and their channel', async () => {
  const first = await shown({});
  expect(await shown({ language: 'sw' })).toMatch(/KNEC hutunza/);
  expect(await shown({ budget: 90 })).toContain('98. More');
  expect(await shown({ signed: true })).toMatch(/^KNEC CP2: /);
  expect(await shown({})).toBe(first);
});
