import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { By, Effort } from './search.js';
import type { TaskEffort } from './tasks.js';

/** What is kept of the least efforts; from the root of the project, where programs and tests run. */
const FILE = join('docs', 'flows', 'effort.md');

/** A task's figures: replies and characters, in a call and by SMS; null where it is not to be had so. */
export type Figures = Readonly<Record<By, { replies: number; characters: number } | null>>;

/** Longer ways are told by their figures alone. */
const LONGEST_TOLD = 8;

/** The whole file. */
export function effortPage(efforts: readonly TaskEffort[]): string {
  return [
    "# The caller's effort",
    '',
    '<!-- Written by `npm run effort -- --record`. -->',
    '',
    'The least that somebody has to reply and to type, who knows what they want: found by trying every way on the real engine, with the',
    'lists that the service starts with. The code that is dialled is not counted; by SMS every message is, with its keyword.',
    '`npm run check` fails when one of these gets worse.',
    '',
    '| task | replies in a call | characters | messages by SMS | characters | what is replied in the call |',
    '|---|---:|---:|---:|---:|---|',
    ...efforts.map(rowOf),
    '',
    'Of the details of a full profile, the nearest and the farthest are told; the farthest change asks for the national ID, for it says where',
    'the money goes. Several details fit one SMS.',
    '',
  ].join('\n');
}

function rowOf({ task, least }: TaskEffort): string {
  const cells = [...cellsOf(least.call), ...cellsOf(least.SMS)].join(' | ');
  const { said } = least.call ?? { said: [] };
  const told = said.length > 0 && said.length <= LONGEST_TOLD ? `\`${said.join(' > ')}\`` : '';
  return `| ${task} | ${cells} | ${told} |`;
}

function cellsOf(effort: Effort | null): readonly (string | number)[] {
  return effort ? [effort.said.length, effort.characters] : ['-', '-'];
}

/** The figures in the file, by task; none where there is no file. */
export async function readRecorded(): Promise<ReadonlyMap<string, Figures>> {
  return figuresIn(await readPage());
}

export async function record(efforts: readonly TaskEffort[]): Promise<void> {
  await writeFile(FILE, effortPage(efforts));
}

/** What is not as it is recorded, worse first; each line says what to do. */
export async function effortFaults(efforts: readonly TaskEffort[]): Promise<readonly string[]> {
  const page = await readPage();
  const told = differences(figuresIn(page), efforts);
  if (told.length > 0 || page === effortPage(efforts)) return told;
  return [`${FILE} tells other ways than there are: npm run effort -- --record`];
}

/** What differs from the figures that are recorded. */
export function differences(
  recorded: ReadonlyMap<string, Figures>,
  efforts: readonly TaskEffort[],
): readonly string[] {
  const worse: string[] = [];
  const other: string[] = [];
  for (const { task, least } of efforts) {
    const before = recorded.get(task);
    if (!before) {
      other.push(`${task} is new: npm run effort -- --record`);
      continue;
    }
    for (const by of ['call', 'SMS'] as const) {
      const [was, is] = [before[by], figuresOf(least[by])];
      if (JSON.stringify(was) === JSON.stringify(is)) continue;
      const change = `${task} by ${by} takes ${inWords(is)}, and took ${inWords(was)}`;
      if (isWorse(was, is)) {
        worse.push(
          `${change}: make it shorter, or, if it has to be so, npm run effort -- --record`,
        );
      } else other.push(`${change}: keep the improvement by npm run effort -- --record`);
    }
  }
  const tasks = new Set(efforts.map(({ task }) => task));
  for (const task of recorded.keys()) {
    if (!tasks.has(task)) worse.push(`${task} cannot be done any more within ten replies`);
  }
  return [...worse, ...other];
}

function isWorse(was: Figures[By], is: Figures[By]): boolean {
  if (!was || !is) return was !== null;
  return (
    is.replies - was.replies > 0 || (is.replies === was.replies && is.characters > was.characters)
  );
}

function inWords(figures: Figures[By]): string {
  if (!figures) return 'no way at all';
  const { replies, characters } = figures;
  return `${replies} ${replies === 1 ? 'reply' : 'replies'} and ${characters} characters`;
}

function figuresOf(effort: Effort | null): Figures[By] {
  return effort ? { replies: effort.said.length, characters: effort.characters } : null;
}

function figuresIn(page: string): ReadonlyMap<string, Figures> {
  const rows = page.matchAll(/^\| (.+?) \| ([\d-]+) \| ([\d-]+) \| ([\d-]+) \| ([\d-]+) \|/gm);
  const figures = (replies = '-', characters = '-') =>
    replies === '-' ? null : { replies: Number(replies), characters: Number(characters) };
  return new Map(
    [...rows].map(([, task = '', replies, typed, messages, texted]) => [
      task,
      { call: figures(replies, typed), SMS: figures(messages, texted) },
    ]),
  );
}

async function readPage(): Promise<string> {
  try {
    return await readFile(FILE, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
