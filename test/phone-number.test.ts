import { describe, expect, test } from 'vitest';
import { international, maskPhone, readPhone } from '../src/phone-number.js';

describe('numbers as people and carriers write them', () => {
  test.each([
    '+254712345678',
    ' 254712345678',
    '254712345678',
    '0712345678',
    '712345678',
    '0712 345 678',
    '+254 712-345-678',
    '(0712) 345.678',
    '0712\u00a0345678',
  ])('%j', (written) => {
    expect(readPhone(written)).toBe('254712345678');
  });
  test.each(['0112345678', '+254112345678', '112345678'])('%j', (written) => {
    expect(readPhone(written)).toBe('254112345678');
  });
});

test.each([
  '',
  '0',
  '+',
  '071234567',
  '07123456789',
  '0212345678',
  '+256712345678',
  '+2540712345678',
  '++254712345678',
  '254712345678x',
  '٠٧١٢٣٤٥٦٧٨',
  '1'.repeat(200),
  '0712345678; drop table accounts',
])('%j is none', (written) => {
  expect(readPhone(written)).toBeNull();
});

test('is shown masked, and sent with a plus', () => {
  const phone = readPhone('0712345678');
  if (!phone) throw new Error('unreadable');
  expect(maskPhone(phone)).toBe('0712***678');
  expect(international(phone)).toBe('+254712345678');
});
