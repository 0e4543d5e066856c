import { describe, expect, test } from 'vitest';
import type { DetailName } from '../../src/profile/details.js';
import { judge } from '../../src/profile/judge.js';
import type { Values } from '../../src/profile/profile.js';
import { useDatabase } from '../kit/database.js';

const database = useDatabase();

const judged = (detail: DetailName, said: string, values: Values = {}) =>
  judge(database().db, { detail, said, values, year: 2026 });

type Cases = {
  /** What is said, and what is kept. */
  readonly good: Readonly<Record<string, string>>;
  readonly bad: readonly string[];
  /** What is known already. */
  readonly values?: Values;
};

const name: Cases = {
  good: {
    Al: 'Al',
    '  Jane   Wanjiku\tMuthoni ': 'Jane Wanjiku Muthoni',
    'O’Brien Ng`ang´a': "O'Brien Ng'ang'a",
    'Mary-Anne St. John Jr.': 'Mary-Anne St. John Jr.',
    'Wambũi Mũthoni': 'Wambũi Mũthoni',
    'Wambu\u0303i': 'Wambũi',
    ['a'.repeat(60)]: 'a'.repeat(60),
  },
  bad: [
    '',
    ' ',
    'A',
    '7',
    'R2 D2',
    "'Jane",
    '-',
    '<b>Jane</b>',
    'Jane; Otieno',
    'Hapana',
    'YES',
    'none',
    'HAKUNA',
    '😀😀',
    'a'.repeat(61),
  ],
};

const text: Cases = {
  good: {
    'Moi University': 'Moi University',
    '  St. Mary’s  (Girls) ': "St. Mary's (Girls)",
    'B.Ed. & Arts: 2nd/3rd + "x"': 'B.Ed. & Arts: 2nd/3rd + "x"',
    'St. Mary “Girls”': 'St. Mary "Girls"',
    P2: 'P2',
    ['a'.repeat(60)]: 'a'.repeat(60),
  },
  bad: [
    '',
    'x',
    '77',
    '+-',
    'ndiyo',
    'No',
    'a'.repeat(61),
    '<script>',
    'a;b',
    'x=y',
    '😀 school',
    'a\u0000b',
  ],
};

const year = { values: { yearOfBirth: '1985' } } satisfies { values: Values };

