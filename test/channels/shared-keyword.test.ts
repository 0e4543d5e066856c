import { expect, test } from 'vitest';
import { withoutKeyword } from '../../src/channels/shared-keyword.js';

test.each([
  ['KNEC REGISTER', 'REGISTER'],
  ['knec register', 'register'],
  ['KNECREGISTER', 'REGISTER'],
  ['Knec: PROFILE KRA A012345678Z', 'PROFILE KRA A012345678Z'],
  ['  KNEC\n1', '1'],
  ['KNEC1', '1'],
  ['KNEC', ''],
  ['KNEC KNEC', 'KNEC'],
  ['KNEC *', '*'],
  ['1', '1'],
  ['', ''],
  ['KNE', 'KNE'],
  [' REGISTER ', ' REGISTER '],
  ['REGISTER KNEC', 'REGISTER KNEC'],
  ['ΚNEC 1', 'ΚNEC 1'],
])('%j says %j', (text, said) => {
  expect(withoutKeyword('KNEC', text)).toBe(said);
  expect(withoutKeyword('knec', text)).toBe(said);
});
