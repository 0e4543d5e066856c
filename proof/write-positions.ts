import { createDialogue } from '../src/dialogue/dialogue.js';
import type { Flow } from '../src/dialogue/flow.js';
import { loadFlows } from '../src/flows.js';
import { explore } from './explore.js';
import { describeFault } from './faults/fault.js';
import {
  missingPositions,
  type Positions,
  positionFaults,
  readPositions,
  writePositions,
} from './positions.js';
import { positionsLeft } from './prove.js';
import { samples } from './samples.js';

/**
 * `npm run positions`: keeps positions of every flow's present version, beside those of the earlier
 * versions that it still goes on from. What is kept of the present version stays: where a caller
 * could not go on from it any more, a new version is due, and nothing is written.
 */

const flows = await loadFlows();
const dialogue = createDialogue(flows);
// Home comes last: it offers to go on from the positions of the others.
const isHome = ({ name }: Flow) => Number(name === 'home');
for (const flow of flows.toSorted((a, b) => isHome(a) - isHome(b))) {
  const kept = await readPositions(flow);
  const walk = await explore(dialogue, flow, samples, { left: await positionsLeft(dialogue) });
  const missing = missingPositions(walk, kept);
  const present = [...(kept[flow.version] ?? []), ...missing];
  const earlier = Object.entries(kept).filter(([version]) => Number(version) in flow.from);
  const positions: Positions = {
    ...Object.fromEntries(earlier),
    ...(present.length > 0 && { [flow.version]: present }),
  };
  const faults = await positionFaults(dialogue, walk, positions, samples);
  if (faults.length > 0) {
    process.stderr.write(`${faults.map(describeFault).join('\n')}\n`);
    process.exitCode = 1;
    continue;
  }
  if (JSON.stringify(positions) === JSON.stringify(kept)) continue;
  await writePositions(flow, positions);
  process.stdout.write(`flows/${flow.name}/positions.json: ${missing.length} more\n`);
}
