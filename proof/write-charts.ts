import { createDialogue } from '../src/dialogue/dialogue.js';
import { loadFlows } from '../src/flows.js';
import { writeCharts } from './chart-files.js';

/** `npm run charts`: writes a chart of every flow into docs/flows/. */

const written = await writeCharts(createDialogue(await loadFlows()));
process.stdout.write(
  written.length > 0 ? `${written.join('\n')}\n` : 'The charts are up to date.\n',
);
