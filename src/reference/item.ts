import type { Named } from '../dialogue/named.js';

/** One item of a list of the reference data. */
export type Item = {
  /** For ever the same, and never shown. */
  readonly key: string;
  /** What people reply; unique within its list, or within what belongs to one parent. */
  readonly number: number;
  readonly name: Named;
};
