import { commonWords } from '../dialogue/common-words.js';
import type { Dialogue } from '../dialogue/dialogue.js';
import { type Flow, MASK } from '../dialogue/flow.js';
import {
  BACK,
  choicesAt,
  HOME,
  MORE,
  type Position,
  pagesAt,
  sign,
  type View,
  voiceOf,
} from '../dialogue/screen.js';
import { speak, type Voice } from '../dialogue/words.js';

/** What stands in a transcript where something is not to be seen. */
export const HIDDEN = '\u2026';

/** A screen that somebody has seen, and where the dialogue was with it. */
export type Seen = {
  readonly text: string;
  readonly flow: string;
  readonly state: string;
  /** Null where it had ended, or is not known. */
  readonly position: Position | null;
};

/**
 * A screen without what is its caller's own. Nothing is found and cut out of it: it is shown as far
 * as it can be made again from the flow's words and from what the flow lets be seen of what it had in
 * mind. What cannot, after a change of the words or of the flow, is hidden.
 *
 * @param views how it may have been shown: the language of a call may have changed.
 */
export function maskedScreen(dialogue: Dialogue, seen: Seen, views: readonly View[]): string {
  const flow = dialogue.flows.get(seen.flow);
  if (!flow || !(seen.state in flow.machine.states)) return HIDDEN;
  const { text, state, position } = seen;
  for (const view of position ? views : []) {
    const shown = position && madeAgain(dialogue, flow, position, text, view);
    if (shown != null) return shown.replaceAll(MASK, HIDDEN);
  }
  const known = views.flatMap((view) => [...fixedTexts(dialogue, flow, state, view)]);
  return linesOf(text, new Set(known), !hasItems(dialogue, flow, state)).replaceAll(MASK, HIDDEN);
}

/** The screen of a masked position; null where today's words are not those that the caller has seen. */
function madeAgain(
  dialogue: Dialogue,
  flow: Flow,
  position: Position,
  text: string,
  view: View,
): string | null {
  if (position.version !== flow.version) return null;
  try {
    const pages = pagesAt(dialogue, flow, position, view);
    if (pages[position.page] !== text) return null;
    const [to, at] = masked(dialogue, flow, position, view);
    const again = pagesAt(dialogue, to, at, view);
    // Nothing was hidden, or there was one page: elsewhere what is hidden has moved the text between pages.
    if (pages.length === 1 || again[position.page] === text) return again[position.page] ?? null;
    const [whole = ''] = pagesAt(dialogue, to, at, { ...view, budget: Number.POSITIVE_INFINITY });
    const known = new Set([...whole.split('\n'), ...common(view)]);
    return linesOf(text, known, !hasItems(dialogue, flow, position.state));
  } catch {
    // What a flow lets be seen may be less than its texts can do with.
    return null;
  }
}

/** The flow and the position as they may be seen. */
function masked(dialogue: Dialogue, flow: Flow, position: Position, view: View): [Flow, Position] {
  const to = flow.masked ? flow : { ...flow, quotes: hiddenQuotes(flow) };
  const context = flow.masked ? flow.masked(position.context) : withoutLabels(position.context);
  const voice = voiceOf(dialogue, to, view, view.language);
  const remark = position.remark && remarkIn(voice, position.remark, context);
  return [to, { ...position, context, remark }];
}

function hiddenQuotes({ quotes }: Flow): Flow['quotes'] {
  return Object.fromEntries(Object.keys(quotes).map((name) => [name, () => MASK]));
}

/** The lists that a flow has in mind, with nothing but their length. */
function withoutLabels(context: Position['context']): Position['context'] {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [
      key,
      Array.isArray(value)
        ? value.map((item, index) =>
            item?.label === undefined ? item : { number: index + 1, label: MASK },
          )
        : value,
    ]),
  );
}

/** The line above a screen, where one of the flow's own remarks comes to the same with a masked context. */
function remarkIn(voice: Voice, remark: string, context: unknown): string {
  const { language, words } = voice;
  const known = Object.values(words.notes).some((note) => attempt(voice, note, context) === remark);
  return known || Object.values(commonWords[language]).includes(remark) ? remark : MASK;
}

/** What can stand on a screen whoever sees it: texts that quote nothing but facts. */
function fixedTexts(
  dialogue: Dialogue,
  flow: Flow,
  state: string,
  view: View,
): ReadonlySet<string> {
  const voice = { ...voiceOf(dialogue, flow, view, view.language), quotes: {} };
  const screen = voice.words.screens[state] ?? '';
  const texts =
    typeof screen === 'object' ? [screen.says, ...Object.values(screen.options ?? {})] : [screen];
  const said = [...texts, ...Object.values(voice.words.notes)].flatMap(
    (text) => attempt(voice, text, {})?.split('\n') ?? [],
  );
  return new Set([...said, ...said.map(sign), ...common(view)]);
}

function common({ language }: View): readonly string[] {
  return Object.values(commonWords[language]);
}

/** A text filled in; null where it quotes what there is not. */
function attempt(voice: Voice, text: string, context: unknown): string | null {
  try {
    return speak(voice, text, context).trim();
  } catch {
    return null;
  }
}

const NUMBERED = /^(\d+\. )(.*)$/;

/**
 * A text with those of its lines hidden that are not known.
 *
 * @param numbered the numbers of hidden lines may be seen: they are those of the lines.
 */
function linesOf(text: string, known: ReadonlySet<string>, numbered: boolean): string {
  const byNumber = new Map(
    [...known].flatMap((line): [string, string][] => {
      const [, number] = NUMBERED.exec(line) ?? [];
      return number === undefined ? [] : [[number, line]];
    }),
  );
  const lines = text.split('\n').map((line) => {
    const [, number = '', rest = line] = NUMBERED.exec(line) ?? [];
    if (known.has(line) || known.has(rest)) return line;
    return byNumber.get(number) ?? (numbered ? `${number}${MASK}` : MASK);
  });
  return lines.filter((line, index) => line !== MASK || lines[index - 1] !== MASK).join('\n');
}

/** Whether a state has a list whose items have numbers of their own. */
function hasItems(dialogue: Dialogue, flow: Flow, state: string): boolean {
  return dialogue.shape(flow, state).options.some((option) => 'items' in option);
}

/** The ways out, which every screen has. */
const WAYS_OUT: ReadonlySet<string> = new Set([BACK, HOME, MORE]);

/**
 * What was answered to a screen, as far as it may be seen: an item of a list is what its caller has
 * told, as much as what is typed.
 */
export function maskedAnswer(dialogue: Dialogue, to: Seen | null, said: string | null): string {
  if (said === null) return HIDDEN;
  if (WAYS_OUT.has(said) || !to) return said;
  const flow = dialogue.flows.get(to.flow);
  if (!flow || !(to.state in flow.machine.states)) return HIDDEN;
  if (!hasItems(dialogue, flow, to.state)) return said;
  const own = choicesAt(dialogue, flow, {
    ...{ flow: to.flow, version: flow.version, state: to.state },
    ...{ context: {}, remark: null, page: 0 },
  }).some(({ own, digits }) => own && digits === said);
  return own ? said : HIDDEN;
}
