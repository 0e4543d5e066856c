import type { Random } from '../proof/random.js';
import type { DrawFor } from './drawing.js';

/** Something that somebody was told is kept: the value, and between which instants it was. */
export type Kept = {
  readonly what: string;
  readonly value: string;
  /** They may not have been registered yet, and then it was not. */
  readonly sure: boolean;
  readonly began: number;
  readonly ended: number;
};

/** Somebody's try to log in, by milliseconds, and what came of it. */
export type Login = {
  readonly password: string;
  readonly began: number;
  readonly ended: number;
  readonly in: boolean;
};

/** A number, and what its person knows of the service. */
export type Person = {
  /** `+254712000001`. */
  readonly number: string;
  /** The same as the database has it. */
  readonly phone: string;
  /** Whether they were told that they are registered. */
  registered: boolean;
  readonly kept: Kept[];
  readonly logins: Login[];
  /** The password that they have chosen last; without `holds` the answer was lost, and nobody knows. */
  own: {
    readonly password: string;
    readonly began: number;
    readonly ended: number;
    readonly holds: boolean;
  } | null;
};

export function createPerson(nr: number): Person {
  const phone = String(254_712_000_000 + nr * 37);
  const known = { registered: false, kept: [], logins: [], own: null };
  return { number: `+${phone}`, phone, ...known };
}

/** A question about a person, and what they can answer. */
export type Question = {
  readonly detail: string;
  /** The word to text before the answer. */
  readonly keyword: string;
  /** How the question begins, in both languages. */
  readonly asked: RegExp;
  answer(random: Random, person: Person): string;
  /** What is kept of an answer, where it is not the answer itself. */
  readonly keeps?: Readonly<Record<string, string>>;
};

export const questions: readonly Question[] = [
  {
    detail: 'fullName',
    keyword: 'NAME',
    asked: /^(Full name|Jina kamili)\?/,
    answer: (random) => `${random.pick(names)} ${random.pick(names)} ${random.pick(names)}`,
  },
  {
    detail: 'yearOfBirth',
    keyword: 'BORN',
    asked: /^(Year of birth|Mwaka wa kuzaliwa)\?/,
    answer: (random) => String(1950 + random.below(50)),
  },
  {
    detail: 'gender',
    keyword: 'GENDER',
    asked: /^(Gender|Jinsia)\?/,
    answer: (random) => random.pick(['1', '2']),
    keeps: { 1: 'male', 2: 'female' },
  },
  {
    detail: 'nationalId',
    keyword: 'ID',
    asked: /^(National ID|Nambari ya kitambulisho)\?/,
    // Nobody else's: the last digits of the number are in it.
    answer: (random, { phone }) => `${1 + random.below(9)}${phone.slice(-6)}`,
  },
  {
    detail: 'kraPin',
    keyword: 'KRA',
    asked: /^(KRA PIN|PIN ya KRA)\?/,
    answer: (random) => `A${digits(random, 9)}${random.pick(['K', 'Q', 'Z'])}`,
  },
  {
    detail: 'nssf',
    keyword: 'NSSF',
    asked: /^(NSSF number|Nambari ya NSSF)\?/,
    answer: (random) => `20${digits(random, 7)}`,
  },
  {
    detail: 'sha',
    keyword: 'SHA',
    asked: /^(SHA \(NHIF\) number|Nambari ya SHA \(NHIF\))\?/,
    answer: (random) => `CR${digits(random, 7)}-${digits(random, 1)}`,
  },
  {
    detail: 'email',
    keyword: 'EMAIL',
    asked: /^(E-mail|Barua pepe)\?/,
    answer: (random) => `${random.pick(names).toLowerCase()}${digits(random, 4)}@example.com`,
  },
];

const names = [
  'Achieng',
  'Barasa',
  'Chebet',
  'Halima',
  'Jomo',
  'Kamau',
  'Mumbua',
  'Njeri',
  'Otieno',
];

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.below(10)).join('');
}

/** Everybody there is. */
export function createPeople(count: number, draw: DrawFor): readonly Person[] {
  const first = draw('people').below(1_000);
  return Array.from({ length: count }, (_, nr) => createPerson(first + nr));
}
