import type { Dialogue } from '../src/dialogue/dialogue.js';
import type { Flow } from '../src/dialogue/flow.js';
import type { Position } from '../src/dialogue/screen.js';
import { toOffer } from '../src/dialogue/turn.js';
import { checkFlow, type Extent } from './check-flow.js';
import type { Walk } from './explore.js';
import type { Fault } from './faults/fault.js';
import { asStored, positionFaults, readPositions } from './positions.js';
import { samples } from './samples.js';

/** What is known of a flow once it has been walked. */
export type Proof = {
  readonly faults: readonly Fault[];
  readonly extent: Extent;
  readonly walk: Walk;
};

/** Checks a flow of the project with the samples of the project, and the positions that are kept of it. */
export async function proveFlow(dialogue: Dialogue, flow: Flow): Promise<Proof> {
  const left = await positionsLeft(dialogue);
  const { faults, extent, walk } = await checkFlow(dialogue, flow, samples, left);
  const kept = await readPositions(flow);
  const stale = await positionFaults(dialogue, walk, kept, samples);
  return { faults: [...faults, ...stale], extent, walk };
}

/** Of each flow that can be gone on with, a position at which an earlier call was left. */
export async function positionsLeft(dialogue: Dialogue): Promise<readonly Position[]> {
  const left: Position[] = [];
  for (const flow of dialogue.flows.values()) {
    const kept = (await readPositions(flow))[flow.version] ?? [];
    const positions = kept.map((one) => asStored(flow, flow.version, one));
    left.push(...positions.filter((one) => toOffer(dialogue, one) === one).slice(0, 1));
  }
  return left;
}
