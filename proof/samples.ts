import { type Language, languageCodes } from '../src/dialogue/languages.js';
import type { Named } from '../src/dialogue/named.js';
import type { ListedItem, TaskName, Tasks, TextedDetails } from '../src/dialogue/world.js';
import { type DetailName, detailNames, detailOf, isDetailName } from '../src/profile/details.js';
import { account, employmentNumber, kraPin } from '../src/profile/rules.js';
import { LONGEST_NAME, longestList, longestProfile } from './longest.js';

/** The answers that a task may get, all that matter; each as long as it may be. */
export type Samples = {
  readonly [Name in TaskName]: (
    input: Tasks[Name]['input'],
    language: Language,
  ) => readonly Tasks[Name]['output'][];
};

export const SAMPLE_PASSWORD = '7391 5264';
export const SAMPLE_HASH = '$argon2id$of-a-sample';
export const SAMPLE_ACCOUNT = '00000000-0000-4000-8000-000000000000';

/** What stands for anything that is sealed. */
export const SEALED = 'c2VhbGVk';

const AT = '2026-12-31T20:59:00.000Z';
const YEAR = 2026;

/** Every answer that matters to each task. A task that is added has to say its own. */
export const samples: Samples = {
  findCaller: () => [
    { registered: false, undelivered: null, silent: null },
    { registered: true, undelivered: null, silent: null },
    { registered: true, undelivered: 'blocked', silent: null },
    { registered: true, undelivered: 'phoneOff', silent: null },
    { registered: true, undelivered: 'inboxFull', silent: null },
    { registered: true, undelivered: 'other', silent: null },
    { registered: true, undelivered: 'noNews', silent: null },
    { registered: true, undelivered: null, silent: 'withId' },
    { registered: true, undelivered: null, silent: 'withoutId' },
  ],
  makePassword: () => [{ password: SAMPLE_PASSWORD, passwordHash: SAMPLE_HASH }],
  checkReset: () => [{ allowed: true }, { allowed: false, againAt: AT }],
  openProfile({ value, held }, language) {
    const { all, allButAccount } = profiles[language];
    const member = { registered: true, silent: false, memberSince: AT } as const;
    const closed = [
      { registered: false },
      { registered: true, silent: true, held: SEALED },
    ] as const;
    if (value + held !== '') {
      const [, one = null] = textedSamples;
      return [
        ...closed,
        { ...member, shown: {}, texted: one },
        ...textedSamples.map((texted) => ({ ...member, shown: all, texted })),
      ];
    }
    return [
      ...closed,
      { ...member, shown: all, texted: null },
      { ...member, shown: {}, texted: null },
      { ...member, shown: allButAccount, texted: null },
    ];
  },
  prepareQuestion({ detail }, language) {
    const items = lists[language].get(detail) ?? [];
    const open = items.length > 0 ? [items] : [[]];
    // Branches may not have been loaded; then they are typed.
    if (detail === 'branch') open.push([]);
    return open.flatMap((some) => [
      { items: some, locked: false },
      ...(mayBeLocked(detail) ? [{ items: some, locked: true }] : []),
    ]);
  },
  judgeAnswer({ detail }, language) {
    const change = { detail, sealed: SEALED };
    const shown = profiles[language].all[detail] ?? '';
    const said = { change, shown, doubt: null, conflict: false, locked: false };
    const good = { kind: 'good', ...said } as const;
    const items = lists[language].get(detail) ?? [];
    return [
      good,
      ...(isDetailName(detail) && detailOf(detail).distinct ? [{ ...good, conflict: true }] : []),
      ...(detail === 'account' ? [{ ...good, doubt: longestDoubt }] : []),
      ...(detail === 'bank' ? [{ ...good, drops: ['branch', 'account'] }] : []),
      ...(mayBeLocked(detail) ? [{ ...good, locked: true }] : []),
      ...(items.length > 0 ? [{ kind: 'several', items: manyAlike(items) } as const] : []),
      { kind: 'bad', fault: null },
      ...(faults.get(detail) ?? []).map((fault) => ({ kind: 'bad', fault }) as const),
    ];
  },
  checkWaiting: () => ['right', 'overtaken', 'locked'],
  checkIdentity: () => ['right', 'wrong', 'stopped', 'unknown'],
  readOldNumber: () => [null, { number: SEALED, shown: '0712***678' }],
  checkMove: () => [
    { permit: { allowed: true }, claim: { accountId: null, idFits: false } },
    { permit: { allowed: true }, claim: { accountId: SAMPLE_ACCOUNT, idFits: true } },
    { permit: { allowed: false, againAt: AT }, claim: { accountId: null, idFits: false } },
  ],
};

