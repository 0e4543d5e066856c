import type { PasswordFault } from '../../accounts/own-password.js';
import type { Detail } from '../../profile/details.js';
import type { DetailGroup } from '../detail-groups.js';

/** What English must have a word for, because the code adds to it. */
export type NeededWords = Others & {
  readonly faults: Others & { readonly ownPassword: Readonly<Record<PasswordFault, string>> };
  readonly profile: Others & {
    readonly groups: Readonly<Record<DetailGroup, string>>;
    readonly details: Readonly<Record<Detail, { label: string; hint: string; fault: string }>>;
  };
};

type Others = Readonly<Record<string, unknown>>;
