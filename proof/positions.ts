import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dialogue } from '../src/dialogue/dialogue.js';
import type { Flow, GoingOn, Left } from '../src/dialogue/flow.js';
import { languageCodes } from '../src/dialogue/languages.js';
import type { Position, View } from '../src/dialogue/screen.js';
import { answer } from '../src/dialogue/turn.js';
import { CALL_SEPTETS, type Walk } from './explore.js';
import type { Fault } from './faults/fault.js';
import { longestQuoted } from './longest.js';
import { everyOutcome } from './outcomes.js';
import { type Samples, typedAnswers } from './samples.js';
import { saysNothing } from './says-nothing.js';

/**
 * Positions that a flow has kept between two turns, by its version: such as lie in the database when
 * the next version is deployed. They are samples, and of nobody.
 */
export type Positions = Readonly<Record<number, readonly Left[]>>;

/** The file of a flow's positions, beside its machine; from the root of the project. */
function fileOf({ name }: Flow): string {
  return join('flows', name, 'positions.json');
}

/** None where the flow has no such file yet. */
export async function readPositions(flow: Flow): Promise<Positions> {
  try {
    return JSON.parse(await readFile(fileOf(flow), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** One line a position, so that a difference can be read. */
export async function writePositions(flow: Flow, positions: Positions): Promise<void> {
  const versions = Object.entries(positions).map(([version, kept]) => {
    const lines = kept.map((one) => `    ${JSON.stringify(one)}`);
    return `  "${version}": [\n${lines.join(',\n')}\n  ]`;
  });
  await writeFile(fileOf(flow), `{\n${versions.join(',\n')}\n}\n`);
}

/** A position as it is stored. */
export function asStored({ name }: Flow, version: number, { state, context }: Left): Position {
  return { flow: name, version, state, context, remark: null, page: 0 };
}

/** What tells one kept position from another: its state, and the names of what its flow keeps. */
function kindOf({ state, context }: Left): string {
  return JSON.stringify([state, Object.keys(context).sort()]);
}

/** The positions of a walk that are worth keeping: of each kind the one with most in it. */
export function positionsIn({ flow, places }: Walk): readonly Left[] {
  const kinds = new Map<string, Left>();
  for (const { turn } of places) {
    const { flow: name, state, context } = turn.position;
    if (name !== flow.name || turn.screen.ended) continue;
    const one = { state, context };
    const known = kinds.get(kindOf(one));
    if (!known || fullness(one) > fullness(known)) kinds.set(kindOf(one), one);
  }
  return [...kinds.values()].sort((a, b) => kindOf(a).localeCompare(kindOf(b)));
}

function fullness({ context }: Left): number {
  const isEmpty = (value: unknown) => /^(?:null|""|\[\]|\{\}|false)$/.test(JSON.stringify(value));
  return Object.values(context).filter((value) => !isEmpty(value)).length;
}

/** Those of the present version that are of a kind which the file does not have. */
export function missingPositions(walk: Walk, positions: Positions): readonly Left[] {
  const kept = new Set((positions[walk.flow.version] ?? []).map(kindOf));
  return positionsIn(walk).filter((one) => !kept.has(kindOf(one)));
}

/** Kept positions that callers could not go on from, and kinds of position of which none is kept. */
export async function positionFaults(
  dialogue: Dialogue,
  walk: Walk,
  positions: Positions,
  samples: Samples,
): Promise<readonly Fault[]> {
  const { flow } = walk;
  const faults: Fault[] = [];
  const say = (state: string, what: string) =>
    faults.push({ flow: flow.name, state, language: null, what, way: null });
  const kinds = new Set(positionsIn(walk).map(kindOf));
  for (const [written, kept] of Object.entries(positions)) {
    const version = Number(written);
    for (const left of kept) {
      const what =
        version === flow.version
          ? presentFault(dialogue, flow, left, kinds)
          : earlierFault(dialogue, flow, version, left);
      if (what) say(left.state, what);
      else
        for (const one of await goingOnFaults(dialogue, flow, version, left, samples))
          say(left.state, one);
    }
  }
  if (faults.length > 0) return faults;
  for (const { state } of missingPositions(walk, positions)) {
    say(
      state,
      `no position of version ${flow.version} is kept for the next version: npm run positions`,
    );
  }
  return faults;
}

/** A caller may be there now: nothing about it may change without a new version. */
function presentFault(
  dialogue: Dialogue,
  flow: Flow,
  left: Left,
  kinds: ReadonlySet<string>,
): string | null {
  const { name, version } = flow;
  const cure =
    `raise \`version\` in flows/${name}/flow.ts and say in \`from\` where they go on` +
    ` (or delete version ${version} from flows/${name}/positions.json, if it was never deployed)`;
  if (!isResting(dialogue, flow, left.state)) {
    return `callers of version ${version} may be at this state, which is gone: ${cure}`;
  }
  if (!kinds.has(kindOf(left))) {
    return `callers of version ${version} have other things kept here, ${Object.keys(left.context).join(', ') || 'nothing'}: ${cure}`;
  }
  return null;
}

function earlierFault(dialogue: Dialogue, flow: Flow, version: number, left: Left): string | null {
  if (version > flow.version) {
    return `a position of version ${version} is kept, and the flow is of version ${flow.version}`;
  }
  let went: GoingOn | null;
  try {
    went = flow.from[version]?.(left) ?? null;
  } catch (error) {
    return `carrying it over from version ${version} throws: ${(error as Error).message}`;
  }
  return went && !isResting(dialogue, flow, went.state)
    ? `from version ${version} it is carried over to ${went.state}, which shows no screen`
    : null;
}

function isResting(dialogue: Dialogue, flow: Flow, state: string): boolean {
  return state in flow.machine.states && dialogue.shape(flow, state).rests;
}

/** In every language its screen is shown, and every reply leads somewhere. */
async function goingOnFaults(
  dialogue: Dialogue,
  flow: Flow,
  version: number,
  left: Left,
  samples: Samples,
): Promise<readonly string[]> {
  const position = asStored(flow, version, left);
  const faults: string[] = [];
  for (const language of languageCodes) {
    const view: View = { language, budget: CALL_SEPTETS, ...longestQuoted, signed: false };
    for (const said of [...typedAnswers.slice(0, 1), '0', '1', '2', '98', '99']) {
      const went = await everyOutcome(samples, language, async (ask) => {
        try {
          const { screen } = await answer(dialogue, position, said, view, ask);
          return saysNothing(screen.text) ? `is shown ${JSON.stringify(screen.text)}` : null;
        } catch (error) {
          return (error as Error).message;
        }
      });
      const failed = went.find(({ result }) => result !== null);
      if (failed)
        faults.push(`a caller of version ${version} who replies ${said}: ${failed.result}`);
    }
  }
  return faults.slice(0, 1);
}
