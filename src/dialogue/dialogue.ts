import type { Flow } from './flow.js';
import { type Language, languageCodes } from './languages.js';
import type { Entry } from './machine.js';
import { createRememberedPages, type RememberedPages } from './remembered-pages.js';
import { createSteps, type Steps } from './steps.js';
import type { YesOrNo } from './yes-and-no.js';

/** What a state lets the caller do, read off its machine once, at start. */
export type StateShape = {
  readonly final: boolean;
  /** Whether it shows a screen: it neither asks the world nor decides at once nor hands over. */
  readonly rests: boolean;
  /** The task that it asks, for a state without a screen. */
  readonly asks: string | null;
  /** The flow that a final state hands over to: named outright or found in the context. */
  readonly enter: { readonly flow: string } | { readonly from: string } | null;
  readonly asked: boolean;
  /** The flow that is to go on after the one that is entered, or empty. */
  readonly next: string;
  /** The key in the context of what the entered flow is given, or empty. */
  readonly holding: string;
  /** The key in the context of the position that a final state goes on at. */
  readonly resumeFrom: string | null;
  /** In their order: options by name, lists of keys, lists of numbered items. */
  readonly options: readonly (
    | {
        readonly option: string;
        readonly digits: string | null;
        /** Whether it is the yes or the no of its question. */
        readonly means: YesOrNo | null;
      }
    | { readonly list: string }
    | { readonly items: string }
  )[];
  readonly back: string | null;
};

/** All flows, made ready: the object that the engine works on. Build it once, at start. */
export type Dialogue = {
  readonly flows: ReadonlyMap<string, Flow>;
  readonly offers: Entry['offers'];
  readonly titles: Readonly<Record<Language, Readonly<Record<string, string>>>>;
  shape(flow: Flow, state: string): StateShape;
  /** The key in a flow's context of the position that it offers to go on at, or null; there it is null once that is decided. */
  offersToResume(flow: Flow): string | null;
  readonly steps: Steps;
  readonly pages: RememberedPages;
};

/** What the engine needs to know of a machine's state; XState's own node has much more. */
type StateNode = {
  readonly type: string;
  readonly meta?: {
    enter?: string;
    enterFrom?: string;
    resumeFrom?: string;
    asked?: boolean;
    next?: string;
    holding?: string;
  };
  readonly invoke: readonly { readonly src: unknown }[];
  readonly always?: readonly unknown[];
  readonly transitions: ReadonlyMap<string, readonly TransitionNode[]>;
};
type TransitionNode = {
  readonly guard?: unknown;
  readonly target?: readonly { readonly key: string }[] | undefined;
};
type OptionGuard = {
  type?: string;
  params?: { option?: string; digits?: string | null; means?: YesOrNo; list?: string };
};

/**
 * Makes the flows ready: reads each state's options off its machine, sorts what home offers.
 * Throws an error that names the flow where two flows share a name or a keyword.
 */
export function createDialogue(flows: readonly Flow[]): Dialogue {
  const byName = new Map<string, Flow>();
  const keywords = new Map<string, string>();
  for (const flow of flows) {
    if (byName.has(flow.name)) throw new Error(`two flows are named ${flow.name}`);
    byName.set(flow.name, flow);
    for (const keyword of keywordsOf(flow)) {
      const other = keywords.get(keyword);
      if (other && other !== flow.name)
        throw new Error(`flows ${other} and ${flow.name} share the keyword ${keyword}`);
      keywords.set(keyword, flow.name);
    }
  }
  if (!byName.has('home')) throw new Error('there is no flow named home');

  const shapes = new Map(
    flows.map((flow) => [
      flow.name,
      new Map(
        Object.entries(flow.machine.states).map(([name, node]) => [
          name,
          shapeOf(node as unknown as StateNode),
        ]),
      ),
    ]),
  );

  const resumed = new Map(
    [...shapes].map(([name, states]) => [
      name,
      [...states.values()].find(({ resumeFrom }) => resumeFrom !== null)?.resumeFrom ?? null,
    ]),
  );

  const steps = createSteps();
  return {
    flows: byName,
    offers: {
      visitor: offered(flows, 'visitors'),
      member: offered(flows, 'members'),
    },
    titles: Object.fromEntries(
      languageCodes.map((language) => [language, titles(flows, language)]),
    ) as Dialogue['titles'],
    steps,
    pages: createRememberedPages(steps.nameOf),
    shape(flow, state) {
      const shape = shapes.get(flow.name)?.get(state);
      if (!shape) throw new Error(`the flow ${flow.name} has no state ${state}`);
      return shape;
    },
    offersToResume: ({ name }) => resumed.get(name) ?? null,
  };
}

function keywordsOf(flow: Flow): readonly string[] {
  return Object.values(flow.words).flatMap((words) => words.keywords);
}

function titles(flows: readonly Flow[], language: Language): Record<string, string> {
  return Object.fromEntries(flows.map((flow) => [flow.name, flow.words[language].title]));
}

function offered(flows: readonly Flow[], to: 'visitors' | 'members'): string[] {
  return flows
    .flatMap(({ name, offer }) =>
      offer && (offer.to === to || offer.to === 'everyone') ? [{ name, order: offer.order }] : [],
    )
    .sort((a, b) => a.order - b.order || a.name.localeCompare(b.name))
    .map(({ name }) => name);
}

function shapeOf(node: StateNode): StateShape {
  const transitions = node.transitions.get('reply') ?? [];
  const options: StateShape['options'][number][] = [];
  let back: string | null = null;
  for (const { guard, target } of transitions) {
    const { type, params } = (guard ?? {}) as OptionGuard;
    if (type === 'picksFrom' && params?.list) options.push({ list: params.list });
    if (type === 'picksItem' && params?.list) options.push({ items: params.list });
    if (type !== 'picks' || !params?.option) continue;
    if (params.option === 'back') back = target?.[0]?.key ?? null;
    else {
      const { option, digits = null, means = null } = params;
      options.push({ option, digits, means });
    }
  }
  const { meta } = node;
  const asks = node.invoke[0] ? String(node.invoke[0].src) : null;
  const enter = meta?.enter
    ? { flow: meta.enter }
    : meta?.enterFrom
      ? { from: meta.enterFrom }
      : null;
  const resumeFrom = meta?.resumeFrom ?? null;
  return {
    final: node.type === 'final',
    rests: !asks && !enter && !resumeFrom && (node.always ?? []).length === 0,
    asks,
    enter,
    asked: meta?.asked ?? false,
    next: meta?.next ?? '',
    holding: meta?.holding ?? '',
    resumeFrom,
    options,
    back,
  };
}
