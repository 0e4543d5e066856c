import { type Branch, branchesOf } from '../src/dialogue/branches.js';
import type { Dialogue } from '../src/dialogue/dialogue.js';
import type { Flow } from '../src/dialogue/flow.js';
import { type Language, languageCodes } from '../src/dialogue/languages.js';
import { BACK, choicesAt, HOME, MORE, type Position, type View } from '../src/dialogue/screen.js';
import { createSteps } from '../src/dialogue/steps.js';
import { answer, type Opening, open, type Turn } from '../src/dialogue/turn.js';
import type { Ask } from '../src/dialogue/world.js';
import { longestQuoted } from './longest.js';
import { featuresOf } from './novelty.js';
import { type Asked, everyOutcome } from './outcomes.js';
import { keywordValues, type Samples, SEALED, typedAnswers } from './samples.js';
import { branchName, watch } from './watch.js';

/** How a caller came to a screen, step by step. */
export type Way = {
  readonly before: Way | null;
  /** What the caller did: an answer, or how the flow was entered. */
  readonly said: string;
  readonly asked: readonly Asked[];
  /** Null where the engine failed. */
  readonly turn: Turn | null;
};

/** A screen that some caller can come to, and where each reply leads from it. */
export type Place = {
  readonly turn: Turn;
  readonly view: View;
  /** The shortest way here. */
  readonly way: Way;
  /** By reply, one for each combination of the tasks' answers; empty where nobody went on. */
  readonly next: Map<string, readonly Place[]>;
  /** Where `0` leads, as far as anybody pressed it. */
  back: readonly Place[];
};

/** All that a walk through a flow came across. */
export type Walk = {
  /** The flow as it was walked, among the others: it tells of what it goes through. */
  readonly dialogue: Dialogue;
  readonly flow: Flow;
  /** Its branches, in the order of writing, and whether any turn took them. */
  readonly branches: readonly (Branch & { readonly taken: boolean })[];
  readonly places: readonly Place[];
  /** How many turns were taken: each one a path of answers that no other has. */
  readonly turns: number;
  readonly failures: readonly { readonly way: Way; readonly view: View; readonly error: Error }[];
  /** Each SMS once in each language. */
  readonly sms: readonly { readonly way: Way; readonly view: View; readonly text: string }[];
};

export type WalkOptions = {
  /** Positions at which earlier calls were left, which home offers to go on from. */
  readonly left?: readonly Position[];
  readonly languages?: readonly Language[];
  /** The septets of a screen; more of them to have its pages in one. */
  readonly budget?: number;
};

/** What a screen may take in a call: what the carrier puts before it takes four septets of 160. */
export const CALL_SEPTETS = 156;

/** So many places of a screen are gone on from, whatever is new about them; the first get every kind of reply. */
const FEW = 3;

/**
 * Walks a flow from each of its entries, in every language, with every kind of reply and every answer
 * of its tasks, as far as it stays in the flow. What a flow gathers multiplies its positions without
 * end, so it goes on from a position only where something about it is new. It walks as a call; an
 * exchange of SMS differs in nothing but how its screens are cut.
 */
