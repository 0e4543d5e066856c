import type { Dialogue } from '../../src/dialogue/dialogue.js';
import { type Language, languageCodes } from '../../src/dialogue/languages.js';
import type { Position, View } from '../../src/dialogue/screen.js';
import { answer, type Opening, open, type Turn } from '../../src/dialogue/turn.js';
import { everyOutcome } from './outcomes.js';
import { LONGEST_NAME, longestFacts, replies } from './samples.js';

/** A screen that some caller can come to, and where each reply leads from it. */
export type Visited = {
  readonly turn: Turn;
  readonly signed: boolean;
  /** The replies that led here, from the start of the flow. */
  readonly path: readonly string[];
  readonly next: Map<string, Turn[]>;
};

export type Exploration = {
  /** By what identifies a screen: position, language and channel. */
  readonly visited: ReadonlyMap<string, Visited>;
  /** Every turn taken, also the ones that led to a screen seen before. */
  readonly turns: readonly Pick<Visited, 'turn' | 'signed' | 'path'>[];
};

/** Positions that are explored of one screen: same state and page, another context or remark. */
const MOST_OF_A_SCREEN = 3;

/** The screen of a turn, whatever its flow has gathered by then. */
export function screenOf(turn: Turn, signed: boolean): string {
  const { flow, state, page } = turn.position;
  return JSON.stringify([flow, state, page, turn.language, signed]);
}

/** What identifies the position of a turn. */
function keyOf(turn: Turn, signed: boolean): string {
  return JSON.stringify([turn.position, turn.language, signed]);
}

/** Walks a flow from each of its entries with every kind of reply, as far as it stays in the flow; `room` is what a screen may take, for whom all pages are to be one. */
export async function explore(
  dialogue: Dialogue,
  flow: string,
  spoken: readonly Language[] = languageCodes,
  room: number | null = null,
): Promise<Exploration> {
  const viewOf = (language: Language, signed: boolean): View => ({
    language,
    budget: room ?? (signed ? 160 : 156),
    facts: longestFacts,
    signed,
  });
  const visited = new Map<string, Visited>();
  const turns: Pick<Visited, 'turn' | 'signed' | 'path'>[] = [];
  const queue: Visited[] = [];
  const explored = new Map<string, number>();
  const arrive = (turn: Turn, signed: boolean, path: readonly string[]) => {
    turns.push({ turn, signed, path });
    const key = keyOf(turn, signed);
    if (visited.has(key)) return;
    const place: Visited = { turn, signed, path, next: new Map() };
    visited.set(key, place);
    // Another flow is explored by its own test; here its first screen is enough.
    if (turn.position.flow !== flow || turn.screen.ended) return;
    // What a flow has gathered multiplies its positions without end: a few of each screen stand for all.
    const screen = screenOf(turn, signed);
    const seen = explored.get(screen) ?? 0;
    explored.set(screen, seen + 1);
    if (seen < MOST_OF_A_SCREEN) queue.push(place);
  };

  for (const language of spoken) {
    for (const signed of [false, true]) {
      for (const opening of openings(flow, language)) {
        const view = viewOf(language, signed);
        for (const turn of await everyOutcome((ask) => open(dialogue, opening, view, ask))) {
          arrive(turn, signed, [`(${flow}, ${language})`]);
        }
      }
    }
  }
  for (let place = queue.shift(); place; place = queue.shift()) {
    const { turn, signed, path } = place;
    const at = stored(turn.position);
    for (const said of replies) {
      const view = viewOf(turn.language, signed);
      const outcomes = await everyOutcome((ask) => answer(dialogue, at, said, view, ask));
      place.next.set(said, outcomes);
      for (const outcome of outcomes) arrive(outcome, signed, [...path, said]);
    }
  }
  return { visited, turns };
}

/** A call that was left, as far as home is concerned. */
const left = { version: 1, context: { keyword: null }, remark: null, page: 0 };

function openings(flow: string, language: Language): Opening[] {
  return [
    { flow },
    { flow, asked: true, language },
    { flow, unfinished: { ...left, flow: 'language', state: 'choice' } },
    { flow, asked: true, language, value: `name ${LONGEST_NAME}` },
    { flow, asked: true, language, value: 'name 7' },
    { flow, asked: true, language, value: 'no such thing' },
  ];
}

/** What storage makes of a position. */
function stored(position: Position): Position {
  return JSON.parse(JSON.stringify(position)) as Position;
}
