import type { AnyMachineSnapshot } from 'xstate';
import { commonWords } from './common-words.js';
import type { Dialogue, StateShape } from './dialogue.js';
import type { Flow } from './flow.js';
import { toGsm } from './gsm.js';
import type { Language } from './languages.js';
import {
  BACK,
  choicesAt,
  HOME,
  MORE,
  type Position,
  pagesAt,
  pick,
  remarkIn,
  sign,
  type View,
  voiceOf,
} from './screen.js';
import type { Question, Step } from './steps.js';
import { toCurrent } from './versions.js';
import { speak } from './words.js';
import type { Ask, Effect, OutgoingSms } from './world.js';

/** What a turn came to. Nothing has happened yet: the effects and the SMS are for the commit. */
export type Turn = {
  readonly position: Position;
  /** What the caller is to see, and whether the dialogue ends with it. */
  readonly screen: { readonly text: string; readonly ended: boolean };
  readonly effects: readonly Effect[];
  readonly sms: readonly OutgoingSms[];
  readonly language: Language;
  /** What was answered, where it was a choice or a way out; null where it was typed freely, or nothing was. */
  readonly said: string | null;
  /** The answer was none that the screen takes, and the same question stands. */
  readonly slipped: boolean;
  /** The flow whose task was done by this turn, or null. */
  readonly finished: string | null;
};

/** How a dialogue begins: which flow, and what is known of the request. */
export type Opening = {
  readonly flow: string;
  readonly asked?: boolean;
  readonly value?: string;
  readonly language?: Language | null;
  /** Where an earlier call of the number was left. */
  readonly unfinished?: Position | null;
  /** The flow that is to go on after this one. */
  readonly next?: string;
  /** What was told to the flow before, sealed. */
  readonly held?: string;
};

/** More hops than any flow needs between two screens; beyond it the flow never comes to rest. */
const MOST_HOPS = 12;
/** Longer answers are cut: no question takes more. */
const LONGEST_ANSWER = 200;

/** Begins a dialogue and follows it to its first screen. */
export async function open(
  dialogue: Dialogue,
  opening: Opening,
  view: View,
  ask: Ask,
): Promise<Turn> {
  return settle(dialogue, begin(dialogue, opening), view, ask, UNASKED);
}

/**
 * Begins a dialogue and gives it the answers that were dialled with the code (`*384*27*1*2#`), as
 * far as they lead without a slip. It stops at the screen before anything would happen: nothing may
 * change that the caller has not seen.
 */
export async function openAndWalk(
  dialogue: Dialogue,
  opening: Opening,
  dialled: readonly string[],
  view: View,
  ask: Ask,
): Promise<Turn> {
  let turn = await open(dialogue, opening, view, ask);
  for (const said of dialled) {
    if (turn.screen.ended) break;
    const next = await answer(dialogue, turn.position, said, view, ask);
    if (next.slipped || next.screen.ended || next.effects.length > 0 || next.sms.length > 0) break;
    turn = next;
  }
  return turn;
}

/**
 * Takes the caller's answer at a position. An answer that the screen does not take is a slip: the
 * same question with one line above it. A position of another version of its flow is carried over, or
 * leads home; see {@link toCurrent}.
 */
export async function answer(
  dialogue: Dialogue,
  left: Position,
  reply: string,
  view: View,
  ask: Ask,
): Promise<Turn> {
  const said = tidied(reply.trim());
  const { startAgain: remark } = commonWords[view.language];
  const home = () => begin(dialogue, { flow: 'home' });
  const current = toCurrent(dialogue, left);
  if (!current) return settle(dialogue, home(), view, ask, { from: null, said: null, remark });
  if (said === HOME) return settle(dialogue, home(), view, ask, { from: null, said });
  const { flow, position } = current;
  if (!current.sameQuestion) return show(dialogue, flow, { ...position, remark }, view);

  const turned = turnPage(dialogue, flow, position, said, view);
  if (turned) return turned;

  const picked = pick(choicesAt(dialogue, flow, position), said.replace(/\.$/, ''));
  const step = dialogue.steps.reply(flow, position, { type: 'reply', said, picked });
  if (!step) {
    const slip = { ...position, remark: commonWords[view.language].wrongChoice, page: 0 };
    return show(dialogue, flow, slip, view, { ...NOTHING, slipped: true });
  }
  return settle(dialogue, step, view, ask, {
    from: position,
    said: picked === null ? null : said,
  });
}

