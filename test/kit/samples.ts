import type { ListedItem, TaskName, Tasks, TextedDetails } from '../../src/dialogue/world.js';
import { detailNames, detailOf } from '../../src/profile/details.js';
import { account, employmentNumber } from '../../src/profile/rules.js';

/** The longest name that the rule lets through, in letters that are wide as well. */
export const LONGEST_NAME = `${'Wanjiku-Muthoni '.repeat(3)}Njeri-Kamau`
  .slice(0, 59)
  .padEnd(60, 'W');

export const SAMPLE_PASSWORD = '8888 8888';
export const SAMPLE_HASH = '$argon2id$of-a-sample';

export const SAMPLE_ACCOUNT = '00000000-0000-4000-8000-000000000000';

const AT = '2026-12-31T20:59:00.000Z';

/** A list of some pages with the longest names that the reference data may have. */
const counties: readonly ListedItem[] = Array.from({ length: 7 }, (_, index) => ({
  number: index + 41,
  label: `County ${index + 1} `.padEnd(40, 'W'),
}));

const everythingShown = Object.fromEntries(detailNames.map((name) => [name, LONGEST_NAME]));
const { account: _, ...allButPayout } = everythingShown;
const change = { detail: 'account', sealed: 'c2VhbGVk' };

function faultOf(rule: typeof employmentNumber, said: string, employer = '') {
  const reading = rule(said, { values: { employer }, year: 2026 });
  return 'fault' in reading ? reading.fault : null;
}
/** The other fault of its own kind belongs to one question, whose conversation shows it. */
const longestFault = faultOf(employmentNumber, '?', 'tsc');
const doubted = account('123456', { values: { bank: '02' }, year: 2026 });
const longestDoubt = 'doubt' in doubted ? (doubted.doubt ?? null) : null;

const faults = detailNames.map((detail) => ({ detail, expects: detailOf(detail).expects }));
const textedSamples: readonly TextedDetails[] = [
  { changes: [], conflicts: [], faults: [{ detail: null, expects: null }], pending: null },
  { changes: [change], conflicts: [], faults: [], pending: null },
  {
    changes: detailNames.map((detail) => ({ detail, sealed: '' })),
    conflicts: ['nationalId'],
    faults,
    pending: null,
  },
  ...faults.map((fault) => ({ changes: [], conflicts: [], faults: [fault], pending: null })),
  {
    changes: [],
    conflicts: [],
    faults: [],
    pending: { change, shown: '***345', locked: true, doubt: null },
  },
  {
    changes: [change],
    conflicts: [],
    faults,
    pending: { change, shown: '***345', locked: false, doubt: longestDoubt },
  },
];

/** Every answer that matters to each task. A task that is added has to say its own. */
export const samples: { readonly [Name in TaskName]: readonly Tasks[Name]['output'][] } = {
  findCaller: [
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
  makePassword: [{ password: SAMPLE_PASSWORD, passwordHash: SAMPLE_HASH }],
  checkReset: [{ allowed: true }, { allowed: false, againAt: '2026-12-31T20:59:00.000Z' }],
  openProfile: [
    { registered: false },
    { registered: true, silent: true, held: 'c2VhbGVk' },
    { registered: true, silent: false, memberSince: AT, shown: everythingShown, texted: null },
    { registered: true, silent: false, memberSince: AT, shown: {}, texted: null },
    { registered: true, silent: false, memberSince: AT, shown: allButPayout, texted: null },
    {
      ...{ registered: true, silent: false, memberSince: AT, shown: {} },
      texted: { changes: [change], conflicts: [], faults: [], pending: null },
    },
    ...textedSamples.map((texted) => ({
      registered: true as const,
      silent: false as const,
      memberSince: AT,
      shown: everythingShown,
      texted,
    })),
  ],
  prepareQuestion: [
    { items: [], locked: false },
    { items: counties, locked: false },
    { items: [], locked: true },
  ],
  judgeAnswer: [
    { kind: 'good', change, shown: LONGEST_NAME, doubt: null, conflict: false },
    { kind: 'good', change, shown: LONGEST_NAME, doubt: null, conflict: true },
    { kind: 'good', change, shown: LONGEST_NAME, doubt: longestDoubt, conflict: false },
    { kind: 'several', items: counties.slice(0, 2) },
    { kind: 'bad', fault: null },
    { kind: 'bad', fault: longestFault },
  ],
  readOldNumber: [null, { number: 'c2VhbGVk', shown: '0712***678' }],
  checkMove: [
    { permit: { allowed: true }, claim: { accountId: null, idFits: false } },
    { permit: { allowed: true }, claim: { accountId: SAMPLE_ACCOUNT, idFits: true } },
    { permit: { allowed: false, againAt: AT }, claim: { accountId: null, idFits: false } },
  ],
  checkIdentity: ['right', 'wrong', 'stopped', 'unknown'],
};

/** The longest values that the configuration lets through. */
export const longestFacts = {
  phone: '0712***678',
  ussdCode: '*123456*789*123#',
  smsShortCode: '88888888',
  web: 'https://www.cp2.registration.knec.example.go.ke:84',
} as const;

/** What callers reply: each option and way out, what is no option, and each kind of free text. */
export const replies = [
  ...['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '00', '98'],
  ...['99', '', 'no such thing 7', LONGEST_NAME, 'Al Amin', '😀', '9'.repeat(200)],
];
