import { Graph, layout, type Point } from '@dagrejs/dagre';
import type { Chart, ChartEdge, ChartNode } from './chart.js';

/** A chart with a place for everything, in pixels of its own. */
export type Layout = {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** The dot from which one comes to the first state. */
  readonly start: { readonly at: Point; readonly points: readonly Point[] };
};

export type PlacedNode = ChartNode & {
  readonly name: string;
  /** Its middle. */
  readonly at: Point;
  readonly width: number;
  readonly height: number;
};

export type PlacedEdge = ChartEdge & {
  readonly points: readonly Point[];
  readonly label: string;
  /** The middle of the label. */
  readonly labelAt: Point;
};

export const NAME_HEIGHT = 28;
export const SAYS_HEIGHT = 18;
export const LINE_HEIGHT = 20;
/** What a character takes on average in the letters of the page, bold and small. */
const NAME_CHARACTER = 7.4;
const LINE_CHARACTER = 6.9;
const SAYS_CHARACTER = 6;
const LABEL_CHARACTER = 5.8;
const LABEL_HEIGHT = 16;
/** Of a longer line the beginning is shown. */
const LONGEST_LINE = 30;
const START = '*';
/** Beside an answer that is no number. */
const TYPED = 'typed';

/**
 * Finds a place for everything: the way on goes down, the way back does not count for it. Takes some
 * milliseconds for a flow of thirty states.
 */
export function layoutOf(whole: Chart): Layout {
  const chart = drawn(whole);
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: 'TB',
    nodesep: 26,
    edgesep: 14,
    ranksep: 38,
    marginx: 14,
    marginy: 14,
  });
  const named = chart.nodes.map((node) => ({ ...node, name: nameOf(node), ...sizeOf(node) }));
  for (const { state, width, height } of named) graph.setNode(state, { width, height });
  graph.setNode(START, { width: 14, height: 14 });
  graph.setEdge(START, chart.initial, { weight: 4 });
  for (const [index, edge] of chart.edges.entries()) {
    const label = labelOf(edge);
    graph.setEdge(
      edge.from,
      edge.to,
      {
        ...{ width: label.length * LABEL_CHARACTER, height: label ? LABEL_HEIGHT : 0 },
        ...{ labelpos: 'c', weight: 2 },
      },
      String(index),
    );
  }
  layout(graph);

  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    nodes: named.map((node) => ({ ...node, at: pointOf(graph.node(node.state)) })),
    edges: chart.edges.map((edge, index) => {
      const placed = graph.edge(edge.from, edge.to, String(index));
      return {
        ...edge,
        points: placed.points ?? [],
        label: labelOf(edge),
        labelAt: pointOf(placed),
      };
    }),
    start: {
      at: pointOf(graph.node(START)),
      points: graph.edge(START, chart.initial).points ?? [],
    },
  };
}

/**
 * What is drawn of a chart. That 0 leads back and where an answer leaves the flow is said in the line
 * of the answer: drawn, these ways would hide all others.
 */
function drawn({ nodes, edges, ...chart }: Chart): Chart {
  const kinds = new Map(nodes.map(({ state, kind }) => [state, kind]));
  const abouts = new Map(nodes.map(({ state, about }) => [state, about]));
  const ways = edges.filter(
    ({ by, to }) => by === 'outcome' || (by === 'answer' && kinds.get(to) !== 'leaving'),
  );
  const reached = new Set([chart.initial]);
  for (const state of reached) {
    for (const { from, to } of ways) if (from === state) reached.add(to);
  }
  return {
    ...chart,
    nodes: nodes
      .filter(({ state }) => reached.has(state))
      .map((node) => ({
        ...node,
        lines: node.lines.map((line) => {
          const way = edges.find(
            ({ from, by, labels }) =>
              from === node.state && by !== 'outcome' && labels.some((one) => one === line),
          );
          const left = way && way.by === 'answer' && kinds.get(way.to) === 'leaving';
          return left ? { ...line, label: `${line.label} \u2192 ${abouts.get(way.to)}` } : line;
        }),
      })),
    edges: ways.filter(({ from }) => reached.has(from)),
  };
}

function pointOf({ x = 0, y = 0 }: { readonly x?: number; readonly y?: number }): Point {
  return { x, y };
}

/** What stands at the head of a state. */
function nameOf({ state, kind, about }: ChartNode): string {
  if (kind === 'asking') return `${about}?`;
  return kind === 'leaving' ? `to ${about}` : state;
}

function sizeOf(node: ChartNode): { readonly width: number; readonly height: number } {
  const lines = node.lines.map(({ label }) => 34 + shortened(label).length * LINE_CHARACTER);
  const says = shortened(node.says).length * SAYS_CHARACTER + 22;
  const width = Math.max(nameOf(node).length * NAME_CHARACTER + 26, says, ...lines);
  const inner = (node.says ? SAYS_HEIGHT : 0) + node.lines.length * LINE_HEIGHT;
  return { width: Math.round(width), height: NAME_HEIGHT + inner + (inner > 0 ? 6 : 0) };
}

/** A text no longer than there is room for. */
export function shortened(text: string): string {
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE - 2).trim()}\u2026` : text;
}

/** The numbers of the answers, whose lines say the rest; or what is known. */
function labelOf({ by, labels }: ChartEdge): string {
  return labels
    .map(({ digits, label }) => (by === 'outcome' ? label : digits || TYPED))
    .filter(Boolean)
    .join(by === 'outcome' ? ' / ' : ' ');
}