/** As it was meant: who is used to codes puts a # after an answer. */
function tidied(said: string): string {
  return shortened(said.replace(/(?<=[^#\s])\s*#\s*$/, ''));
}

function shortened(said: string): string {
  return said.length <= LONGEST_ANSWER ? said : [...said].slice(0, LONGEST_ANSWER).join('');
}

function begin(dialogue: Dialogue, opening: Opening): Step {
  const flow = dialogue.flows.get(opening.flow);
  if (!flow) throw new Error(`there is no flow named ${opening.flow}`);
  return dialogue.steps.begin(flow, {
    asked: opening.asked ?? false,
    value: opening.value ?? '',
    language: opening.language ?? null,
    unfinished: opening.unfinished ?? null,
    offers: dialogue.offers,
    next: opening.next ?? '',
    held: opening.held ?? '',
  });
}

/** What led to a step. */
type Came = {
  /** Where the caller was. */
  readonly from: Position | null;
  /** See {@link Turn}. */
  readonly said: string | null;
  /** The line above the screen that the step leads to. */
  readonly remark?: string;
};

const UNASKED: Came = { from: null, said: null };

/** Answers the tasks and hands over between flows until a screen is reached. */
async function settle(
  dialogue: Dialogue,
  first: Step,
  view: View,
  ask: Ask,
  came: Came,
): Promise<Turn> {
  const gathered: Gathered = {
    language: view.language,
    said: came.said,
    remark: came.remark ?? null,
    effects: [],
    sms: [],
    finished: null,
  };
  let step = first;
  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const { flow, snapshot } = step;
    const question = gather(dialogue, step, view, gathered);
    const shape = dialogue.shape(flow, String(snapshot.value));
    if (question) {
      const output = await ask(question.src, question.input, gathered.effects);
      step = dialogue.steps.done(step, question, output);
    } else if (shape.enter) step = handOver(dialogue, shape, snapshot);
    else if (shape.resumeFrom) {
      const resumed = resume(dialogue, snapshot.context[shape.resumeFrom], view, gathered);
      if (resumed) return resumed;
      gathered.remark = commonWords[gathered.language].startAgain;
      step = begin(dialogue, { flow: 'home' });
    } else return rest(dialogue, step, view, gathered, came.from);
  }
  const state = String(step.snapshot.value);
  throw new Error(`the flow ${step.flow.name} does not come to rest at ${state}`);
}

/** What a turn has come to on its way to a screen. */
type Gathered = {
  language: Language;
  readonly said: string | null;
  remark: string | null;
  readonly effects: Effect[];
  readonly sms: OutgoingSms[];
  finished: string | null;
};

type SmsAction = {
  readonly message: string;
  readonly carries: OutgoingSms['carries'];
  readonly with: unknown;
};

/** Takes in what a step's actions tell; returns the task that it asks, if any. */
function gather(
  dialogue: Dialogue,
  { flow, snapshot, actions }: Step,
  view: View,
  gathered: Gathered,
): Question | null {
  let question: Question | null = null;
  const voice = () => voiceOf(dialogue, flow, view, gathered.language);
  for (const { type, params } of actions) {
    if (type === 'xstate.spawnChild') {
      question = params as Question;
    } else if (type === 'note') {
      const { says } = params as { says: string };
      gathered.remark = remarkIn(voice(), says, snapshot.context);
    } else if (type === 'sendSms') {
      const { message, carries, with: about } = params as SmsAction;
      const speaker = voice();
      const text = speaker.words.messages[message];
      if (!text) throw new Error(`no words for the SMS ${message}`);
      const spoken = speak(speaker, text, snapshot.context, about as Record<string, string>);
      gathered.sms.push({ carries, text: toGsm(sign(spoken)) });
    } else if (!type.startsWith('xstate.')) {
      const effect = { type, params } as Effect;
      gathered.effects.push(effect);
      if (flow.goal?.effect?.(effect)) gathered.finished = flow.name;
      // A language takes effect on the very screen that confirms it.
      if (type === 'setLanguage') gathered.language = (params as { language: Language }).language;
    }
  }
  return question;
}

function handOver(dialogue: Dialogue, shape: StateShape, { context }: AnyMachineSnapshot): Step {
  const { enter, asked, next, holding } = shape;
  if (!enter) throw new Error('a state that hands over names a flow');
  const flow = 'flow' in enter ? enter.flow : String(context[enter.from]);
  const held = holding === '' ? '' : String(context[holding]);
  return begin(dialogue, { flow, asked, next, held });
}

/** Shows the screen at which an earlier call was left, unless the service has changed since. */
function resume(dialogue: Dialogue, left: unknown, view: View, gathered: Gathered): Turn | null {
  const current = toCurrent(dialogue, left as Position);
  if (!current) return null;
  const { language, effects, sms, said, finished } = gathered;
  const context = current.flow.resumed(current.position.context);
  const at = { ...current.position, context, remark: null, page: 0 };
  const outcome = { effects, sms, said, slipped: false, finished };
  return show(dialogue, current.flow, at, inLanguage(view, language), outcome);
}

/**
 * Where a caller whose call was left at a position is offered to go on, or null. A call that dropped
 * before that offer was answered has decided nothing: the next one makes the same.
 */
export function toOffer(dialogue: Dialogue, left: Position): Position | null {
  const current = toCurrent(dialogue, left);
  if (!current) return null;
  const { flow, position } = current;
  if (flow.resumes.includes(position.state)) return left;
  const key = dialogue.offersToResume(flow);
  const offered = key === null ? null : position.context[key];
  return offered ? toOffer(dialogue, offered as Position) : null;
}

function rest(
  dialogue: Dialogue,
  { flow, snapshot }: Step,
  view: View,
  { language, remark, effects, sms, said, finished }: Gathered,
  from: Position | null,
): Turn {
  const state = String(snapshot.value);
  const position = {
    flow: flow.name,
    version: flow.version,
    state,
    context: snapshot.context,
    remark,
    page: 0,
  };
  const same = from?.flow === flow.name && from.state === state;
  const slipped = same && remark !== null && effects.length === 0;
  return show(dialogue, flow, position, inLanguage(view, language), {
    effects,
    sms,
    said,
    slipped,
    finished: finished ?? (isGoal(dialogue, flow, state) ? flow.name : null),
  });
}

function inLanguage(view: View, language: Language): View {
  return language === view.language ? view : { ...view, language };
}

function isGoal(dialogue: Dialogue, flow: Flow, state: string): boolean {
  return flow.goal === null
    ? dialogue.shape(flow, state).final
    : (flow.goal.states?.includes(state) ?? false);
}

/** `98` and, on a later page, `0` move between the pages of a long screen; the machine never sees them. */
function turnPage(
  dialogue: Dialogue,
  flow: Flow,
  position: Position,
  said: string,
  view: View,
): Turn | null {
  const step = said === MORE ? 1 : said === BACK && position.page > 0 ? -1 : 0;
  if (step === 0) return null;
  const page = position.page + step;
  if (page >= rememberedPages(dialogue, flow, position, view).length) return null;
  return show(dialogue, flow, { ...position, page }, view, { ...NOTHING, said });
}

function rememberedPages(
  dialogue: Dialogue,
  flow: Flow,
  position: Position,
  view: View,
): readonly string[] {
  return dialogue.pages.get(flow, position, view, (as) => pagesAt(dialogue, flow, position, as));
}

/** What a turn came to besides its screen. */
type Outcome = Pick<Turn, 'effects' | 'sms' | 'said' | 'slipped' | 'finished'>;

const NOTHING: Outcome = { effects: [], sms: [], said: null, slipped: false, finished: null };

function show(
  dialogue: Dialogue,
  flow: Flow,
  position: Position,
  view: View,
  { effects, sms, said, slipped, finished }: Outcome = NOTHING,
): Turn {
  const pages = rememberedPages(dialogue, flow, position, view);
  const { version, state, context, remark } = position;
  const page = Math.min(position.page, pages.length - 1);
  const last = page === pages.length - 1;
  return {
    position: { flow: flow.name, version, state, context, remark, page },
    screen: { text: pages[page] ?? '', ended: dialogue.shape(flow, state).final && last },
    effects,
    sms,
    language: view.language,
    said,
    slipped,
    finished,
  };
}
