import { expect, test } from 'vitest';
import type { DetailName } from '../../src/profile/details.js';
import { masked } from '../../src/profile/masking.js';

test.each<[DetailName, string, string]>([
  ['fullName', 'Jane Wanjiku', 'Jane Wanjiku'],
  ['bank', 'Equity', 'Equity'],
  ['nationalId', '12345678', '***678'],
  ['kraPin', 'A012345678Z', '***78Z'],
  ['account', '1234500067890', '***890'],
  ['kinPhone', '254712345678', '***678'],
  ['employmentNumber', '34567', '***67'],
  ['employmentNumber', '345', '***5'],
  ['employmentNumber', '7', '***'],
  ['employmentNumber', '', '***'],
])('%s %o is shown as %o', (detail, text, shown) => {
  expect(masked(detail, text)).toBe(shown);
});
