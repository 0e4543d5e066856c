import type { Dialogue } from '../../src/dialogue/dialogue.js';
import { septets } from '../../src/dialogue/gsm.js';
import { answer, open, type Turn } from '../../src/dialogue/turn.js';
import { type DetailName, detailNames, detailOf } from '../../src/profile/details.js';
import { after, answers, askOf, type Caller, completed, newcomer, visitor } from './caller.js';
import { type By, type Effort, leastEfforts, openByText, textFor, viewOf } from './search.js';

/** A task that somebody calls or texts for, and the least that it takes. */
export type TaskEffort = {
  readonly task: string;
  readonly least: Readonly<Record<By, Effort | null>>;
};

const SMS_SEPTETS = 160;

/**
 * The least effort for everything that people call for: each flow's task, to see and to change one of
 * the details of a full profile, the nearest and the farthest, and to fill in all of an empty one.
 */
export async function taskEfforts(dialogue: Dialogue): Promise<readonly TaskEffort[]> {
  const calls = await effortsBy(dialogue, 'call');
  const texts = await effortsBy(dialogue, 'SMS');
  return [...new Set([...calls.keys(), ...texts.keys()])].map((task) => ({
    task,
    least: { call: calls.get(task) ?? null, SMS: texts.get(task) ?? null },
  }));
}

async function effortsBy(dialogue: Dialogue, by: By): Promise<ReadonlyMap<string, Effort>> {
  const stranger = await leastEfforts(dialogue, visitor, by, tasksDone);
  const member = await leastEfforts(dialogue, completed(), by, (turn) => [
    ...tasksDone(turn),
    ...detailsSeen(turn),
    ...detailsChanged(turn),
  ]);
  const rows = new Map<string, Effort>();
  const add = (task: string, effort: Effort | undefined) => {
    if (effort) rows.set(task, effort);
  };
  for (const { name, words } of dialogue.flows.values()) {
    // Of the profile more is told below.
    if (name !== 'profile') add(words.en.title, lesser(stranger.get(name), member.get(name)));
  }
  add('Choose Kiswahili', lesser(stranger.get('Kiswahili'), member.get('Kiswahili')));
  for (const [what, title] of [
    ['see', 'See a detail'],
    ['change', 'Change a detail'],
  ] as const) {
    const lost = detailNames.filter((detail) => !member.has(`${what} ${detail}`));
    if (lost.length > 0) throw new Error(`nobody can ${what} by ${by}: ${lost.join(', ')}`);
    const each = detailNames.flatMap((detail) => member.get(`${what} ${detail}`) ?? []);
    const sorted = each.toSorted(compare);
    add(`${title}, the nearest`, sorted[0]);
    add(`${title}, the farthest`, sorted.at(-1));
  }
  const fill = by === 'call' ? fillByCall : fillByText;
  add(`Fill in all ${detailNames.length} details`, await fill(dialogue));
  return rows;
}

/** By replies, and where they are as many by characters. */
export function compare(one: Effort, other: Effort): number {
  return one.said.length - other.said.length || one.characters - other.characters;
}

function lesser(one: Effort | undefined, other: Effort | undefined): Effort | undefined {
  if (!one || !other) return one ?? other;
  return compare(one, other) <= 0 ? one : other;
}

/** The flow whose task is done, and the language that is chosen. */
function tasksDone({ finished, effects }: Turn): readonly string[] {
  const chosen = effects.some(
    ({ type, params }) => type === 'setLanguage' && params.language === 'sw',
  );
  return [...(finished === null ? [] : [finished]), ...(chosen ? ['Kiswahili'] : [])];
}

function detailsSeen({ screen, position }: Turn): readonly string[] {
  if (position.flow !== 'profile') return [];
  const { shown } = position.context as { shown?: Readonly<Record<string, string>> };
  return detailNames
    .filter((detail) => screen.text.includes(`${detailOf(detail).label.en}: ${shown?.[detail]}`))
    .map((detail) => `see ${detail}`);
}

function detailsChanged({ effects }: Turn): readonly string[] {
  return effects.flatMap((effect) =>
    effect.type === 'saveDetails'
      ? effect.params.changes.map(({ detail }) => `change ${detail}`)
      : [],
  );
}

/** Goes to the question for what is missing, and answers until nothing is. */
async function fillByCall(dialogue: Dialogue): Promise<Effort> {
  let caller: Caller = newcomer;
  const said: string[] = [];
  let turn = await open(dialogue, { flow: 'home' }, viewOf('call'), askOf(caller));
  while (!isComplete(caller)) {
    const { flow, state, context } = turn.position;
    const { detail } = context as { detail?: DetailName };
    const isAsked = flow === 'profile' && /^(?:question|list)$/.test(state);
    const reply = isAsked && detail ? answers[detail] : '1';
    said.push(reply);
    if (said.length > detailNames.length * 3) throw new Error('filling in does not come to an end');
    turn = await answer(dialogue, turn.position, reply, viewOf('call'), askOf(caller));
    caller = turn.effects.reduce(after, caller);
  }
  return { said, characters: charactersIn(said) };
}

/** Texts as many details in one SMS as it holds, in their order. */
async function fillByText(dialogue: Dialogue): Promise<Effort> {
  const keyword = dialogue.flows.get('profile')?.words.en.keywords[0] ?? '';
  const said: string[] = [];
  for (const detail of detailNames) {
    const last = said.at(-1);
    const longer = last === undefined ? null : `${last},${textFor(detail)}`;
    if (longer !== null && septets(longer) <= SMS_SEPTETS) said[said.length - 1] = longer;
    else said.push(`${keyword} ${textFor(detail)}`);
  }
  let caller: Caller = newcomer;
  for (const text of said) {
    const turn = await openByText(dialogue, caller, text);
    caller = turn.effects.reduce(after, caller);
  }
  if (!isComplete(caller)) throw new Error('what is texted does not fill in the profile');
  return { said, characters: charactersIn(said) };
}

function isComplete({ values }: Caller): boolean {
  return detailNames.every((detail) => values[detail] !== undefined);
}

function charactersIn(said: readonly string[]): number {
  return said.reduce((sum, one) => sum + one.length, 0);
}
