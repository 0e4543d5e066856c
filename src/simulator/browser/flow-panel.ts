import { byId, make } from './dom.js';
import { lightWay } from './light-way.js';
import type { ChartName, HandsetView, Place } from './protocol.js';

export type FlowPanel = {
  /** Takes in where the call of a phone is. */
  hear(view: HandsetView): void;
  /** Shows where the call of this phone is. */
  show(view: HandsetView): void;
  /** Whether anybody looks: what nobody looks at is not drawn. */
  setShown(shown: boolean): void;
};

/** The chart of the flow in which the call of the phone in the hand is, with its state lit; or of any other. */
export function createFlowPanel(): FlowPanel {
  const frame = byId('chart', HTMLElement);
  // It scrolls, so whoever has no mouse has to get there as well.
  frame.tabIndex = 0;
  const empty = byId('chart-empty', HTMLParagraphElement);
  const now = byId('chart-now', HTMLParagraphElement);
  const choice = byId('flow-choice', HTMLSelectElement);
  const whole = byId('chart-whole', HTMLInputElement);
  /** By phone, the places of its call so far. */
  const calls = new Map<string, readonly Place[]>();
  let titles: ReadonlyMap<string, string> = new Map();
  let phone = '';
  let shown = false;
  let drawn = '';
  /** Counts the drawings, so that one that comes late is not shown over a later one. */
  let drawing = 0;

  const placesOf = () => calls.get(phone) ?? [];

  async function draw(): Promise<void> {
    if (!shown) return;
    const places = placesOf();
    const flow = choice.value || (places.at(-1)?.flow ?? drawn);
    empty.hidden = flow !== '';
    if (flow === '') return;
    if (flow !== drawn) {
      drawing += 1;
      const mine = drawing;
      const svg = await fetchChart(flow);
      if (mine !== drawing) return;
      frame.replaceChildren(svg);
      drawn = flow;
    }
    light(placesOf());
  }

  function light(places: readonly Place[]): void {
    const svg = frame.querySelector('svg');
    if (!svg) return;
    const state = lightWay(svg, places);
    if (state) bringIntoView(frame, state);
    const last = places.at(-1);
    now.textContent = last ? `${titles.get(last.flow) ?? last.flow}: ${last.state}` : '';
  }

  choice.addEventListener('change', () => {
    frame.scrollTo(0, 0);
    void draw();
  });
  whole.addEventListener('change', () => {
    frame.classList.toggle('whole', whole.checked);
    light(placesOf());
  });
  fetchNames().then((names) => {
    titles = new Map(names.map(({ flow, title }) => [flow, title]));
    choice.append(...names.map(({ flow, title }) => make('option', { value: flow }, title)));
  });

  return {
    hear({ phone: number, place }) {
      const before = calls.get(number) ?? [];
      const last = before.at(-1);
      if (!place) calls.delete(number);
      else if (last?.flow !== place.flow || last.state !== place.state) {
        calls.set(number, [...before, place]);
      }
    },
    show(view) {
      phone = view.phone;
      void draw();
    },
    setShown(isShown) {
      shown = isShown;
      void draw();
    },
  };
}

async function fetchNames(): Promise<readonly ChartName[]> {
  const response = await fetch('/simulator/api/charts');
  return response.ok ? await response.json() : [];
}

/** The chart as an element, so that the styles of the page are its styles. */
async function fetchChart(flow: string): Promise<Element> {
  const response = await fetch(`/simulator/api/charts/${encodeURIComponent(flow)}`);
  const parsed = new DOMParser().parseFromString(await response.text(), 'image/svg+xml');
  return document.importNode(parsed.documentElement, true);
}

function bringIntoView(frame: HTMLElement, state: Element): void {
  const [outer, inner] = [frame.getBoundingClientRect(), state.getBoundingClientRect()];
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  frame.scrollTo({
    left: frame.scrollLeft + inner.left - outer.left - (outer.width - inner.width) / 2,
    top: frame.scrollTop + inner.top - outer.top - (outer.height - inner.height) / 2,
    behavior: still ? 'auto' : 'smooth',
  });
}
