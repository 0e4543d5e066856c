import { expect, test } from 'vitest';
import { seedItems } from '../../proof/seeds.js';
import { detailOf } from '../../src/profile/details.js';
import { judgeAmong } from '../../src/profile/judge.js';
import { type IsListed, readTexted } from '../../src/profile/texted.js';

const isListed: IsListed = (detail, said) => {
  const items = seedItems(detailOf(detail).list?.name ?? 'genders', '');
  const about = { detail, said, values: {}, year: 2026, unseen: true };
  return judgeAmong(items, about).kind !== 'bad';
};

const read = (text: string) =>
  readTexted(text, isListed).parts.map(({ detail, said }) => `${detail}: ${said}`);

test.each<[text: string, parts: readonly string[]]>([
  ['COUNTY Kisumu BANK 11', ['county: Kisumu', 'bank: 11']],
  [
    'id 12345678 kra A012345678Z born 1985',
    ['nationalId: 12345678', 'kraPin: A012345678Z', 'yearOfBirth: 1985'],
  ],
  [
    'NAME Jane Wanjiku ID 12345678 COUNTY Nairobi, TSC 345678 SCHOOL Moi Girls',
    [
      'fullName: Jane Wanjiku',
      'nationalId: 12345678',
      'county: Nairobi',
      'employmentNumber: 345678',
      'workplace: Moi Girls',
    ],
  ],
  [
    'BANK Equity BRANCH Kisumu ACC 0123456789012',
    ['bank: Equity', 'branch: Kisumu', 'account: 0123456789012'],
  ],
  ['KAUNTI Nairobi KAUNTI NDOGO Westlands', ['county: Nairobi', 'subCounty: Westlands']],
  [
    'KIN Peter Otieno KIN PHONE 0712345678 RELATION Spouse',
    ['kinName: Peter Otieno', 'kinPhone: 0712345678', 'kinRelationship: Spouse'],
  ],
  ['COUNTY Kisumu ID12345678', ['county: Kisumu', 'nationalId: 12345678']],
  ['EMAIL jane@id.example ID: 12345678', ['email: jane@id.example', 'nationalId: 12345678']],
  ['EMPLOYER TSC TSC 345678', ['employer: TSC', 'employmentNumber: 345678']],
  ['TSC 345678 EMPLOYER TSC', ['employmentNumber: 345678', 'employer: TSC']],
  [
    'PF 345678 EMPLOYER TSC COUNTY Kisumu',
    ['employmentNumber: 345678', 'employer: TSC', 'county: Kisumu'],
  ],
  ['NAME Jane Wanjiku KIN Peter Otieno', ['fullName: Jane Wanjiku', 'kinName: Peter Otieno']],
  [
    'COLLEGE Moi University COURSE Education Arts LEVEL Diploma',
    ['college: Moi University', 'course: Education Arts', 'level: Diploma'],
  ],
])('the name of another detail begins it: %s', (text, parts) => {
  expect(read(text)).toEqual(parts);
});

test.each<[text: string, parts: readonly string[]]>([
  // What may be part of a value.
  ['COLLEGE Kenya School of Law', ['college: Kenya School of Law']],
  ['SCHOOL Kisumu Girls High School Kisumu', ['workplace: Kisumu Girls High School Kisumu']],
  ['SCHOOL Kisumu County Hospital', ['workplace: Kisumu County Hospital']],
  ['EMPLOYER Private school', ['employer: Private school']],
  ['MWAJIRI Bodi ya shule (BOM)', ['employer: Bodi ya shule (BOM)']],
  ['EMPLOYER Private school BANK Equity', ['employer: Private school', 'bank: Equity']],
  ['BANK Bank of Africa', ['bank: Bank of Africa']],
  ['COUNTY Nairobi county', ['county: Nairobi county']],
  ['COURSE Certificate in Bank Management', ['course: Certificate in Bank Management']],
  ['jina langu ni Jane Muthoni', ['fullName: Jane Muthoni']],
  ['name is Isabel Nyaga, ID is 1234567', ['fullName: Isabel Nyaga', 'nationalId: 1234567']],
  ['NAME Mary Sha Otieno ID 1234567', ['fullName: Mary Sha Otieno', 'nationalId: 1234567']],
  ['CHEO Mkuu wa shule', ['designation: Mkuu wa shule']],
  // What is wrong stays with its own detail, and a number never with another.
  ['SCHOOL Moi Girls ID 123', ['workplace: Moi Girls', 'nationalId: 123']],
  ['COUNTY Kisumuu BANK Equity', ['county: Kisumuu', 'bank: Equity']],
  [
    'SCHOOL Moi Girls, Eldoret ID 12345678',
    ['workplace: Moi Girls, Eldoret', 'nationalId: 12345678'],
  ],
  ['shoe size', ['null: shoe size']],
])('a value is kept whole where it is one: %s', (text, parts) => {
  expect(read(text)).toEqual(parts);
});

test.each([
  ['COLLEGE Kenya School of Law', true],
  ['SCHOOL Kisumu County Hospital', true],
  ['SCHOOL Kisumu Girls High School Kisumu', false],
  ['SCHOOL Moi Girls, COUNTY Nairobi', false],
  ['COUNTY Kisumu BANK 11', false],
])('whether a value may hold another detail: %s', (text, may) => {
  expect(readTexted(text, isListed).mayHoldMore).toBe(may);
});
