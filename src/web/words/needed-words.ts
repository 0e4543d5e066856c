import type { PasswordFault } from '../../accounts/own-password.js';

/** What English must have a word for, because the code adds to it. */
export type NeededWords = Others & {
  readonly faults: Others & { readonly ownPassword: Readonly<Record<PasswordFault, string>> };
};

type Others = Readonly<Record<string, unknown>>;
