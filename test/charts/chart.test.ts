import { expect, test } from 'vitest';
import { staleCharts } from '../../proof/chart-files.js';
import { chartOf } from '../../src/charts/chart.js';
import { mermaidOf } from '../../src/charts/mermaid.js';
import { svgOf } from '../../src/charts/svg.js';
import { createDialogue } from '../../src/dialogue/dialogue.js';
import { back, enter, option, optionsFrom, skip } from '../../src/dialogue/states.js';
import { loadFlows } from '../../src/flows.js';
import { dialogueWith, smallFlow } from '../flows/small-flow.js';

const flow = smallFlow({
  states: {
    confirmation: {
      on: {
        reply: [
          option('yes', 'posted'),
          option('other', 'toOther'),
          { guard: optionsFrom('counties'), target: 'judging' },
          skip('posted'),
          back('county'),
        ],
      },
    },
    toOther: enter('other'),
  },
  screens: {
    confirmation: {
      says: 'Work in {county}?',
      each: '{county}',
      options: { yes: 'Yes; "now": {title.other}', other: 'The news', skip: 'Skip' },
    },
  },
});
const chart = chartOf(dialogueWith(flow), flow);

test('a flow as a Mermaid chart', () => {
  const classes = /^ {2}classDef .*$\n/gm;
  expect(mermaidOf(chart).replace(classes, '')).toBe(`stateDiagram-v2
  direction TB
  [*] --> county
  state "judging: judgeAnswer?" as judging
  class judging asking
  class posted end
  posted --> [*]
  state "to other" as toOther
  class toOther leaving
  county --> judging: anything typed
  judging --> confirmation
  judging --> county: otherwise
  confirmation --> posted: 1 Yes now News / 99 Skip
  confirmation --> toOther: 2 The news
  confirmation --> judging: any county
  confirmation --> county: 0 Back
`);
});

test('a flow as a picture: every state and way by its name, what leaves it in the line of its answer', () => {
  const svg = svgOf(chart);
  const states = [...svg.matchAll(/data-state="(\w+)" data-kind="(\w+)"/g)].map(([, ...it]) => it);
  expect(states).toEqual([
    ['county', 'screen'],
    ['judging', 'asking'],
    ['confirmation', 'screen'],
    ['posted', 'end'],
  ]);
  const ways = [...svg.matchAll(/chart-edge \w+" data-start="(\w+)" data-end="(\w+)"/g)];
  expect(ways.map(([, from, to]) => `${from} ${to}`)).toEqual([
    'county judging',
    'judging confirmation',
    'judging county',
    'confirmation posted',
    'confirmation judging',
  ]);
  expect(svg).toContain('The news \u2192 other');
  expect(svg).toContain('Yes; &quot;now&quot;: News');
  // The page allows no styles but its own.
  expect(svg).not.toMatch(/style=|<style|<script|NaN|undefined/);
});

test('every flow is drawn within its picture, and shown as it is in docs/flows', async () => {
  const dialogue = createDialogue(await loadFlows());
  for (const each of dialogue.flows.values()) {
    const svg = svgOf(chartOf(dialogue, each));
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    for (const [, x, y] of svg.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(Number(width));
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeLessThanOrEqual(Number(height));
    }
  }
  expect(await staleCharts(dialogue)).toEqual([]);
});
