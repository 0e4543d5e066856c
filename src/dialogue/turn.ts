import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import { commonWords } from './common-words.js';
import type { Dialogue } from './dialogue.js';
import type { Flow } from './flow.js';
import { toGsm } from './gsm.js';
import type { Language } from './languages.js';
import type { Entry } from './machine.js';
import {
  BACK,
  choicesAt,
  factsIn,
  HOME,
  MORE,
  type Position,
  pagesAt,
  pick,
  remarkIn,
  sign,
  type View,
} from './screen.js';
import type { Ask, Effect, OutgoingSms, TaskName } from './world.js';

/** What a turn came to. Nothing has happened yet: the effects and the SMS are for the commit. */
export type Turn = {
  readonly position: Position;
  /** What the caller is to see, and whether the dialogue ends with it. */
  readonly screen: { readonly text: string; readonly ended: boolean };
  readonly effects: readonly Effect[];
  readonly sms: readonly OutgoingSms[];
  readonly language: Language;
  /** The answer was none that the screen takes, and the same question stands. */
  readonly slipped: boolean;
};

/** How a dialogue begins: which flow, and what is known of the request. */
export type Opening = {
  readonly flow: string;
  readonly asked?: boolean;
  readonly value?: string;
  readonly language?: Language | null;
};

/** More hops than any flow needs between two screens; beyond it the flow never comes to rest. */
const MOST_HOPS = 12;
/** Longer answers are cut: no question takes more. */
const LONGEST_ANSWER = 200;

type Action = { readonly type: string; readonly params?: unknown };
type Step = {
  readonly flow: Flow;
  readonly snapshot: AnyMachineSnapshot;
  readonly actions: readonly Action[];
};

/** Begins a dialogue and follows it to its first screen. */
export async function open(
  dialogue: Dialogue,
  opening: Opening,
  view: View,
  ask: Ask,
): Promise<Turn> {
  return settle(dialogue, begin(dialogue, opening), view, ask, null);
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
 * same question with one line above it. A position of another version of its flow leads home.
 */
export async function answer(
  dialogue: Dialogue,
  position: Position,
  reply: string,
  view: View,
  ask: Ask,
): Promise<Turn> {
  const said = [...reply.trim()].slice(0, LONGEST_ANSWER).join('');
  const flow = dialogue.flows.get(position.flow);
  if (!flow || flow.version !== position.version || !(position.state in flow.machine.states)) {
    const remark = commonWords[view.language].startAgain;
    return settle(dialogue, begin(dialogue, { flow: 'home' }), view, ask, remark);
  }
  if (said === HOME) return settle(dialogue, begin(dialogue, { flow: 'home' }), view, ask, null);

  const turned = turnPage(dialogue, flow, position, said, view);
  if (turned) return turned;

  const before = flow.machine.resolveState({ value: position.state, context: position.context });
  const picked = pick(choicesAt(dialogue, flow, position), said.replace(/\.$/, ''));
  const [snapshot, actions] = transition(flow.machine, before, { type: 'reply', said, picked });
  if (snapshot === before && actions.length === 0) {
    const remark = commonWords[view.language].wrongChoice;
    return { ...show(dialogue, flow, { ...position, remark, page: 0 }, view), slipped: true };
  }
  return settle(dialogue, { flow, snapshot, actions }, view, ask, null, position);
}

function begin(dialogue: Dialogue, opening: Opening): Step {
  const flow = dialogue.flows.get(opening.flow);
  if (!flow) throw new Error(`there is no flow named ${opening.flow}`);
  const entry: Entry = {
    asked: opening.asked ?? false,
    value: opening.value ?? '',
    language: opening.language ?? null,
    offers: dialogue.offers,
  };
  const [snapshot, actions] = initialTransition(flow.machine, entry);
  return { flow, snapshot, actions };
}

/** Answers the tasks and hands over between flows until a screen is reached; gathers what is to happen. */
async function settle(
  dialogue: Dialogue,
  first: Step,
  view: View,
  ask: Ask,
  opened: string | null,
  from?: Position,
): Promise<Turn> {
  let step = first;
  let { language } = view;
  let remark = opened;
  const effects: Effect[] = [];
  const sms: OutgoingSms[] = [];

  for (let hop = 0; hop < MOST_HOPS; hop += 1) {
    const { flow, snapshot } = step;
    let question: { task: TaskName; input: undefined; id: string } | null = null;
    for (const { type, params } of step.actions) {
      const facts = factsIn(dialogue, view, language);
      if (type === 'xstate.spawnChild') {
        const { src, input, id } = params as { src: TaskName; input: undefined; id: string };
        question = { task: src, input, id };
      } else if (type === 'note') {
        const { says } = params as { says: string };
        remark = remarkIn(flow.words[language], says, snapshot.context, facts);
      } else if (type === 'sendSms') {
        const { message, carries, with: about } = params as SmsAction;
        const text = flow.words[language].messages[message];
        if (!text) throw new Error(`no words for the SMS ${message}`);
        sms.push({ carries, text: toGsm(sign(text(about as never, facts))) });
      } else if (!type.startsWith('xstate.')) {
        effects.push({ type, params } as Effect);
        // A language takes effect on the very screen that confirms it.
        if (type === 'setLanguage') language = (params as { language: Language }).language;
      }
    }

    const state = String(snapshot.value);
    if (question) {
      const output = await ask(question.task, question.input);
      const answered = { type: `xstate.done.actor.${question.id}`, actorId: question.id, output };
      const [next, actions] = transition(flow.machine, snapshot, answered);
      step = { flow, snapshot: next, actions };
      continue;
    }
    const shape = dialogue.shape(flow, state);
    if (shape.enter) {
      const next = 'flow' in shape.enter ? shape.enter.flow : snapshot.context[shape.enter.from];
      step = begin(dialogue, { flow: String(next), asked: shape.asked });
      continue;
    }
    const { context } = snapshot;
    const position = { flow: flow.name, version: flow.version, state, context, remark, page: 0 };
    const same = from?.flow === position.flow && from.state === state;
    const slipped = same && remark !== null && effects.length === 0;
    return { ...show(dialogue, flow, position, { ...view, language }), effects, sms, slipped };
  }
  throw new Error(
    `the flow ${step.flow.name} does not come to rest at ${String(step.snapshot.value)}`,
  );
}

type SmsAction = {
  readonly message: string;
  readonly carries: OutgoingSms['carries'];
  readonly with: unknown;
};

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
  if (page >= pagesAt(dialogue, flow, position, view).length) return null;
  return show(dialogue, flow, { ...position, page }, view);
}

function show(dialogue: Dialogue, flow: Flow, position: Position, view: View): Turn {
  const pages = pagesAt(dialogue, flow, position, view);
  const page = Math.min(position.page, pages.length - 1);
  const last = page === pages.length - 1;
  return {
    position: { ...position, page },
    screen: {
      text: pages[page] ?? '',
      ended: dialogue.shape(flow, position.state).final && last,
    },
    effects: [],
    sms: [],
    language: view.language,
    slipped: false,
  };
}
