import { describe, expect, test } from 'vitest';
import { isGsm, septets, toGsm } from '../../src/dialogue/gsm.js';

describe('septets, by 3GPP TS 23.038', () => {
  test.each([
    ['', 0],
    ['Jane', 4],
    ['a\nb', 3],
    ['@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ', 29],
    ['Ñandú', 5],
    ['^', 2],
    ['{}[]~\\|€', 16],
    ['[1]', 5],
    ['x'.repeat(160), 160],
  ])('%j takes %i', (text, count) => {
    expect(septets(text)).toBe(count);
  });
});

test.each(['’', '“', '\u00a0', 'ç', 'ĩ', '😀', '–', '`', '\t'])('%j is outside', (text) => {
  expect(isGsm(text)).toBe(false);
});

describe('what is sent in place of what phones cannot show', () => {
  test.each([
    ['O’Brien', "O'Brien"],
    ['“Jane”', '"Jane"'],
    ['Wanjikũ wa Mũthĩnĩ', 'Wanjiku wa Muthini'],
    ['a\u00a0b', 'a b'],
    ['François', 'Francois'],
    ['José Ñandú', 'José Ñandu'],
    ['1 – 2…', '1 - 2...'],
    ['hi 😀', 'hi ?'],
    ['e\u0301', 'é'],
  ])('%j becomes %j', (written, sent) => {
    expect(toGsm(written)).toBe(sent);
    expect(isGsm(toGsm(written))).toBe(true);
  });
});
