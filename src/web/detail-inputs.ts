import type { DetailName } from '../profile/details.js';

/** What a browser may fill in, and which keys a phone shows first. */
export type DetailInput = {
  readonly autocomplete?: string;
  readonly inputMode?: 'numeric' | 'tel' | 'email';
};

/** A detail that is not here is typed with all letters, and never filled in by the browser. */
export const detailInputs: Readonly<Partial<Record<DetailName, DetailInput>>> = {
  fullName: { autocomplete: 'name' },
  yearOfBirth: { autocomplete: 'bday-year', inputMode: 'numeric' },
  nationalId: { inputMode: 'numeric' },
  nssf: { inputMode: 'numeric' },
  email: { autocomplete: 'email', inputMode: 'email' },
  account: { inputMode: 'numeric' },
  yearStarted: { inputMode: 'numeric' },
  kinPhone: { inputMode: 'tel' },
};
