import type { Dialogue } from './dialogue.js';
import type { Flow } from './flow.js';
import type { Position } from './screen.js';

/** A position that the present version of its flow can go on from. */
export type Current = {
  readonly flow: Flow;
  readonly position: Position;
  /** Whether an answer to the screen that the caller has seen is an answer to this one. */
  readonly sameQuestion: boolean;
};

/**
 * The position as the flow of today has it: itself where the versions agree, carried over where the
 * flow says how, null where there is no going on. A position of a newer version, met by an older
 * process while a new one is being rolled out, has no way back either.
 */
export function toCurrent(dialogue: Dialogue, position: Position): Current | null {
  const flow = dialogue.flows.get(position.flow);
  if (!flow) return null;
  if (flow.version === position.version) {
    return position.state in flow.machine.states ? { flow, position, sameQuestion: true } : null;
  }
  const carried = carriedOver(flow, position);
  if (!carried || !isResting(dialogue, flow, carried.state)) return null;
  const { state, context, sameQuestion = false } = carried;
  const { version } = flow;
  return {
    flow,
    position: sameQuestion
      ? { ...position, version, state, context }
      : { ...position, version, state, context, remark: null, page: 0 },
    sameQuestion,
  };
}

/** What was stored may be unlike anything that its flow's author thought of: then the call begins anew. */
function carriedOver(flow: Flow, { version, state, context }: Position) {
  try {
    return flow.from[version]?.({ state, context }) ?? null;
  } catch {
    return null;
  }
}

function isResting(dialogue: Dialogue, flow: Flow, state: string): boolean {
  return state in flow.machine.states && dialogue.shape(flow, state).rests;
}
