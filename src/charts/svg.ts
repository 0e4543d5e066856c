import type { Point } from '@dagrejs/dagre';
import type { Chart } from './chart.js';
import {
  type Layout,
  LINE_HEIGHT,
  layoutOf,
  NAME_HEIGHT,
  type PlacedEdge,
  type PlacedNode,
  SAYS_HEIGHT,
  shortened,
} from './layout.js';

/**
 * Draws a chart. It has classes and no colours, for the page that it stands on has a light and a dark
 * side; each state and each way has its names as data, so that the page can light them.
 */
export function svgOf(chart: Chart): string {
  const placed = layoutOf(chart);
  const { width, height, start } = placed;
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" data-flow="${escaped(chart.flow)}" data-initial="${escaped(chart.initial)}"`,
    ` width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-label="${escaped(`The flow ${chart.title}`)}">`,
    '<defs><marker id="chart-head" class="chart-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>',
    `<circle class="chart-start" cx="${round(start.at.x)}" cy="${round(start.at.y)}" r="6"/>`,
    `<path class="chart-way" d="${curve(start.points)}" marker-end="url(#chart-head)"/>`,
    ...waysOf(placed),
    ...placed.nodes.map(drawNode),
    '</svg>',
  ].join('');
}

/** The lines first and then what they say, so that no line crosses out a word. */
function waysOf({ edges }: Layout): readonly string[] {
  const named = (kind: string, { from, to, by }: PlacedEdge, inner: string) =>
    `<g class="${kind} ${by}" data-start="${escaped(from)}" data-end="${escaped(to)}">${inner}</g>`;
  return [
    ...edges.map((edge) =>
      named(
        'chart-edge',
        edge,
        `<path class="chart-way" d="${curve(edge.points)}" marker-end="url(#chart-head)"/>`,
      ),
    ),
    ...edges
      .filter(({ label }) => label !== '')
      .map((edge) => named('chart-label', edge, drawLabel(edge))),
  ];
}

function drawLabel({ label, labelAt }: PlacedEdge): string {
  return `<text x="${round(labelAt.x)}" y="${round(labelAt.y + 4)}">${escaped(label)}</text>`;
}

function drawNode(node: PlacedNode): string {
  const { state, kind, name, at, width, height, says, lines } = node;
  const [left, top] = [round(at.x - width / 2), round(at.y - height / 2)];
  const radius = kind === 'screen' || kind === 'end' ? 9 : height / 2;
  const middle = says === '' && lines.length === 0;
  const under = NAME_HEIGHT + (says === '' ? 0 : SAYS_HEIGHT);
  const drawn = lines.map((line, index) => {
    const y = under + LINE_HEIGHT * index + 14;
    return `<text class="chart-line" y="${y}"><tspan class="chart-digits" x="11">${escaped(line.digits)}</tspan><tspan x="31">${escaped(shortened(line.label))}</tspan></text>`;
  });
  return [
    `<g class="chart-state ${kind}" data-state="${escaped(state)}" data-kind="${kind}" transform="translate(${left} ${top})">`,
    `<title>${escaped(says === '' ? state : `${state}: ${says}`)}</title>`,
    `<rect class="chart-box" width="${width}" height="${height}" rx="${radius}"/>`,
    kind === 'end'
      ? `<rect class="chart-rim" x="3" y="3" width="${width - 6}" height="${height - 6}" rx="6.5"/>`
      : '',
    `<text class="chart-name" x="${middle ? round(width / 2) : 11}" y="18.5"${middle ? ' text-anchor="middle"' : ''}>${escaped(name)}</text>`,
    says === ''
      ? ''
      : `<text class="chart-says" x="11" y="${NAME_HEIGHT + 9}">${escaped(shortened(says))}</text>`,
    ...drawn,
    '</g>',
  ].join('');
}

/** A line through the points, its corners rounded. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
  const path = rest.map((point, index) => {
    const [before, next] = [points[index] ?? first, rest[index + 1]];
    if (!next) return `L${at(point)}`;
    return `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, next))}`;
  });
  return `M${at(first)}${path.join('')}`;
}

const CORNER = 14;

/** The point on the way from one to another at which a corner begins. */
function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
