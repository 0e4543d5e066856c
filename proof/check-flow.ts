import type { Dialogue } from '../src/dialogue/dialogue.js';
import type { Flow } from '../src/dialogue/flow.js';
import { languageCodes } from '../src/dialogue/languages.js';
import type { Position } from '../src/dialogue/screen.js';
import { explore, type Walk } from './explore.js';
import { distinct, type Fault } from './faults/fault.js';
import { screenFaults, smsFaults } from './faults/screens.js';
import { secretFaults } from './faults/secrets.js';
import { enteredStates, stateFaults } from './faults/states.js';
import { wayFaults } from './faults/ways.js';
import { wordFaults } from './faults/words.js';
import type { Samples } from './samples.js';

/** How much of a flow was seen. */
export type Extent = {
  readonly states: number;
  readonly branches: number;
  /** Turns that were taken: each a path of answers that no other is. */
  readonly paths: number;
  readonly screens: number;
};

/**
 * Walks a flow as far as it goes and looks for everything that must not be. What a caller would
 * fall over is found whatever the other flows are like; they only have to be there.
 *
 * @param left positions at which earlier calls were left, which home offers to go on from.
 */
export async function checkFlow(
  dialogue: Dialogue,
  flow: Flow,
  samples: Samples,
  left: readonly Position[] = [],
): Promise<{ readonly faults: readonly Fault[]; readonly extent: Extent; readonly walk: Walk }> {
  const walk = await explore(dialogue, flow, samples, { left });
  // Where the engine falls over the walk ends, and what else there is to say follows from that.
  const faults =
    walk.failures.length > 0
      ? failureFaults(walk)
      : [
          ...stateFaults(walk),
          ...wayFaults(walk),
          ...wordFaults(walk),
          ...screenFaults(walk),
          ...smsFaults(walk),
          ...secretFaults(walk),
        ];
  return { faults: distinct(faults), extent: extentOf(walk), walk };
}

/** Where the engine itself fell over; in all languages, or in some. */
function failureFaults({ flow, failures }: Walk): readonly Fault[] {
  return failures.map(({ way, view, error }) => {
    const same = failures.filter((one) => one.error.message === error.message);
    const everywhere = languageCodes.every((language) =>
      same.some((one) => one.view.language === language),
    );
    return {
      ...{ flow: flow.name, language: everywhere ? null : view.language, way },
      state: way.before?.turn?.position.state ?? null,
      // XState explains at length that states decide in a circle.
      what: error.message.replace(/^(Infinite loop detected).*/s, '$1: states decide in a circle'),
    };
  });
}

function extentOf(walk: Walk): Extent {
  const { flow, branches, places, turns } = walk;
  const own = places.filter(({ turn }) => turn.position.flow === flow.name);
  return {
    states: enteredStates(walk).size,
    branches: branches.filter(({ taken }) => taken).length,
    paths: turns,
    screens: new Set(own.map(({ turn }) => turn.screen.text)).size,
  };
}
