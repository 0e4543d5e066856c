import type { Chart, ChartEdge, ChartLine, ChartNode } from './chart.js';

/** Colours that can be read on light and on dark paper; a class each kind of state that is not a plain screen. */
const classes = {
  end: 'fill:#1f6f54,stroke:#1f6f54,color:#ffffff',
  asking: 'fill:#2f5d8a,stroke:#2f5d8a,color:#ffffff',
  deciding: 'fill:#8a8f98,stroke:#8a8f98,color:#ffffff',
  leaving: 'fill:#9a6a1c,stroke:#9a6a1c,color:#ffffff',
} as const;

/** A chart as text that GitHub and many editors draw: https://mermaid.js.org/syntax/stateDiagram.html */
export function mermaidOf(chart: Chart): string {
  // That 0 leads home says every screen where it does.
  const edges = chart.edges.filter((edge) => !leadsHome(chart, edge));
  const isDrawn = ({ state, kind }: ChartNode) =>
    kind !== 'leaving' || state === chart.initial || edges.some(({ to }) => to === state);
  const lines = [
    'stateDiagram-v2',
    '  direction TB',
    ...Object.entries(classes).map(([name, style]) => `  classDef ${name} ${style}`),
    `  [*] --> ${chart.initial}`,
    ...chart.nodes.filter(isDrawn).flatMap(nodeLines),
    ...edges.map(edgeLine),
  ];
  return `${lines.join('\n')}\n`;
}

function leadsHome({ nodes }: Chart, { by, to }: ChartEdge): boolean {
  return by === 'back' && nodes.some(({ state, kind }) => state === to && kind === 'leaving');
}

function nodeLines({ state, kind, about }: ChartNode): readonly string[] {
  const named = about === '' ? [] : [`  state "${nameOf(state, kind, about)}" as ${state}`];
  const ends = kind === 'end' ? [`  ${state} --> [*]`] : [];
  const kinds = kind === 'screen' ? [] : [`  class ${state} ${kind}`];
  return [...named, ...kinds, ...ends];
}

function nameOf(state: string, kind: ChartNode['kind'], about: string): string {
  return kind === 'asking' ? `${state}: ${about}?` : `to ${about}`;
}

function edgeLine({ from, to, labels }: ChartEdge): string {
  const label = labels.map(labelOf).filter(Boolean).join(' / ');
  return `  ${from} --> ${to}${label === '' ? '' : `: ${label}`}`;
}

/** A colon, a semicolon or a hash would end the label. */
function labelOf({ digits, label }: ChartLine): string {
  const number = /^\d+$/.test(digits) ? `${digits} ` : '';
  return `${number}${label}`
    .replace(/[:;#"]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
