import { describe, expect, test } from 'vitest';
import { septets } from '../../src/dialogue/gsm.js';
import { type Layout, paginate } from '../../src/dialogue/pages.js';

const navigation = {
  own: [],
  back: '0. Back',
  home: '00. Home',
  more: '98. More',
  pageBack: '0. Back',
};
const layout = (body: string, options: readonly string[] = []): Layout => ({
  body,
  options,
  navigation,
});

test('what fits is one page, and no More', () => {
  expect(paginate(layout('Pick one', ['1. This', '2. That']), 160)).toEqual([
    'Pick one\n1. This\n2. That\n0. Back\n00. Home',
  ]);
});

test('exactly the budget is one page, one septet more is two', () => {
  const ways = septets('\n0. Back\n00. Home');
  expect(paginate(layout('x'.repeat(160 - ways)), 160)).toHaveLength(1);
  expect(paginate(layout(`${'x '.repeat(75)}xx`), 160)).toHaveLength(2);
});

test('a paragraph breaks between words, and nothing is lost', () => {
  const words = Array.from({ length: 80 }, (_, index) => `word${index}`);
  const pages = paginate(layout(words.join(' ')), 160);
  for (const page of pages) expect(septets(page)).toBeLessThanOrEqual(160);
  const said = pages.flatMap((page) => page.split(/\s+/).filter((word) => /^word/.test(word)));
  expect(said).toEqual(words);
});

test('an option is never broken, and keeps its number', () => {
  const options = Array.from(
    { length: 12 },
    (_, index) => `${index + 1}. County of the long name ${index}`,
  );
  const pages = paginate(layout('Choose your county', options), 160);
  for (const page of pages) expect(septets(page)).toBeLessThanOrEqual(160);
  expect(pages.flatMap((page) => page.split('\n').filter((line) => /County/.test(line)))).toEqual(
    options,
  );
});

test('More stands on every page but the last, and the ways out on all', () => {
  const pages = paginate(layout('some words '.repeat(60).trim()), 160);
  expect(pages.length).toBeGreaterThan(2);
  pages.forEach((page, index) => {
    expect(page.includes('98. More')).toBe(index < pages.length - 1);
    expect(page).toMatch(/0\. Back\n00\. Home$/);
  });
});

describe('words that cannot be broken', () => {
  test.each([
    ['one long word', 'x'.repeat(700)],
    ['characters of two septets', '€'.repeat(300)],
    ['a long line after a full page', `${'ab '.repeat(40)}\n${'y'.repeat(200)}`],
    ['emoji, which are sent as ?', '😀'.repeat(200)],
  ])('%s', (_name, body) => {
    const pages = paginate(layout(body), 100);
    for (const page of pages) expect(septets(page)).toBeLessThanOrEqual(100);
    const bare = (text: string) => text.replace(/\s|\d+\. \w+/g, '');
    expect(bare(pages.join('\n'))).toBe(bare(body.replaceAll('😀', '?')));
  });
});