const table: readonly (readonly [DetailName, string, Cases])[] = [
  ['fullName', '', name],
  ['kinName', '', name],
  [
    'yearOfBirth',
    '18 to 90 in 2026',
    {
      good: { '2008': '2008', ' 1936 ': '1936', '1985': '1985' },
      bad: ['2009', '1935', '85', '01985', '1985.', '12/5/1985', 'abcd', '', '١٩٨٥', '1e3'],
    },
  ],
  [
    'gender',
    '',
    {
      good: {
        '1': 'male',
        '2': 'female',
        Female: 'female',
        ma: 'male',
        Mke: 'female',
        MUME: 'male',
      },
      bad: ['3', '0', 'x', '', 'man', '-1'],
    },
  ],
  [
    'nationalId',
    '',
    {
      good: {
        '123456': '123456',
        '123456789': '123456789',
        '12 345-678': '12345678',
        '00123456': '00123456',
        'No. 1234567': '1234567',
      },
      bad: ['12345', '1234567890', '1234567a', '', '١٢٣٤٥٦٧٨', '12,345,678', '+12345678'],
    },
  ],
  [
    'kraPin',
    '',
    {
      good: {
        A012345678Z: 'A012345678Z',
        'a012 345 678z': 'A012345678Z',
        'A-012345678-Z': 'A012345678Z',
      },
      bad: [
        'P012345678Z',
        'B012345678Z',
        'A01234567Z',
        'A0123456789Z',
        'A0123456789',
        '012345678',
        '',
        'AO12345678Z',
      ],
    },
  ],
  [
    'nssf',
    '',
    {
      good: { '1234567': '1234567', '1234567890': '1234567890', '20 1234 5678': '2012345678' },
      bad: ['123456', '12345678901', '123456X', ''],
    },
  ],
  [
    'sha',
    '',
    {
      good: {
        'cr1234567-8': 'CR1234567-8',
        'CR 1234567-8': 'CR1234567-8',
        '123456': '123456',
        'Number CR1234567-8': 'CR1234567-8',
        ['A'.repeat(20)]: 'A'.repeat(20),
      },
      bad: ['12345', 'A'.repeat(21), 'CR12345_8', 'CR/123456', '', 'ÇR1234567', 'hakuna'],
    },
  ],
  [
    'email',
    '',
    {
      good: {
        'Jane.W+x@Example.CO.ke': 'jane.w+x@example.co.ke',
        none: 'none',
        ' NONE ': 'none',
        Hakuna: 'none',
        sina: 'none',
        '-': 'none',
      },
      bad: [
        ...[
          '',
          'jane',
          'jane@',
          '@example.com',
          'jane@example',
          'a b@example.com',
          'a@b@example.com',
        ],
        ...[
          'jane@example.c',
          'jane@.com',
          'jane,x@example.com',
          `${'a'.repeat(90)}@example.com`,
          'nobody',
        ],
      ],
    },
  ],
  [
    'bank',
    '',
    {
      good: { Equity: '68', 'equity bank': '68', 'Benki ya KCB': '01', 'co-op': '11' },
      bad: ['', 'Bank of Nowhere', '999', '98', '99'],
    },
  ],
  ['branch', 'of a bank without a list', { ...text, values: { bank: '68' } }],
  ['branch', 'without a bank', text],
  [
    'account',
    'without a bank',
    {
      good: {
        '123456': '123456',
        '1234567890123456': '1234567890123456',
        '01-23 456.7': '01234567',
      },
      bad: ['12345', '12345678901234567', '12345A', '', 'none'],
    },
  ],
  [
    'level',
    '',
    {
      good: {
        '1': 'certificate',
        phd: 'phd',
        "Bachelor's": 'bachelors',
        bachelors: 'bachelors',
        Shahada: 'bachelors',
      },
      bad: ['', '0', '8', 'Professor'],
    },
  ],
  ['college', '', text],
  ['course', '', text],
  [
    'studied',
    '',
    {
      ...year,
      good: {
        '2008-2011': '2008-2011',
        '2008 – 2011': '2008-2011',
        '2008 to 2011': '2008-2011',
        '2008 hadi 2011': '2008-2011',
        '2008 2011': '2008-2011',
        '1995-1995': '1995-1995',
        '2026-2032': '2026-2032',
      },
      bad: [
        '2011-2008',
        '1994-1998',
        '2027-2028',
        '2026-2033',
        '2008',
        '08-11',
        '20082011',
        '',
        '2008-2011-2012',
      ],
    },
  ],
  [
    'employer',
    '',
    {
      good: { '1': 'tsc', TSC: 'tsc', Board: 'bom', police: 'police', Mstaafu: 'retired' },
      bad: ['', '9', 'Nobody'],
    },
  ],
  [
    'employmentNumber',
    'at TSC',
    {
      values: { employer: 'tsc' },
      good: {
        '1234': '1234',
        '12345678': '12345678',
        '345 678': '345678',
        'No. 345678': '345678',
        'nambari 345678': '345678',
      },
      bad: ['123', '123456789', 'PF/123', '', '3456-78'],
    },
  ],
  [
    'employmentNumber',
    'elsewhere',
    {
      values: { employer: 'police' },
      good: {
        'pf/12-3': 'PF/12-3',
        'PF 1234': 'PF1234',
        'NO 12345': '12345',
        NO12345: 'NO12345',
        '7': '7',
        ['9'.repeat(20)]: '9'.repeat(20),
      },
      bad: ['', '/-', '9'.repeat(21), 'PF_12', 'PF#1', 'é1', 'none', 'Hakuna', 'N/A', 'NO'],
    },
  ],
  ['workplace', '', text],
  [
    'designation',
    'from the list or typed',
    {
      good: {
        '6': 'teacher',
        teacher: 'teacher',
        Dereva: 'driver',
        'Chief invigilator': 'Chief invigilator',
      },
      bad: ['', 'x!', '77', 'a'.repeat(61)],
    },
  ],
  [
    'yearStarted',
    'of somebody born in 1985',
    {
      ...year,
      good: { '2000': '2000', ' 2026 ': '2026' },
      bad: ['1999', '2027', '15', '', 'abcd'],
    },
  ],
  [
    'yearStarted',
    'of somebody of unknown age',
    { good: { '1951': '1951', '2026': '2026' }, bad: ['1950', '2027'] },
  ],
  [
    'county',
    '',
    {
      good: {
        '1': '1',
        '47': '47',
        nairobi: '47',
        'Murang’a': '21',
        'Kaunti ya Kisumu': '42',
        'taita taveta': '6',
      },
      bad: ['', '0', '48', 'Kampala', '98', '99'],
    },
  ],
  [
    'subCounty',
    'of Nairobi',
    {
      values: { county: '47' },
      good: { Westlands: '307', '17': '307', langata: '301' },
      bad: ['', '18', 'Kiharu'],
    },
  ],
  ['subCounty', 'without a county', { good: {}, bad: ['', '1', 'Westlands'] }],
  [
    'kinPhone',
    '',
    {
      good: {
        '0712345678': '254712345678',
        '0112 345 678': '254112345678',
        '712345678': '254712345678',
        '+254 (712) 345-678': '254712345678',
        '254712345678': '254712345678',
      },
      bad: ['', '071234567', '07123456789', '0812345678', '+255712345678', '020 2345678', 'none'],
    },
  ],
  [
    'kinRelationship',
    '',
    {
      good: { '1': 'spouse', parent: 'parent', Mzazi: 'parent', Kaka: 'sibling' },
      bad: ['', '7', 'Neighbour'],
    },
  ],
];

