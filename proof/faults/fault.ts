import type { Language } from '../../src/dialogue/languages.js';
import type { Way } from '../explore.js';
import { transcriptOf } from '../transcript.js';

/** Something that is wrong with a flow, and where. */
export type Fault = {
  readonly flow: string;
  readonly state: string | null;
  /** Where it is so in one language. */
  readonly language: Language | null;
  /** What is wrong, in one line; where it is not plain, with what to do. */
  readonly what: string;
  /** The answers that lead there, as a call; null where nothing leads there. */
  readonly way: Way | null;
};

/** Where and what, `profile > question (sw): …`, and the call that leads there. */
export function describeFault({ flow, state, language, what, way }: Fault): string {
  const where = `${flow}${state === null ? '' : ` > ${state}`}${language ? ` (${language})` : ''}`;
  return `${where}: ${what}${way ? `\n${transcriptOf(way)}` : ''}`;
}

/** Of faults that say the same of the same state, the first. */
export function distinct(faults: readonly Fault[]): readonly Fault[] {
  const known = new Map<string, Fault>();
  for (const fault of faults) {
    const { flow, state, language, what } = fault;
    const key = JSON.stringify([flow, state, language, what]);
    if (!known.has(key)) known.set(key, fault);
  }
  return [...known.values()];
}
