import { describe, expect, test } from 'vitest';
import { segmentsOf } from '../../src/channels/smpp/segments.js';
import { segments } from '../../src/dialogue/segments.js';

const sizes = (text: string) => segments(text).parts.map(({ length }) => length);

describe('a text in GSM 03.38', () => {
  test.each([
    ['', [0]],
    ['x'.repeat(160), [160]],
    ['x'.repeat(161), [153, 8]],
    ['x'.repeat(306), [153, 153]],
    ['x'.repeat(307), [153, 153, 1]],
    // An escaped character is one letter and two septets.
    ['€'.repeat(80), [80]],
    ['€'.repeat(81), [76, 5]],
    [`${'x'.repeat(158)}€`, [159]],
    [`${'x'.repeat(159)}€`, [153, 7]],
    // The pair does not fit behind 152 septets: it goes into the next part whole.
    [`${'x'.repeat(152)}€${'x'.repeat(10)}`, [152, 11]],
    [`${'x'.repeat(151)}€${'x'.repeat(10)}`, [152, 10]],
  ])('%s', (text, parts) => {
    expect(segments(text).alphabet).toBe('gsm');
    expect(sizes(text)).toEqual(parts);
    expect(segments(text).parts.join('')).toBe(text);
  });
});

describe('any other text, in UTF-16 units', () => {
  test.each([
    ['ĩ', [1]],
    ['ĩ'.repeat(70), [70]],
    ['ĩ'.repeat(71), [67, 4]],
    ['ĩ'.repeat(134), [67, 67]],
    ['ĩ'.repeat(135), [67, 67, 1]],
    // One letter outside the alphabet costs the others their seven bits.
    [`${'x'.repeat(70)}ĩ`, [67, 4]],
    ['😀'.repeat(35), [70]],
    ['😀'.repeat(36), [66, 6]],
    [`ĩ${'😀'.repeat(35)}`, [67, 4]],
  ])('%s', (text, parts) => {
    expect(segments(text).alphabet).toBe('ucs2');
    expect(sizes(text)).toEqual(parts);
    expect(segments(text).parts.join('')).toBe(text);
    for (const part of segments(text).parts) expect(part).not.toMatch(/\p{Cs}/u);
  });
});

test.each([
  '',
  'x'.repeat(160),
  `${'x'.repeat(152)}€${'^'.repeat(200)}`,
  'Kes 1,000 €~'.repeat(60),
  'ĩ'.repeat(71),
  '😀'.repeat(101),
  `${'x'.repeat(500)}ĩ😀`,
])('are as many as SMPP sends: %s', (text) => {
  const sent = segmentsOf(text, 1);
  const { alphabet, parts } = segments(text);
  expect(sent).toHaveLength(parts.length);
  expect(sent.map(({ data_coding }) => data_coding)).toEqual(
    parts.map(() => (alphabet === 'gsm' ? 0 : 8)),
  );
});
