import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chartOf } from '../src/charts/chart.js';
import { mermaidOf } from '../src/charts/mermaid.js';
import type { Dialogue } from '../src/dialogue/dialogue.js';
import type { Flow } from '../src/dialogue/flow.js';

/** Where the charts are kept; from the root of the project, where programs and tests run. */
const FOLDER = join('docs', 'flows');
/** Not a chart: what the tasks cost callers, see effort/record.ts. */
const OTHERS = ['effort.md'];

/** What the folder of charts has to hold: the text of each file, by its name. */
export function chartFiles(dialogue: Dialogue): ReadonlyMap<string, string> {
  const flows = [...dialogue.flows.values()];
  return new Map([
    ['README.md', indexOf(flows)],
    ...flows.map((flow) => [`${flow.name}.md`, pageOf(dialogue, flow)] as const),
  ]);
}

/** The files that are not what they have to be, or should not be there. */
export async function staleCharts(dialogue: Dialogue): Promise<readonly string[]> {
  const wanted = chartFiles(dialogue);
  const there = await readdir(FOLDER).catch((): string[] => []);
  const more = there.filter((name) => !wanted.has(name) && !OTHERS.includes(name));
  const stale: string[] = [];
  for (const [name, text] of wanted) {
    const written = there.includes(name) ? await readFile(join(FOLDER, name), 'utf8') : null;
    if (written !== text) stale.push(name);
  }
  return [...stale, ...more].map((name) => join(FOLDER, name));
}

/** Writes what is stale and removes what has no flow any more; returns both. */
export async function writeCharts(dialogue: Dialogue): Promise<readonly string[]> {
  const stale = await staleCharts(dialogue);
  const wanted = chartFiles(dialogue);
  await mkdir(FOLDER, { recursive: true });
  for (const path of stale) {
    const text = wanted.get(path.slice(FOLDER.length + 1));
    await (text === undefined ? rm(path) : writeFile(path, text));
  }
  return stale;
}

function pageOf(dialogue: Dialogue, flow: Flow): string {
  return [
    `# ${flow.words.en.title}`,
    '',
    `<!-- Written by \`npm run charts\`; what it shows is in flows/${flow.name}/. -->`,
    '',
    '```mermaid',
    `${mermaidOf(chartOf(dialogue, flow))}\`\`\``,
    '',
    '[What the colours mean](README.md)',
    '',
  ].join('\n');
}

function indexOf(flows: readonly Flow[]): string {
  const row = ({ name, words, offer, version }: Flow) => {
    const { en, sw } = words;
    const keywords = [...en.keywords, ...sw.keywords].join(', ');
    return `| [${name}](${name}.md) | ${en.title} | ${sw.title} | ${keywords || '-'} | ${offer?.to ?? '-'} | ${version} |`;
  };
  return [
    '# The flows, as charts',
    '',
    '<!-- Written by `npm run charts`. -->',
    '',
    'Read off the machines, and checked to be what they are. The simulator draws the same charts and lights the state at which a call is.',
    '',
    '| flow | in the menu | | SMS keywords | offered to | version |',
    '|---|---|---|---|---|---|',
    ...flows.map(row),
    '',
    'Plain: a screen that waits for an answer. **Green**: the last screen of a call. **Blue**: a question to the world, by its task. **Grey**: a',
    'decision from what is known. **Brown**: the call goes on in another flow. Ways are labelled with what the caller answers, in English,',
    'or with what is known there. `0 Back` is drawn where it leads to another screen; elsewhere it leads home, as `00` does everywhere.',
    '',
    'What these cost callers in replies and characters is in [effort.md](effort.md).',
    '',
  ].join('\n');
}