describe.each(table)('%s %s', (detail, _, { good, bad, values }) => {
  test.each(Object.entries(good))('%j is kept as %j', async (said, value) => {
    expect(await judged(detail, said, values)).toMatchObject({ kind: 'good', value, doubt: null });
  });

  test.each(bad.map((said) => [said]))('%j is refused', async (said) => {
    expect(await judged(detail, said, values)).toMatchObject({
      kind: 'bad',
      expects: { en: expect.stringMatching(/\w/), sw: expect.stringMatching(/\w/) },
    });
  });
});

test.each([
  ['68', 'Equity', 13],
  ['01', 'KCB', 10],
  ['11', 'Co-op', 14],
  ['03', 'Absa', 10],
  ['07', 'NCBA', 10],
  ['02', 'Standard Chartered', 13],
])(
  'bank %s, %s: account numbers of other than %i digits are doubted',
  async (key, bank, digits) => {
    for (let length = 6; length <= 16; length += 1) {
      const value = '7'.repeat(length);
      const question = (...parts: (string | number)[]) =>
        expect.stringMatching(new RegExp(parts.join('\\b.*\\b')));
      const doubt =
        length === digits
          ? null
          : {
              en: `${bank} numbers have ${digits} digits, yours has ${length}. Keep it?`,
              sw: question(bank, digits, length),
            };
      expect(await judged('account', value, { bank: key })).toMatchObject({
        ...{ kind: 'good', value, doubt },
      });
    }
  },
);

test('of a bank whose numbers nobody knows, every length is right', async () => {
  for (const account of ['123456', '1234567890123456']) {
    expect(await judged('account', account, { bank: '70' })).toMatchObject({ doubt: null });
  }
});

test('a PIN of a company is told apart', async () => {
  const { expects } = (await judged('kraPin', 'p012345678z')) as { expects: { en: string } };
  expect(expects.en).toContain('P is for companies');
});

test.each<[DetailName, string, Values, string]>([
  ['yearStarted', '2027', {}, 'No later than this year'],
  ['yearStarted', '1999', { yearOfBirth: '1985' }, 'You were under 15 in 1999'],
  ['studied', '2011-2008', {}, 'earlier year comes first'],
  ['studied', '2027-2028', {}, 'Begun by this year'],
  ['studied', '2024-2033', {}, 'over in 6 years at most'],
  ['studied', '1994-2000', { yearOfBirth: '1985' }, 'You were under 10 in 1994'],
  ['yearOfBirth', '1990', { yearStarted: '2004' }, 'under 15 when work began in 2004'],
  ['yearOfBirth', '1999', { studied: '2008-2011' }, 'under 10 when study began in 2008'],
])('%s %j says why it is refused', async (detail, said, values, why) => {
  const judgement = await judged(detail, said, values);
  expect(judgement).toMatchObject({ kind: 'bad', expects: { en: expect.stringContaining(why) } });
});

test('a year of birth goes with the years that are kept, to the year', async () => {
  const values = { yearStarted: '2005', studied: '2000-2004' };
  expect(await judged('yearOfBirth', '1990', values)).toMatchObject({ kind: 'good' });
  expect(await judged('yearOfBirth', '1991', values)).toMatchObject({ kind: 'bad' });
});

test('letters with which several items begin are a question', async () => {
  expect(await judged('county', 'm')).toMatchObject({ kind: 'several' });
  expect(await judged('gender', 'M')).toMatchObject({ kind: 'several' });
});
