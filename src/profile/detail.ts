import type { FoundingLanguage, Language } from '../dialogue/languages.js';
import { type Named, named, type Written } from '../dialogue/named.js';

const writtenGroups = {
  personal: { en: 'Personal', sw: 'Binafsi' },
  bank: { en: 'Bank', sw: 'Benki' },
  qualification: { en: 'Qualification', sw: 'Elimu' },
  work: { en: 'Work station', sw: 'Kituo cha kazi' },
  kin: { en: 'Next of kin', sw: 'Jamaa wa karibu' },
} as const satisfies Readonly<Record<string, Written>>;

export type Group = keyof typeof writtenGroups;

/** The five groups of the profile, in their order. */
export const groups = Object.fromEntries(
  Object.entries(writtenGroups).map(([group, written]) => [
    group,
    named(`profile.groups.${group}`, written),
  ]),
) as Readonly<Record<Group, Named>>;

/** The lists of the reference data, by the names that their CSV files have. */
export const listNames = [
  'genders',
  'banks',
  'branches',
  'levels',
  'employers',
  'designations',
  'counties',
  'sub-counties',
  'relationships',
] as const;

export type ListName = (typeof listNames)[number];

/** What a rule may look at beyond the answer itself. */
export type Known = {
  /** The profile as it is: values as they are kept, list items by their keys. */
  readonly values: Readonly<Partial<Record<string, string>>>;
  /** The year in Kenya. */
  readonly year: number;
};

/**
 * What an answer comes to. A `doubt` is a value that is unusual and may be right all the same: it is
 * kept when the person says so. A `fault` that is null is told by what the detail expects.
 */
export type Reading =
  | { readonly value: string; readonly doubt?: Named }
  | { readonly fault: Named | null };

/** Reads an answer as a person types it. */
export type Rule = (written: string, known: Known) => Reading;

/** How much of a value is shown on screens, pages and in SMS: all, its last three characters, or only that it is there. */
export type Mask = 'none' | 'tail' | 'hidden';

/** What of a detail is in words, in the languages `L`. */
export type DetailWords<L extends string> = {
  readonly label: Readonly<Record<L, string>>;
  /** What people text before its value, in capitals without spaces, in any language; the one to advertise first in each. */
  readonly sms: Readonly<Record<L, readonly string[]>>;
  /** What is expected, for the question and for the line on a wrong answer; with an example. */
  readonly expects: Readonly<Record<L, string>>;
};

/**
 * One detail of the profile: everything about it, from which the phone's questions, the SMS
 * commands, the web form, the checks, the storage, the export and the completeness follow.
 */
export type Detail<L extends string = Language> = DetailWords<L> & {
  readonly group: Group;
  /**
   * The list that it is chosen from, and the detail by whose value that list is narrowed. Of a `coded` one
   * the keys are official codes, which people know without having seen the list.
   */
  readonly list?: {
    readonly name: ListName;
    readonly of?: string;
    readonly orTyped?: boolean;
    readonly coded?: boolean;
  };
  /** The detail that it was given with: a number of one bank or employer may be none of another. */
  readonly belongsTo?: string;
  /** Encrypted at rest. */
  readonly sensitive: boolean;
  readonly mask: Mask;
  /** Whether the same value on two accounts is noticed; given the values that belong to it, the text that has to differ. */
  readonly distinct?: (value: string, known: Known) => string | null;
  /** Where the money goes: a change asks for the ID first and is told by SMS. */
  readonly payout?: boolean;
  /** A change is told by SMS. */
  readonly announced?: boolean;
  /** Reads an answer that is typed; of a detail with a list, only what is not on it. */
  readonly rule: Rule;
};

/** A detail as it is defined; the languages of the packs follow. */
export type WrittenDetail = Detail<FoundingLanguage>;