export async function explore(
  among: Dialogue,
  original: Flow,
  samples: Samples,
  { left = [], languages = languageCodes, budget = CALL_SEPTETS }: WalkOptions = {},
): Promise<Walk> {
  const { name } = original;
  const { flow, seen } = watch(original);
  const dialogue = {
    ...among,
    flows: new Map([...among.flows, [name, flow]]),
    steps: createSteps({ remembering: false }),
  };

  const places = new Map<string, Place>();
  const known = new Map<string, { features: Set<string>; count: number }>();
  const queue: { place: Place; first: boolean }[] = [];
  const failures: Walk['failures'][number][] = [];
  const sms = new Map<string, Walk['sms'][number]>();
  let turns = 0;

  /** Takes a turn in every way that the tasks can be answered. */
  async function take(
    before: Way | null,
    said: string,
    view: View,
    run: (ask: Ask) => Promise<Turn>,
  ): Promise<readonly Place[]> {
    const watched = async (ask: Ask) => {
      const came = await run(ask).then(
        (turn) => ({ turn }),
        (error: unknown) => ({ error: error instanceof Error ? error : new Error(String(error)) }),
      );
      return { came, through: seen.through.splice(0) };
    };
    const arrived: Place[] = [];
    for (const { asked, result } of await everyOutcome(samples, view.language, watched)) {
      const { came, through } = result;
      turns += 1;
      const turn = 'turn' in came ? came.turn : null;
      const way: Way = { before, said, asked, turn };
      if ('error' in came) failures.push({ way, view, error: came.error });
      if (!turn) continue;
      for (const { text } of turn.sms) {
        const key = `${view.language} ${text}`;
        if (!sms.has(key)) sms.set(key, { way, view, text });
      }
      arrived.push(arrive(turn, { ...view, language: turn.language }, way, through));
    }
    return arrived;
  }

  function arrive(turn: Turn, view: View, way: Way, through: readonly string[]): Place {
    const { position, screen } = turn;
    const screenKey = JSON.stringify([position.state, position.page, view.language]);
    const key = JSON.stringify([screenKey, position]);
    const there = places.get(key);
    if (there) return there;
    const place: Place = { turn, view, way, next: new Map(), back: [] };
    places.set(key, place);
    // Another flow is explored on its own; here its first screen is enough.
    if (position.flow !== name || screen.ended) return place;
    const about = known.get(screenKey) ?? { features: new Set(), count: 0 };
    known.set(screenKey, about);
    const features = featuresOf(position, through).filter((one) => !about.features.has(one));
    if (features.length === 0 && about.count >= FEW) return place;
    for (const feature of features) about.features.add(feature);
    about.count += 1;
    queue.push({ place, first: about.count <= FEW });
    return place;
  }

  /** The way back is followed to its end, also where there is nothing new on it. */
  async function followBack(): Promise<void> {
    const backwards = [...places.values()].flatMap(({ next }) => next.get(BACK) ?? []);
    for (let place = backwards.pop(); place; place = backwards.pop()) {
      const { turn, view, way } = place;
      if (turn.position.flow !== name || turn.screen.ended || place.back.length > 0) continue;
      const at = stored(turn.position);
      place.back =
        place.next.get(BACK) ??
        (await take(way, BACK, view, (ask) => answer(dialogue, at, BACK, view, ask)));
      backwards.push(...place.back);
    }
  }

  for (const language of languages) {
    const view: View = { language, budget, ...longestQuoted, signed: false };
    for (const [said, opening] of openings(dialogue, flow, language, left)) {
      await take(null, said, view, (ask) => open(dialogue, opening, view, ask));
    }
  }
  for (let one = queue.shift(); one; one = queue.shift()) {
    const { turn, view, way, next } = one.place;
    const at = stored(turn.position);
    for (const said of repliesAt(dialogue, flow, turn, one.first)) {
      next.set(said, await take(way, said, view, (ask) => answer(dialogue, at, said, view, ask)));
    }
  }
  await followBack();
  const branches = branchesOf(original.machine).map((branch) => ({
    ...branch,
    taken: seen.branches.has(branchName(branch)),
  }));
  return {
    ...{ dialogue, flow, branches, turns, failures },
    ...{ places: [...places.values()], sms: [...sms.values()] },
  };
}

/** What storage makes of a position. */
export function stored(position: Position): Position {
  return JSON.parse(JSON.stringify(position)) as Position;
}

type Entering = readonly [said: string, opening: Opening];

/** The ways into a flow. A call that was left may be gone on with from home. */
function openings(
  dialogue: Dialogue,
  { name, takesValue }: Flow,
  language: Language,
  left: readonly Position[],
): readonly Entering[] {
  const asked = { flow: name, asked: true, language };
  return [
    [`comes to ${name}`, { flow: name }],
    [`asks for ${name}`, asked],
    ...(takesValue ? keywordValues : []).map(
      (value): Entering => [`asks for ${name} ${value}`, { ...asked, value }],
    ),
    ...(takesValue ? [['goes on with what was held', { ...asked, held: SEALED }] as const] : []),
    ...entrances(dialogue, name),
    ...(name === 'home' ? left : []).map(
      (unfinished): Entering => [
        `dials again, having left ${unfinished.flow}`,
        { flow: name, unfinished },
      ],
    ),
  ];
}

/** How other flows hand over to this one, where they tell it something. */
function entrances(dialogue: Dialogue, name: string): readonly Entering[] {
  return [...dialogue.flows.values()].flatMap((flow) =>
    Object.keys(flow.machine.states).flatMap((state): Entering[] => {
      const { enter, next, holding, asked } = dialogue.shape(flow, state);
      if (!enter || !('flow' in enter) || enter.flow !== name || next === '') return [];
      const opening = { flow: name, asked, next, held: holding === '' ? '' : SEALED };
      return [[`comes from ${flow.name}`, opening]];
    }),
  );
}

/** What callers reply to a screen: each option and way out, what is no option, and each kind of free text. */
function repliesAt(
  dialogue: Dialogue,
  flow: Flow,
  { position }: Turn,
  first: boolean,
): readonly string[] {
  const [typed = '', ...others] = typedAnswers;
  if (position.page > 0 && !first) return [BACK, MORE];
  const isItem = dialogue.shape(flow, position.state).options.some((one) => 'items' in one);
  const digits = choicesAt(dialogue, flow, position).map((choice) => choice.digits);
  // What comes of an item is up to its task: the first and the last stand for all.
  const chosen = isItem ? [...digits.slice(0, 2), ...digits.slice(-1)] : digits;
  const always = [...chosen, BACK, MORE, typed];
  return [...new Set(first ? [...always, HOME, ...others] : always)];
}
