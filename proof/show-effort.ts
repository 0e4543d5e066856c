import { createDialogue } from '../src/dialogue/dialogue.js';
import { loadFlows } from '../src/flows.js';
import { effortFaults, record } from './effort/record.js';
import type { Effort } from './effort/search.js';
import { taskEfforts } from './effort/tasks.js';

/** `npm run effort`: prints the least that each task takes of a caller; with `--record`, keeps it in the docs. */

const efforts = await taskEfforts(createDialogue(await loadFlows()));
const figures = (effort: Effort | null) =>
  effort ? [effort.said.length, effort.characters] : ['-', '-'];
const line = (task: string, cells: readonly (string | number)[]) =>
  `${task.padEnd(32)}${cells.map((cell) => String(cell).padStart(12)).join('')}\n`;

process.stdout.write(line('', ['call', '', 'SMS', '']));
process.stdout.write(line('task', ['replies', 'characters', 'messages', 'characters']));
for (const { task, least } of efforts) {
  process.stdout.write(line(task, [...figures(least.call), ...figures(least.SMS)]));
}
if (process.argv.includes('--record')) await record(efforts);
const faults = await effortFaults(efforts);
if (faults.length > 0) {
  process.stderr.write(`\n${faults.join('\n')}\n`);
  process.exitCode = 1;
}
