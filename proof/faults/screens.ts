import { commonWords } from '../../src/dialogue/common-words.js';
import { septets } from '../../src/dialogue/gsm.js';
import {
  BACK,
  choicesAt,
  HOME,
  MORE,
  pagesAt,
  type View,
  voiceOf,
} from '../../src/dialogue/screen.js';
import type { Place, Walk } from '../explore.js';
import type { Fault } from './fault.js';

/** What a screen and an SMS may take; of a screen the carrier's prefix takes its part. */
const SEPTETS = 160;

/** Screens and SMS that do not fit, cannot be read, or leave out a way that there is. */
export function screenFaults(walk: Walk): readonly Fault[] {
  const { flow } = walk;
  const faults: Fault[] = [];
  const longest = new Map<string, { readonly septets: number; readonly fault: Fault }>();
  const looked = new Set<string>();
  for (const place of walk.places) {
    const { position } = place.turn;
    if (position.flow !== flow.name) continue;
    const { language } = place.view;
    const about = (what: string): Fault => ({
      ...{ flow: flow.name, state: position.state, language, what },
      way: place.way,
    });
    const { final, back } = walk.dialogue.shape(flow, position.state);
    if (!final && back === null && flow.name !== 'home') {
      faults.push({ ...about('there is no way back: it needs `back(…)`'), language: null });
    }
    for (const view of [place.view, asSms(place.view)]) {
      const pages = pagesAt(walk.dialogue, flow, position, view);
      const key = JSON.stringify([position.state, language, pages]);
      if (looked.has(key)) continue;
      looked.add(key);
      for (const what of pageFaults(walk, place, view, pages)) faults.push(about(what));
      if (pages.length === 1 || mayBePaged(walk, place)) continue;
      const taken = whole(walk, place, view);
      const what = tooLong(view, taken);
      const screen = JSON.stringify([position.state, language, view.signed]);
      if (taken <= (longest.get(screen)?.septets ?? 0)) continue;
      longest.set(screen, { septets: taken, fault: about(what) });
    }
  }
  return [...faults, ...[...longest.values()].map(({ fault }) => fault)];
}

/** SMS that do not fit or do not say who sends them. */
export function smsFaults({ flow, sms }: Walk): readonly Fault[] {
  return sms.flatMap(({ text, view, way }) => {
    const about = (what: string): Fault => {
      const state = way.turn?.position.flow === flow.name ? way.turn.position.state : null;
      return { flow: flow.name, state, language: view.language, what, way };
    };
    const taken = septets(text);
    return [
      ...(taken > SEPTETS ? [about(`the SMS takes ${taken} septets of ${SEPTETS}`)] : []),
      ...(text.startsWith('KNEC CP2: ') ? [] : [about('the SMS does not say who sends it')]),
    ];
  });
}

function asSms(view: View): View {
  return { ...view, budget: SEPTETS, signed: true };
}

/** The septets of the screen in one piece, with what the carrier puts before it. */
function whole({ dialogue, flow }: Walk, { turn }: Place, view: View): number {
  const [text = ''] = pagesAt(dialogue, flow, turn.position, { ...view, budget: 100_000 });
  return septets(text) + SEPTETS - view.budget;
}

/** A list and what is declared to be long may be read in pages; everything else is to fit one screen. */
function mayBePaged({ dialogue, flow }: Walk, { turn }: Place): boolean {
  const { state } = turn.position;
  const { options } = dialogue.shape(flow, state);
  return flow.pages.includes(state) || options.some((option) => !('option' in option));
}

function tooLong({ signed }: View, taken: number): string {
  const it = signed ? 'as an SMS it' : 'it';
  return `${it} takes ${taken} septets of ${SEPTETS}: shorten it, or let the flow's \`pages\` name it`;
}

/** Each page within the budget, its lines of ways out complete, no number twice. */
function pageFaults(
  { dialogue, flow }: Walk,
  { turn }: Place,
  view: View,
  pages: readonly string[],
): readonly string[] {
  const { position } = turn;
  const common = commonWords[view.language];
  const shape = dialogue.shape(flow, position.state);
  const voice = voiceOf(dialogue, flow, view, view.language);
  const choices = choicesAt(dialogue, flow, position);
  const own = choices
    .filter((choice) => choice.own)
    .map(({ digits, label }) => `${digits}. ${label(voice)}`);
  const leadsHome = shape.back !== null && dialogue.shape(flow, shape.back).enter !== null;
  const home = flow.name === 'home' || shape.final || leadsHome ? [] : [`${HOME}. ${common.home}`];
  const back = `${BACK}. ${common.back}`;
  const faults: string[] = [];

  const numbers = choices.map(({ digits }) => digits);
  for (const digits of new Set(numbers)) {
    const ways = [BACK, HOME, MORE].filter((way) => way === digits).length;
    const taken = numbers.filter((one) => one === digits).length + ways;
    if (taken > 1) faults.push(`${digits} stands for ${taken} things`);
  }
  for (const [page, text] of pages.entries()) {
    const more = page < pages.length - 1 ? [`${MORE}. ${common.more}`] : [];
    const ways = [...more, ...own, ...(page > 0 || shape.back !== null ? [back] : []), ...home];
    const missing = ways.filter((line) => !text.split('\n').slice(-ways.length).includes(line));
    for (const line of missing) faults.push(`page ${page + 1} does not end with "${line}"`);
    const taken = septets(text);
    if (taken > view.budget)
      faults.push(`page ${page + 1} takes ${taken} septets of ${view.budget}`);
  }
  return faults;
}