/** Worked out once, for a walk asks for them many thousand times. */
const lists = byLanguage(
  (language) => new Map(detailNames.map((name) => [name as string, longestList(name, language)])),
);
const profiles = byLanguage((language) => {
  const all = longestProfile(language);
  const { account: _, ...allButAccount } = all;
  return { all, allButAccount };
});

function byLanguage<T>(make: (language: Language) => T): Readonly<Record<Language, T>> {
  return Object.fromEntries(languageCodes.map((one) => [one, make(one)])) as Record<Language, T>;
}

function mayBeLocked(detail: string): boolean {
  return isDetailName(detail) && (detailOf(detail).payout === true || detail === 'nationalId');
}

/** The most items that begin with one letter: as many as a letter may leave open. */
function manyAlike(items: readonly ListedItem[]): readonly ListedItem[] {
  const alike = items.map((item) =>
    items.filter(({ label }) => label.slice(0, 1) === item.label.slice(0, 1)),
  );
  return alike.reduce((most, some) => (some.length > most.length ? some : most), []);
}

/** What rules say that is more than what they expect, by detail. */
const faults: ReadonlyMap<string, readonly Named[]> = new Map([
  ['kraPin', faultsIn(kraPin('P012345678Z', { values: {}, year: YEAR }))],
  [
    'employmentNumber',
    faultsIn(employmentNumber('?', { values: { employer: 'tsc' }, year: YEAR })),
  ],
]);

function faultsIn(reading: ReturnType<typeof kraPin>): readonly Named[] {
  return 'fault' in reading && reading.fault ? [reading.fault] : [];
}

/** The bank with the longest name of those that doubt a number. */
const doubted = account('123456', { values: { bank: '02' }, year: YEAR });
const longestDoubt = 'doubt' in doubted ? (doubted.doubt ?? null) : null;

const change = { detail: 'account', sealed: SEALED };
const unfit = detailNames.map((detail) => ({ detail, expects: detailOf(detail).expects }));
const unchosen = languageCodes.flatMap((language) =>
  unfit.flatMap((fault) => {
    const choices = longestList(fault.detail, language).map(({ label }) => label);
    return choices.length > 0 ? [{ ...fault, choices }] : [];
  }),
);

const textedSamples: readonly TextedDetails[] = [
  { changes: [], conflicts: [], faults: [{ detail: null, expects: null }], pending: null },
  { changes: [change], conflicts: [], faults: [], pending: null },
  { changes: [change], conflicts: ['account'], faults: [], pending: null },
  { changes: [change], conflicts: [], faults: [], pending: null, mayHoldMore: true },
  {
    changes: detailNames.map((detail) => ({ detail, sealed: '' })),
    conflicts: ['nationalId'],
    faults: unfit,
    pending: null,
  },
  ...[...unfit, ...unchosen].map((fault) => ({
    ...{ changes: [], conflicts: [], faults: [fault], pending: null },
  })),
  ...unchosen.map((fault) => ({
    ...{ changes: [change], conflicts: [], faults: [fault, ...unfit.slice(0, 1)], pending: null },
  })),
  {
    changes: [],
    conflicts: [],
    faults: [],
    pending: { change, shown: '***345', locked: true, doubt: null },
  },
  {
    changes: [change],
    conflicts: [],
    faults: unfit,
    pending: { change, shown: '***345', locked: false, doubt: longestDoubt },
  },
  {
    changes: [],
    conflicts: [],
    faults: [],
    pending: {
      ...{ change, shown: '***345', locked: true, doubt: longestDoubt, conflict: true },
      also: [{ change: { detail: 'bank' satisfies DetailName, sealed: SEALED }, shown: 'KCB' }],
    },
  },
  ...[[], unfit].map((faults) => ({
    ...{ changes: faults.length > 0 ? [change] : [], conflicts: [], faults, pending: null },
    asks: { detail: 'county' satisfies DetailName, items: manyAlike(longestList('county', 'sw')) },
  })),
];

/** What follows a keyword that takes a value: what its flow reads is in the samples of its tasks. */
export const keywordValues = [`name ${LONGEST_NAME}`] as const;

/** What is typed where anything may be: each of a kind of its own. */
export const typedAnswers = [
  ...['no such thing 7', LONGEST_NAME, '\u{1f600}', '9'.repeat(200), ''],
  // As long as a national ID can be.
  '999999999',
];
