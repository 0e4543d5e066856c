import { createDialogue } from '../src/dialogue/dialogue.js';
import { loadFlows } from '../src/flows.js';
import { staleCharts } from './chart-files.js';
import type { Extent } from './check-flow.js';
import { effortFaults } from './effort/record.js';
import { taskEfforts } from './effort/tasks.js';
import { describeFault, type Fault } from './faults/fault.js';
import { proveFlow } from './prove.js';

/** `npm run check:flows`: walks every flow there is and says what is wrong, or how much was seen. */

const began = performance.now();
const flows = await loadFlows();
const dialogue = createDialogue(flows);
const faults: Fault[] = [];
const rows: (readonly [string, Extent])[] = [];
for (const flow of flows) {
  const proof = await proveFlow(dialogue, flow);
  faults.push(...proof.faults);
  rows.push([flow.name, proof.extent]);
}

const columns = ['states', 'branches', 'paths', 'screens'] as const;
const all = Object.fromEntries(
  columns.map((column) => [column, rows.reduce((sum, [, extent]) => sum + extent[column], 0)]),
) as Extent;
const line = (name: string, cells: readonly (string | number)[]) =>
  `${name.padEnd(16)}${cells.map((cell) => String(cell).padStart(10)).join('')}\n`;

process.stdout.write(line('flow', columns));
for (const [name, extent] of rows) {
  process.stdout.write(
    line(
      name,
      columns.map((column) => extent[column]),
    ),
  );
}
process.stdout.write(
  line(
    `${flows.length} flows`,
    columns.map((column) => all[column]),
  ),
);
const effort = await effortFaults(await taskEfforts(dialogue));
const stale = await staleCharts(dialogue);
const said = [
  ...faults.map(describeFault),
  ...effort,
  ...(stale.length > 0 ? [`${stale.join(', ')}: not as the flows are now: npm run charts`] : []),
];
const seconds = ((performance.now() - began) / 1000).toFixed(1);
process.stdout.write(`in ${seconds} s\n`);

if (said.length > 0) {
  const count = said.length === 1 ? '1 fault' : `${said.length} faults`;
  process.stderr.write(`\n${said.join('\n\n')}\n\n${count}\n`);
  process.exitCode = 1;
}
