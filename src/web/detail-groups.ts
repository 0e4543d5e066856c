import type { Detail } from '../profile/details.js';

/** The order of the profile page: its groups of details, and how each detail is asked for. */
export const detailGroups = [
  { name: 'personal', details: ['fullName'] },
] as const satisfies readonly {
  name: string;
  details: readonly Detail[];
}[];

export type DetailGroup = (typeof detailGroups)[number]['name'];

/** What browsers fill in, by the detail. */
export const detailAutocomplete: Readonly<Record<Detail, string>> = { fullName: 'name' };
