import { expect, test } from 'vitest';
import { longestName, seedItems } from '../../proof/seeds.js';
import { alike } from '../../src/dialogue/named.js';
import { findCoded, findItems, findNamed } from '../../src/reference/find.js';

const named = (items: readonly { name: { en: string } }[]) => items.map(({ name }) => name.en);

test.each([
  // By number, and only the one of exactly that number.
  ['1', ['Mombasa']],
  ['47', ['Nairobi']],
  ['047', ['Nairobi']],
  [' 42. ', ['Kisumu']],
  ['7)', ['Garissa']],
  ['48', []],
  ['0', []],
  ['-1', []],
  // By the whole name, whatever the marks in it.
  ['Nairobi', ['Nairobi']],
  ['MURANG’A', ["Murang'a"]],
  ['muranga', ["Murang'a"]],
  ['Taita Taveta', ['Taita-Taveta']],
  ['taita – taveta', ['Taita-Taveta']],
  ['homabay', ['Homa Bay']],
  ['  Tana   River ', ['Tana River']],
  ['Kísumú', ['Kisumu']],
  // By first letters.
  ['nai', ['Nairobi']],
  ['Mu', ["Murang'a"]],
  ['ki', ['Kilifi', 'Kitui', 'Kirinyaga', 'Kiambu', 'Kisumu', 'Kisii']],
  ['trans n', ['Trans Nzoia']],
  ['transn', ['Trans Nzoia']],
  // By the first letters of a further word, where no name begins so.
  ['nithi', ['Tharaka-Nithi']],
  ['gishu', ['Uasin Gishu']],
  ['b', ['Bungoma', 'Busia', 'Baringo', 'Bomet']],
  ['poko', ['West Pokot']],
  // With what it is the name of.
  ['Nairobi County', ['Nairobi']],
  ['kaunti ya Kisumu', ['Kisumu']],
  // By none.
  ['', []],
  ['   ', []],
  ['county', []],
  ['.', []],
  ['xyz', []],
  ['airobi', []],
  ['Nairobi 7', []],
  ['9'.repeat(400), []],
  ['😀', []],
  ['(', []],
])('county %j', (said, found) => {
  expect(named(findItems(seedItems('counties'), said)).sort()).toEqual([...found].sort());
});

test.each([
  ['equity', ['Equity']],
  ['Equity Bank', ['Equity']],
  ['benki ya Equity', ['Equity']],
  ['coop', ['Co-operative']],
  ['Co-operative Bank', ['Co-operative']],
  ['I & M', ['I&M']],
  ['im', ['I&M']],
  ['africa', ['Bank of Africa', 'Gulf African']],
  ['Bank of Africa', ['Bank of Africa']],
  ['bank', ['Bank of Africa']],
  ['13', ['Equity']],
])('bank %j', (said, found) => {
  expect(named(findItems(seedItems('banks'), said))).toEqual(found);
});

test.each([
  ['Mke', ['Female']],
  ['mume', ['Male']],
  ['f', ['Female']],
  ['fe', ['Female']],
  ['m', ['Male', 'Female']],
])('gender %j, in either language', (said, found) => {
  expect(named(findItems(seedItems('genders'), said))).toEqual(found);
});

test('a name that is whole hides names that only begin so', () => {
  const found = findItems(seedItems('designations'), 'mwalimu');
  expect(named(found)).toEqual(['Teacher']);
});

test('a number comes before a name that begins with it', () => {
  const item = (number: number, name: string) => ({
    key: `${number}`,
    number,
    name: alike(name),
  });
  const items = [item(1, 'Kenyatta Avenue'), item(2, '1st Street'), item(3, '4th Street')];
  expect(named(findItems(items, '1'))).toEqual(['Kenyatta Avenue']);
  expect(named(findItems(items, '1s'))).toEqual(['1st Street']);
  expect(named(findItems(items, '4'))).toEqual(['4th Street']);
});

test('looks through 2,000 branches in no time', () => {
  const branches = Array.from({ length: 2_000 }, (_, index) => {
    const name = `Branch of Town-${index} on Moi Avenue`;
    return { key: `${index}`, number: index + 1, name: alike(name) };
  });
  findItems(branches, 'nowhere');
  const from = performance.now();
  for (let time = 0; time < 20; time += 1) findItems(branches, 'nowhere');
  expect((performance.now() - from) / 20).toBeLessThan(20);
  expect(named(findItems(branches, 'town1999'))).toEqual(['Branch of Town-1999 on Moi Avenue']);
});

test('the longest name is the widest, in each language', () => {
  const items = [
    { name: { en: 'Abcd', sw: 'Abcdefg' } },
    { name: { en: '[[a', sw: 'Abc' } },
    { name: { en: 'Ab', sw: 'Ab' } },
  ];
  expect(longestName(items)).toEqual({ en: '[[a', sw: 'Abcdefg' });
});

test.each([
  ['11', ['Co-operative']],
  [' 07 ', ['NCBA']],
  ['0068', ['Equity']],
  ['7', []],
  ['99', []],
  ['011x', []],
])('a bank by its code, %s', (said, found) => {
  expect(named(findCoded(seedItems('banks'), said))).toEqual(found);
});

test('by name alone a number finds nothing', () => {
  expect(named(findNamed(seedItems('banks'), '11'))).toEqual([]);
  expect(named(findNamed(seedItems('banks'), 'co-op'))).toEqual(['Co-operative']);
});
