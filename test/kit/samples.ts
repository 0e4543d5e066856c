import type { TaskName, Tasks } from '../../src/dialogue/world.js';

/** The longest name that the rule lets through, in letters that are wide as well. */
export const LONGEST_NAME = `${'Wanjiku-Muthoni '.repeat(3)}Njeri-Kamau`
  .slice(0, 59)
  .padEnd(60, 'W');

export const SAMPLE_PASSWORD = '8888 8888';
export const SAMPLE_HASH = '$argon2id$of-a-sample';

/** Every answer that matters to each task. A task that is added has to say its own. */
export const samples: { readonly [Name in TaskName]: readonly Tasks[Name]['output'][] } = {
  findCaller: [
    { registered: false, undelivered: null },
    { registered: true, undelivered: null },
    { registered: true, undelivered: 'blocked' },
    { registered: true, undelivered: 'phoneOff' },
    { registered: true, undelivered: 'other' },
  ],
  makePassword: [{ password: SAMPLE_PASSWORD, passwordHash: SAMPLE_HASH }],
  checkReset: [{ allowed: true }, { allowed: false, againAt: '2026-12-31T20:59:00.000Z' }],
  readProfile: [
    { fullName: null, memberSince: '2026-12-31T20:59:00.000Z' },
    { fullName: LONGEST_NAME, memberSince: '2026-12-31T20:59:00.000Z' },
  ],
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
  ...['', 'no such thing 7', LONGEST_NAME, 'Al Amin', '😀', '9'.repeat(200)],
];
