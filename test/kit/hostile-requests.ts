/** What a request should be refused for: see `Fault`. */
export type HostileRequest = {
  readonly label: string;
  /** As it stands on the wire: a body, or a query. */
  readonly written: string;
  readonly kind: 'malformed' | 'unservedNumber';
  readonly fields: readonly string[];
};

/** The names that a wire gives to what it says. */
export type FieldNames = {
  readonly session: string;
  readonly phone: string;
  readonly text: string;
  readonly step?: string;
};

type Fields = Readonly<Record<string, unknown>>;

const foreign: readonly (readonly [string, string])[] = [
  ['a Ghanaian number', '233246912184'],
  ['a Ugandan number', '256701430234'],
  ['a Nairobi land line', '254202345678'],
  ['a masked number', '254XXXXX678'],
  ['a number of 200 digits', '7'.repeat(200)],
  ['an emoji for a number', '📱'],
  ['SQL for a number', "0712345678'; drop table accounts; --"],
];

/** All that may come in place of a good request in JSON, one fault at a time. */
export function hostileJson(good: Fields, names: FieldNames): readonly HostileRequest[] {
  const { session, phone, text, step } = names;
  const malformed = (label: string, fields: string[], written: string): HostileRequest => ({
    ...{ label, written, kind: 'malformed', fields },
  });
  const but = (changes: Fields) => JSON.stringify({ ...good, ...changes });
  const doubled = (name: string, written = JSON.stringify(name)) =>
    `{${written}:${JSON.stringify(good[name])},${but({}).slice(1)}`;
  const escaped = (name: string) =>
    `"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}"`;

  return [
    ...[
      ['nothing', ''],
      ['null', 'null'],
      ['a list', `[${but({})}]`],
      ['a text', '"1"'],
      ['a number', '7'],
      ['half an object', but({}).slice(0, -1)],
      ['two objects', but({}).repeat(2)],
      ['a form under the name of JSON', `${session}=1&${phone}=0712345678`],
      ['quotes that are single', but({}).replaceAll('"', "'")],
      ['8,000 lists within each other', '['.repeat(8_000)],
      ['noise', '\x01\x02\uffff%%%'],
    ].map(([label = '', written = '']) => malformed(label, ['request'], written)),

    malformed('no session', [session], but({ [session]: undefined })),
    malformed('a session that is null', [session], but({ [session]: null })),
    malformed(
      'a session that is inherited',
      [session],
      but({ [session]: undefined, constructor: 1 }),
    ),
    malformed(
      'a session in a prototype',
      [session],
      `{"__proto__":{"${session}":"1"},${but({ [session]: undefined }).slice(1)}`,
    ),
    malformed('an empty session', [session], but({ [session]: '' })),
    malformed('a session of spaces', [session], but({ [session]: '   ' })),
    malformed('a session with NUL', [session], but({ [session]: 'a\0b' })),
    malformed('a session of 200 letters', [session], but({ [session]: 'a'.repeat(200) })),
    malformed('a session of emoji', [session], but({ [session]: '😀' })),
    malformed('a session that is half a number', [session], but({ [session]: 1.5 })),
    malformed('a session beyond numbers', [session], but({ [session]: 1e300 })),
    malformed('a session in a list', [session], but({ [session]: ['1'] })),
    malformed('a doubled session', [session], doubled(session)),
    malformed(
      'a session doubled under an escaped name',
      [session],
      doubled(session, escaped(session)),
    ),
    malformed(
      'a session in another letter case',
      [session],
      but({ [session]: undefined, [session.toUpperCase()]: good[session] }),
    ),

    malformed('no number', [phone], but({ [phone]: undefined })),
    malformed('an empty number', [phone], but({ [phone]: '' })),
    malformed('a number in a list', [phone], but({ [phone]: ['0712345678'] })),
    malformed('a number in an object', [phone], but({ [phone]: { toString: '0712345678' } })),
    malformed('a doubled number', [phone], doubled(phone)),
    ...foreign.map(([label, number]) => ({
      ...({
        label,
        written: but({ [phone]: number }),
        kind: 'unservedNumber',
        fields: [phone],
      } as const),
    })),

    malformed('a text in a list', [text], but({ [text]: ['1'] })),
    malformed('a text in an object', [text], but({ [text]: { a: '1' } })),
    malformed('a text that is half a number', [text], but({ [text]: 0.5 })),
    malformed('a doubled text', [text], doubled(text)),

    ...(step === undefined
      ? []
      : [
          malformed('no step', [step], but({ [step]: undefined })),
          malformed('a step that is null', [step], but({ [step]: null })),
          malformed('an empty step', [step], but({ [step]: '' })),
          malformed('a step that nobody knows', [step], but({ [step]: 'AddToCart' })),
          malformed('a step that every object has', [step], but({ [step]: 'constructor' })),
          malformed('a step in a list', [step], but({ [step]: [good[step]] })),
          malformed('a doubled step', [step], doubled(step)),
        ]),
  ];
}

