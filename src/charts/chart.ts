import { type Branch, branchesOf } from '../dialogue/branches.js';
import type { Dialogue, StateShape } from '../dialogue/dialogue.js';
import type { Flow } from '../dialogue/flow.js';
import { fill } from '../dialogue/pack.js';
import { BACK } from '../dialogue/screen.js';
import type { AnyWords } from '../dialogue/words.js';

/** A flow as a picture of it needs it: read off its machine, so that it cannot be out of date. */
export type Chart = {
  readonly flow: string;
  readonly title: string;
  readonly initial: string;
  readonly nodes: readonly ChartNode[];
  readonly edges: readonly ChartEdge[];
};

export type ChartNode = {
  readonly state: string;
  /** A screen that waits or ends, a question to the world, a decision, or a way to another flow. */
  readonly kind: 'screen' | 'end' | 'asking' | 'deciding' | 'leaving';
  /** The task that is asked, or the flow that is entered; otherwise empty. */
  readonly about: string;
  /** What a screen says, in English, with what it quotes in braces; empty for what has none. */
  readonly says: string;
  /** What can be answered on the screen, in its order. */
  readonly lines: readonly ChartLine[];
};

export type ChartLine = { readonly digits: string; readonly label: string };

export type ChartEdge = {
  readonly from: string;
  readonly to: string;
  /** By an answer of the caller, by `0`, or by what a question or a decision came to. */
  readonly by: 'answer' | 'back' | 'outcome';
  /** One for each branch that leads so: an answer's number, or what is known there; it may be empty. */
  readonly labels: readonly ChartLine[];
};

/** What stands for the number of an answer from a list. */
const LISTED = '#';
const OTHERWISE = 'otherwise';

/** Reads the chart of a flow off its machine and its English words. */
export function chartOf(dialogue: Dialogue, flow: Flow): Chart {
  const branches = branchesOf(flow.machine);
  const beside = ({ state, on }: Branch) =>
    branches.filter((branch) => branch.state === state && branch.on === on);
  const lines = new Map(
    branches.map((branch) => [
      branch,
      branch.on === 'reply'
        ? lineOf(dialogue, flow, branch, beside(branch))
        : outcomeOf(branch, beside(branch)),
    ]),
  );
  const nodes = Object.keys(flow.machine.states).map((state): ChartNode => {
    const shape = dialogue.shape(flow, state);
    const own = branches.filter((branch) => branch.state === state && branch.on === 'reply');
    return {
      state,
      kind: kindOf(shape),
      about: shape.asks ?? entered(shape),
      says: saidAt(flow, state),
      lines: own.flatMap((branch) => lines.get(branch) ?? []),
    };
  });
  const edges = new Map<string, ChartEdge>();
  for (const branch of branches) {
    const { state, on, target } = branch;
    if (target === null || target === state) continue;
    const line = lines.get(branch);
    if (!line) continue;
    const by = on !== 'reply' ? 'outcome' : line.digits === BACK ? 'back' : 'answer';
    const key = JSON.stringify([state, target, by]);
    const labels = [...(edges.get(key)?.labels ?? []), line];
    edges.set(key, { from: state, to: target, by, labels });
  }
  return {
    flow: flow.name,
    title: flow.words.en.title,
    initial: flow.machine.root.initial.target[0]?.key ?? '',
    nodes,
    edges: [...edges.values()].map((edge) => told(edge, [...edges.values()])),
  };
}

/** What leads the same way whatever comes of it needs no reason, and `otherwise` takes in all others. */
function told(edge: ChartEdge, edges: readonly ChartEdge[]): ChartEdge {
  if (edge.by !== 'outcome') return edge;
  const isOnly = !edges.some(({ from, to }) => from === edge.from && to !== edge.to);
  const otherwise = edge.labels.filter(({ label }) => label === OTHERWISE);
  return { ...edge, labels: isOnly ? [] : otherwise.length > 0 ? otherwise : edge.labels };
}

function kindOf({ rests, final, asks, enter, resumeFrom }: StateShape): ChartNode['kind'] {
  if (rests) return final ? 'end' : 'screen';
  if (asks) return 'asking';
  return enter || resumeFrom ? 'leaving' : 'deciding';
}

function entered({ enter, resumeFrom }: StateShape): string {
  if (enter) return 'flow' in enter ? enter.flow : 'another flow';
  return resumeFrom ? 'where it was left' : '';
}

function saidAt({ words }: Flow, state: string): string {
  const screen = words.en.screens[state] ?? '';
  return (typeof screen === 'object' ? screen.says : screen).replace(/\s+/g, ' ');
}

type Guard = { readonly type?: string; readonly params?: { readonly option?: string } };

/** The line of the screen that a branch answers to; null for what only the engine reads off a machine. */
function lineOf(
  dialogue: Dialogue,
  flow: Flow,
  branch: Branch,
  own: readonly Branch[],
): ChartLine | null {
  const { type, params = {} } = (branch.guard ?? {}) as Guard;
  const screen = flow.words.en.screens[branch.state];
  const { options = {}, each = '' } = typeof screen === 'object' ? screen : ({} as ScreenParts);
  const plain = (text: string) =>
    fill(text, (name) => dialogue.titles.en[name.replace(/^title\./, '')] ?? name);
  switch (type) {
    case 'picks': {
      const { option = '' } = params;
      if (option === 'back') return { digits: BACK, label: 'Back' };
      return {
        digits: digitsOf(dialogue, flow, branch.state, option),
        label: plain(options[option] ?? option),
      };
    }
    case 'picksFrom':
      return { digits: LISTED, label: `any ${plain(each)}` };
    case 'picksItem':
      return null;
    default:
      // Where nothing is typed but what has a branch of its own, the engine says that the choice is wrong.
      if (branch.target === null) return null;
      return { digits: '', label: branch.description ?? typedBeside(own) };
  }
}

type ScreenParts = Extract<AnyWords['screens'][string], object>;

function typedBeside(own: readonly Branch[]): string {
  const isItems = ({ guard }: Branch) => (guard as Guard | undefined)?.type === 'picksItem';
  return own.some(isItems) ? 'one of the list' : 'anything typed';
}

function digitsOf(dialogue: Dialogue, flow: Flow, state: string, option: string): string {
  let number = 0;
  for (const shape of dialogue.shape(flow, state).options) {
    if (!('option' in shape)) continue;
    if (shape.digits === null) number += 1;
    if (shape.option === option) return shape.digits ?? String(number);
  }
  return '';
}

function outcomeOf({ description, guard }: Branch, own: readonly Branch[]): ChartLine {
  const otherwise = guard === undefined && own.length > 1 ? OTHERWISE : '';
  return { digits: '', label: description ?? otherwise };
}
