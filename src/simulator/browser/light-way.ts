import type { Place } from './protocol.js';

const LIT = ['now', 'been', 'passed', 'taken'];

/**
 * Lights a chart: the state at which a call is, those at which it has been, and the way that it has
 * come from the last one, as far as it is drawn. Returns the state at which it is, if this is its flow.
 */
export function lightWay(chart: Element, places: readonly Place[]): Element | null {
  for (const lit of chart.querySelectorAll(LIT.map((name) => `.${name}`).join())) {
    lit.classList.remove(...LIT);
  }
  const flow = chart.getAttribute('data-flow');
  const states = new Map(
    [...chart.querySelectorAll('[data-state]')].map((one) => [one.getAttribute('data-state'), one]),
  );
  for (const place of places) {
    if (place.flow === flow) states.get(place.state)?.classList.add('been');
  }
  const [last, before] = [places.at(-1), places.at(-2)];
  const now = last?.flow === flow ? states.get(last.state) : undefined;
  if (!last || !now) return null;
  now.classList.add('now');

  const from = before?.flow === flow ? before.state : chart.getAttribute('data-initial');
  const way = from === null ? [] : wayBetween(chart, states, from, last.state);
  for (const [index, state] of way.entries()) {
    if (state !== last.state) states.get(state)?.classList.add('passed');
    for (const edge of chart.querySelectorAll(
      `[data-start="${way[index - 1]}"][data-end="${state}"]`,
    )) {
      edge.classList.add('taken');
    }
  }
  return now;
}

/**
 * The shortest way from one state to another past none that shows a screen. Empty where none is drawn,
 * and where there are two: nobody has told which of them it was.
 */
function wayBetween(
  chart: Element,
  states: ReadonlyMap<string | null, Element>,
  from: string,
  to: string,
): readonly string[] {
  if (from === to) return [from];
  const next = new Map<string, string[]>();
  for (const edge of chart.querySelectorAll('.chart-edge')) {
    const start = edge.getAttribute('data-start') ?? '';
    next.set(start, [...(next.get(start) ?? []), edge.getAttribute('data-end') ?? '']);
  }
  const isSilent = (state: string) =>
    /^(?:asking|deciding)$/.test(states.get(state)?.getAttribute('data-kind') ?? '');
  let ways: readonly (readonly string[])[] = [[from]];
  const met = new Set([from]);
  while (ways.length > 0) {
    ways = ways.flatMap((way) => {
      const at = way.at(-1) ?? from;
      const leadsOn = at === from || isSilent(at);
      const ends = leadsOn ? (next.get(at) ?? []).filter((state) => !met.has(state)) : [];
      return ends.map((state) => [...way, state]);
    });
    const arrived = ways.filter((way) => way.at(-1) === to);
    if (arrived.length > 0) return arrived.length === 1 ? (arrived[0] ?? []) : [];
    for (const way of ways) met.add(way.at(-1) ?? from);
  }
  return [];
}
