import type { Group } from '../profile/detail.js';
import { type DetailName, detailNames, detailsIn } from '../profile/details.js';
import type { Values } from '../profile/profile.js';

/** How far something is filled in. */
export type Completeness = {
  readonly given: number;
  readonly all: number;
  /** What is missing, in the order in which it is asked. */
  readonly missing: readonly DetailName[];
};

/** How far a group of the profile is, or the whole. */
export function completenessOf(values: Values, group?: Group): Completeness {
  const asked = group ? detailsIn(group) : detailNames;
  const missing = asked.filter((detail) => values[detail] === undefined);
  return { given: asked.length - missing.length, all: asked.length, missing };
}
