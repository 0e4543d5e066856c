import type { Dialogue } from '../dialogue/dialogue.js';
import { chartOf } from './chart.js';
import { svgOf } from './svg.js';

/** The pictures of all flows, each drawn when it is first asked for. */
export type Charts = {
  readonly flows: readonly { readonly flow: string; readonly title: string }[];
  /** SVG; null where there is no such flow. */
  svg(flow: string): string | null;
};

export function createCharts(dialogue: Dialogue): Charts {
  const drawn = new Map<string, string>();
  return {
    flows: [...dialogue.flows.values()].map(({ name, words }) => ({
      flow: name,
      title: words.en.title,
    })),
    svg(name) {
      const flow = dialogue.flows.get(name);
      if (!flow) return null;
      const svg = drawn.get(name) ?? svgOf(chartOf(dialogue, flow));
      drawn.set(name, svg);
      return svg;
    },
  };
}
