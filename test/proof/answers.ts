import { seedRows } from '../../proof/seeds.js';
import { type DetailName, detailNames, detailOf } from '../../src/profile/details.js';
import type { Random } from './random.js';

/** Any answer to a question: right ones, nearly right ones, ways out, and what nobody would think of. */
export function anyAnswer(random: Random, asked: DetailName | null): string {
  const detail = asked ?? random.pick(detailNames);
  switch (random.below(10)) {
    case 0:
    case 1:
    case 2:
      return rightAnswer(random, detail);
    case 3:
    case 4:
      return spoilt(random, rightAnswer(random, detail));
    case 5:
      return rightAnswer(random, random.pick(detailNames));
    case 6:
      return random.pick(['0', '00', '98', '98', '99', '', ' ', '#', '*', '1*2', '01']);
    case 7:
      return String(random.below(random.pick([5, 10, 60])));
    case 8:
      return many(random, random.below(22), () => String(random.below(10)));
    default:
      return many(random, random.below(random.pick([4, 20, 70, 250])), () =>
        random.pick(characters),
      );
  }
}

/** An answer that is likely to be taken. */
export function rightAnswer(random: Random, detail: DetailName): string {
  const digits = (count: number) => many(random, count, () => String(random.below(10)));
  const { list } = detailOf(detail);
  const rows = list ? seedRowsOf(list.name) : [];
  if (rows.length > 0 && !random.chance(list?.orTyped ? 0.5 : 0)) {
    const { name, number } = random.pick(rows);
    const written = random.pick([name.en, name.sw, String(number ?? 1)]);
    return random.chance(0.3) ? written.slice(0, 1 + random.below(6)) : written;
  }
  switch (detail) {
    case 'yearOfBirth':
      return String(1930 + random.below(85));
    case 'yearStarted':
      return String(1945 + random.below(85));
    case 'studied':
      return `${1945 + random.below(85)}${random.pick(['-', ' - ', ' to ', '–', ' hadi '])}${1950 + random.below(90)}`;
    case 'nationalId':
      return digits(5 + random.below(6));
    case 'kraPin':
      return `${random.pick(['A', 'a', 'P'])}${digits(9)}${random.pick([...'AZkq'])}`;
    case 'nssf':
      return digits(6 + random.below(6));
    case 'sha':
      return `CR${digits(4 + random.below(8))}-${random.below(10)}`;
    case 'email':
      return random.pick(['jane@example.com', 'NONE', 'hakuna', 'a.b+c@x-y.co.ke', '{j}~^@[x].ke']);
    case 'account':
      return digits(5 + random.below(13));
    case 'employmentNumber':
      return random.pick([digits(2 + random.below(9)), `pf/${digits(5)}`, `KP-${digits(7)}`]);
    case 'kinPhone':
      return `${random.pick(['07', '+2541', '2547', '01', '7'])}${digits(8)}`;
    default:
      return many(random, 1 + random.below(5), () => random.pick(words));
  }
}

const words = [
  ...['Wanjiku ', "Ng'ang'a ", 'Mũthoni ', 'St. ', 'Al ', 'O’Brien ', 'Otieno-Barasa ', 'Kisumu '],
  ...['Girls, ', '(B.Ed.) ', '& Arts ', '"Moi" ', '2nd/3rd ', 'ĆĘ ', '吴 ', 'ẞtraße '],
];

/** Of every kind that a phone, or a program that plays one, can send. */
const characters = [
  ...'aZ09 .,-/\'"&()@+:;<>=*#_?!%$\\^{}[]~|€£ñüĩŵŋअ١吴😀',
  ...['\u0000', '\u0001', '\u001b', '\n', '\r', '\t', '\u00a0', '\u0303', '\u200d', '\u202e'],
  ...['\ud83d', '\udc00', '\ufeff', '\u{1f469}\u{1f3fd}', 'ﬁ', 'İ', 'ß', '\u2019', '%00', '&text='],
];

/** With one or a few of its characters left out, doubled, changed, or in another letter case. */
function spoilt(random: Random, answer: string): string {
  let text = answer;
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const at = random.below(text.length + 1);
    const [before, after] = [text.slice(0, at), text.slice(at)];
    text = random.pick([
      before + after.slice(1),
      before + random.pick(characters) + after,
      before + random.pick(characters) + after.slice(1),
      before + before.slice(-1) + after,
      text.toUpperCase(),
      text.toLowerCase(),
      ` ${text}  `,
      text + text,
    ]);
  }
  return text;
}

function many(random: Random, count: number, make: (random: Random) => string): string {
  return Array.from({ length: count }, () => make(random)).join('');
}

const lists = new Map<string, ReturnType<typeof seedRows>>();

function seedRowsOf(list: Parameters<typeof seedRows>[0]): ReturnType<typeof seedRows> {
  const rows = lists.get(list) ?? seedRows(list);
  lists.set(list, rows);
  return rows;
}
