import { describe, expect, test } from 'vitest';
import { continuation, heardSoFar } from '../src/history.js';
import { createSeal } from '../src/seal.js';

const seal = createSeal(Buffer.alloc(32, 'k3y'));

describe('what a history adds to what was heard', () => {
  test.each<[string, string, string | null]>([
    ['', '1', '1'],
    ['', '*', '*'],
    ['', '1*2', '1*2'],
    ['1', '1*2', '2'],
    ['1', '1*', ''],
    ['1', '1**', '*'],
    ['1', '1*a*b', 'a*b'],
    ['1*2', '1*2*3', '3'],
    ['1', '1', null],
    ['1', '12', null],
    ['1', '2*1', null],
    ['1*2', '1', null],
    ['1*2', '', null],
    ['1*2', '1*3*2', null],
  ])('after %j, %j says %j', (heard, history, said) => {
    expect(continuation(seal, heardSoFar(seal, heard), history)).toBe(said);
  });
});

test('what was heard is not stored', () => {
  const stored = heardSoFar(seal, '1*12345678');
  expect(JSON.stringify(stored)).not.toContain('12345678');
  expect(stored.heardDigest?.toString('latin1')).not.toContain('12345678');
});
