import { mkdir, writeFile } from 'node:fs/promises';
import { bars } from './bars.js';
import { folder, type Results, type Row } from './results.js';
import { markdown, ratiosTable, runsTable, startTable, type Table } from './tables.js';

/** Writes the results where people read them: the figures as JSON, the tables, and a picture. */
export async function writeDocument(results: Results): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}results.json`, `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(`${folder}throughput.svg`, bars(results));
  await writeFile(`${folder}README.md`, document(results));
}

function document(results: Results): string {
  const { machine, command, rows, less } = results;
  const at = (placing: string, load: RegExp): Row[] =>
    rows.filter((row) => row.placing === placing && load.test(row.load));
  const closed = /connections/;
  return `${[
    '# Benchmarks',
    '',
    `Measured by \`${command}\` on ${machine.date} at ${machine.commit}; how, and why so, is in`,
    '[decision 16](../decisions/0016-benchmarks.md). Every figure is a median over rounds in which the contenders took turns.',
    '',
    `- ${machine.system}`,
    `- ${machine.node}, ${machine.postgresql}`,
    `- load average at the start: ${machine.load}`,
    '',
    '![Turns a second](throughput.svg)',
    '',
    '## Ratios',
    '',
    markdown(ratiosTable(results.ratios)),
    '',
    ...section('Turns a second: the server on one core, the load and the store on the other', [
      runsTable(at('pinned', closed)),
    ]),
    ...section('Turns a second: nothing pinned', [runsTable(at('unpinned', closed))]),
    ...section('Latency at an arrival rate, counted from when a turn was due', [
      runsTable(at('unpinned', /a second/)),
    ]),
    ...section('Start, memory, size, and turns beside registrations', [startTable(results)]),
    '## What the others do less',
    '',
    'CPU is in milliseconds a turn. Turns a second are right answers; *wrong* are other answers and those that never came.',
    '',
    markdown([
      ['contender', 'as it runs here'],
      ...Object.entries(less).filter(([, words]) => words !== ''),
    ]),
  ].join('\n')}\n`;
}

function section(title: string, tables: readonly Table[]): string[] {
  const filled = tables.filter((table) => table.length > 1);
  if (filled.length === 0) return [];
  return [`## ${title}`, '', ...filled.flatMap((table) => [markdown(table), ''])];
}
