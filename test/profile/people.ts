import type { Knex } from 'knex';
import { createAccount } from '../../src/accounts/accounts.js';
import { noteCaller } from '../../src/callers.js';
import { inTransaction } from '../../src/database/transaction.js';
import type { Language } from '../../src/dialogue/languages.js';
import { type Phone, readPhone } from '../../src/phone-number.js';
import type { DetailName } from '../../src/profile/details.js';
import { type Change, saveChanges } from '../../src/profile/profile.js';
import { createSeal, type Seal } from '../../src/seal.js';
import type { Channel } from '../../src/sessions.js';

export const NOON = new Date('2026-11-24T09:00:00Z');
export const MINUTE = 60_000;
export const USSD_CODE = '*384*27#';
export const DATA_KEY = Buffer.from('a data key of the profile tests!');
export const seal = createSeal(DATA_KEY);

let numbers = 0;

/** A number that no other test of the file has. */
export function newPhone(): Phone {
  numbers += 1;
  const phone = readPhone(`2547${String(numbers).padStart(8, '0')}`);
  if (phone === null) throw new Error('the numbers have run out');
  return phone;
}

/** Somebody who has registered. */
export async function person(db: Knex, language: Language | null = null): Promise<Phone> {
  const phone = newPhone();
  await inTransaction(db, async (trx) => {
    await noteCaller(trx, { phone, language, at: NOON });
    const passwordHash = '$argon2id$of-a-test';
    await createAccount(trx, { phone, passwordHash, via: 'ussd', at: NOON });
  });
  return phone;
}

export type Given = Readonly<Partial<Record<DetailName, string>>>;

export function changesOf(given: Given): Change[] {
  return Object.entries(given).map(([detail, value]) => ({ detail: detail as DetailName, value }));
}

/** Saves as a turn would. */
export async function save(
  db: Knex,
  phone: Phone,
  given: Given,
  options: { via?: Channel; at?: Date; seal?: Seal } = {},
): Promise<void> {
  const { via = 'ussd', at = NOON } = options;
  const changes = changesOf(given);
  await inTransaction(db, (trx) =>
    saveChanges(trx, options.seal ?? seal, { phone, changes, via, at, ussdCode: USSD_CODE }),
  );
}

/** All 25 details, each unlike anything else that a test stores. */
export const wholeProfile = {
  fullName: 'Jane Wanjiku Muthoni',
  yearOfBirth: '1985',
  gender: 'female',
  nationalId: '23456781',
  kraPin: 'A012345678Z',
  nssf: '2012345678',
  sha: 'CR7654321-8',
  email: 'jane@example.com',
  bank: '68',
  branch: '68123',
  account: '1234500067890',
  level: 'bachelors',
  college: 'Moi University',
  course: 'Education Arts',
  studied: '2008-2011',
  employer: 'tsc',
  employmentNumber: '345678',
  workplace: 'Kisumu Girls High School',
  designation: 'teacher',
  yearStarted: '2012',
  county: '42',
  subCounty: '238',
  kinName: 'Otieno Barasa Kiptoo',
  kinPhone: '254733998877',
  kinRelationship: 'guardian',
} as const satisfies Record<DetailName, string>;

/** Other values for all of them. */
export const changedProfile = {
  fullName: 'Jane Wanjiku Kamau',
  yearOfBirth: '1986',
  gender: 'male',
  nationalId: '34567892',
  kraPin: 'A987654321B',
  nssf: '2087654321',
  sha: 'CR1122334-5',
  email: 'none',
  bank: '01',
  branch: 'Kakamega Road',
  account: '1188776655',
  level: 'masters',
  college: 'Maseno University',
  course: 'Mathematics',
  studied: '2009-2013',
  employer: 'police',
  employmentNumber: 'PF/99/1',
  workplace: 'Vihiga Station',
  designation: 'driver',
  yearStarted: '2014',
  county: '38',
  subCounty: '211',
  kinName: 'Akinyi Nafula Chebet',
  kinPhone: '254744112233',
  kinRelationship: 'sibling',
} as const satisfies Record<DetailName, string>;
