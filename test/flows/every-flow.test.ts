import { expect, test } from 'vitest';
import { describeFault } from '../../proof/faults/fault.js';
import { proveFlow } from '../../proof/prove.js';
import { createDialogue } from '../../src/dialogue/dialogue.js';
import { loadFlows } from '../../src/flows.js';

const flows = await loadFlows();
const dialogue = createDialogue(flows);

/** Every flow there is, found by itself: a new one gets all of this for nothing. */
test.each(flows)('nobody gets stuck in $name, and every screen of it fits', async (flow) => {
  const { faults, extent } = await proveFlow(dialogue, flow);
  expect(faults.map(describeFault).join('\n\n')).toBe('');
  expect(extent.states).toBe(Object.keys(flow.machine.states).length);
});
