import { branchesOf } from '../../src/dialogue/branches.js';
import type { Dialogue } from '../../src/dialogue/dialogue.js';
import { choicesAt, MORE, type Position, type View } from '../../src/dialogue/screen.js';
import { answer, open, type Turn } from '../../src/dialogue/turn.js';
import { readKeyword } from '../../src/keywords.js';
import { type DetailName, detailNames, detailOf, isDetailName } from '../../src/profile/details.js';
import { longestQuoted } from '../longest.js';
import { after, answers, askOf, asTexted, type Caller, OLD_NUMBER } from './caller.js';

/** What it takes to come to something: what is said one after the other. */
export type Effort = { readonly said: readonly string[]; readonly characters: number };

export type By = 'call' | 'SMS';

/** What a turn has come to, of what is looked for: names of any kind. */
export type Reached = (turn: Turn, caller: Caller) => readonly string[];

type Step = Effort & { readonly position: Position; readonly caller: Caller };
type Taken = Effort & { readonly turn: Turn; readonly caller: Caller };

/** Longer than any way that anybody should have to go. */
const MOST_REPLIES = 10;

/**
 * For each thing that can be reached, the fewest replies that lead there, and of as few the fewest
 * characters: every way is tried that somebody may go who knows what they want, on the real engine. A
 * call begins with the code, an exchange of SMS with a keyword, which counts as the first reply.
 */
export async function leastEfforts(
  dialogue: Dialogue,
  caller: Caller,
  by: By,
  reached: Reached,
): Promise<ReadonlyMap<string, Effort>> {
  const found = new Map<string, Effort>();
  const met = new Set<string>();
  let steps: readonly Step[] | null = null;
  for (let replies = by === 'call' ? 0 : 1; replies <= MOST_REPLIES; replies += 1) {
    const taken: readonly Taken[] =
      steps === null ? await beginnings(dialogue, caller, by) : await replied(dialogue, steps, by);
    const next: Step[] = [];
    // Of two that come to the same with as many replies the one that types less goes first.
    for (const one of taken.toSorted((a, b) => a.characters - b.characters)) {
      const { turn, said, characters } = one;
      const now = turn.effects.reduce(after, one.caller);
      for (const name of reached(turn, now)) {
        if (!found.has(name)) found.set(name, { said, characters });
      }
      // Whoever has come to what they wanted goes no further.
      if (turn.screen.ended || turn.slipped || turn.effects.length > 0) continue;
      const key = JSON.stringify(turn.position);
      if (met.has(key)) continue;
      met.add(key);
      next.push({ position: turn.position, caller: now, said, characters });
    }
    steps = next;
  }
  return found;
}

/** A call is one; by SMS each keyword is, and each detail in the words of its own. */
async function beginnings(dialogue: Dialogue, caller: Caller, by: By): Promise<readonly Taken[]> {
  if (by === 'call') {
    const turn = await open(dialogue, { flow: 'home' }, viewOf(by), askOf(caller));
    return [{ turn, caller, said: [], characters: 0 }];
  }
  return Promise.all(
    textsIn(dialogue).map(async (text) => ({
      turn: await openByText(dialogue, caller, text),
      ...{ caller, said: [text], characters: text.length },
    })),
  );
}

/** Texts the short code, where no dialogue is open or the text begins with a keyword. */
export async function openByText(dialogue: Dialogue, caller: Caller, text: string): Promise<Turn> {
  const keyword = readKeyword(dialogue, text) ?? { flow: 'help' };
  return open(dialogue, { ...keyword, asked: true }, viewOf('SMS'), askOf(caller));
}

function textsIn(dialogue: Dialogue): readonly string[] {
  return [...dialogue.flows.values()].flatMap(({ name, words, takesValue }) => {
    // A language is chosen by the keyword that names it.
    const spoken = name === 'language' ? Object.values(words) : [words.en];
    const [keyword, ...others] = spoken.flatMap(({ keywords }) => keywords.slice(0, 1));
    if (keyword === undefined) return [];
    const valued = takesValue ? detailNames.map((one) => `${keyword} ${textFor(one)}`) : [];
    return [keyword, ...others, ...valued];
  });
}

/** A detail as it is texted: its shortest word, and its value. */
export function textFor(detail: DetailName): string {
  const [word = ''] = detailOf(detail).sms.en.toSorted((one, other) => one.length - other.length);
  return `${word} ${asTexted(detail)}`;
}

async function replied(
  dialogue: Dialogue,
  steps: readonly Step[],
  by: By,
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  for (const { position, caller, said, characters } of steps) {
    for (const reply of repliesAt(dialogue, position)) {
      const turn = await answer(dialogue, position, reply, viewOf(by), askOf(caller));
      taken.push({
        ...{ turn, caller, said: [...said, reply] },
        characters: characters + reply.length,
      });
    }
  }
  return taken;
}

/** What leads on: the options, the next page, and, where something is asked for, the answer. */
function repliesAt(dialogue: Dialogue, position: Position): readonly string[] {
  const flow = dialogue.flows.get(position.flow);
  if (!flow) return [];
  const { state, context } = position;
  const isList = dialogue.shape(flow, state).options.some((option) => 'items' in option);
  const digits = choicesAt(dialogue, flow, position)
    .filter(({ own }) => own || !isList)
    .map((choice) => choice.digits);
  const takesText = branchesOf(flow.machine).some(
    (branch) =>
      branch.state === state &&
      branch.on === 'reply' &&
      branch.target !== null &&
      (branch.guard as { type?: string } | undefined)?.type === undefined,
  );
  const { detail } = context;
  const typed = isDetailName(detail) ? [answers[detail], answers.nationalId] : known;
  return [...new Set([...digits, MORE, ...(takesText ? typed : [])])];
}

const known = [answers.nationalId, OLD_NUMBER];

export function viewOf(by: By): View {
  return {
    language: 'en',
    budget: by === 'call' ? 156 : 160,
    ...longestQuoted,
    signed: by === 'SMS',
  };
}