/** All that may come in place of a good query, or form, one fault at a time. */
export function hostileQueries(
  good: Readonly<Record<string, string>>,
  names: FieldNames,
): readonly HostileRequest[] {
  const { session, phone, text, step } = names;
  const malformed = (label: string, fields: string[], written: string): HostileRequest => ({
    ...{ label, written, kind: 'malformed', fields },
  });
  const but = (changes: Readonly<Record<string, string>>, ...without: string[]) => {
    const kept = Object.entries({ ...good, ...changes });
    return String(new URLSearchParams(kept.filter(([name]) => !without.includes(name))));
  };
  const same = (name: string) => `${name}=${encodeURIComponent(good[name] ?? '')}`;

  return [
    malformed('1,500 fields', ['request'], `${but({})}${'&a=1'.repeat(1_500)}`),
    malformed('25,000 letters of nothing', ['request'], `${'&&a=b'.repeat(2_000)}&${but({})}`),
    malformed('no session', [session], but({}, session)),
    malformed('an empty session', [session], but({ [session]: '' })),
    malformed('a session of spaces', [session], but({ [session]: '  ' })),
    malformed('a session with NUL', [session], but({ [session]: 'a\0b' })),
    malformed('a session of 200 letters', [session], but({ [session]: 'a'.repeat(200) })),
    malformed('a session of emoji', [session], but({ [session]: '😀' })),
    malformed('a doubled session', [session], `${but({})}&${same(session)}`),
    malformed(
      'a session in another letter case',
      [session],
      but({ [session.toUpperCase()]: '1' }, session),
    ),
    malformed('no number', [phone], but({}, phone)),
    malformed('an empty number', [phone], but({ [phone]: '' })),
    malformed('a doubled number', [phone], `${but({})}&${same(phone)}`),
    ...foreign.map(([label, number]) => ({
      ...({
        label,
        written: but({ [phone]: number }),
        kind: 'unservedNumber',
        fields: [phone],
      } as const),
    })),
    malformed('a doubled text', [text], `${but({})}&${same(text)}`),
    malformed('a text as a list', [text], `${but({}, text)}&${text}[]=1`),
    malformed('a text as an object', [text], `${but({}, text)}&${text}%5Ba%5D=1`),
    malformed('a text with an inherited name', [text], `${but({}, text)}&${text}[toString]=1`),
    malformed('a text and an object', [text], `${but({})}&${text}[a]=2`),
    malformed('a text with a prototype', [text], `${but({}, text)}&${text}[__proto__][a]=1`),
    ...(step === undefined
      ? []
      : [
          malformed('no step', [step], but({}, step)),
          malformed('a step that nobody knows', [step], but({ [step]: 'constructor' })),
          malformed('a doubled step', [step], `${but({})}&${same(step)}`),
        ]),
  ];
}
