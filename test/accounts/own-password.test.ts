import { describe, expect, test } from 'vitest';
import { faultOfOwnPassword, isCommon } from '../../src/accounts/own-password.js';
import { hashPassword } from '../../src/accounts/passwords.js';
import type { Phone } from '../../src/phone-number.js';

const phone = '254712345678' as Phone;
const passwordHash = await hashPassword('4821 9035');

describe('an own password', () => {
  test.each([
    ['pilipili', null],
    ['three blind mice', null],
    ['Ndege hutua mtini', null],
    ['x'.repeat(64) + 'yz'.repeat(32), null],
    ['áéíóú-ñç', null],
    ['', 'tooShort'],
    ['1234567', 'tooShort'],
    ['😀😀😀😀😀😀😀', 'tooShort'],
    ['xyz'.repeat(43), 'tooLong'],
    ['0712345678', 'phoneNumber'],
    ['+254 712 345 678', 'phoneNumber'],
    ['Password1', 'common'],
    ['48219035', 'unchanged'],
    ['4821-9035', 'unchanged'],
  ] as const)('%s: %s', async (password, fault) => {
    expect(await faultOfOwnPassword(password, { phone, passwordHash })).toBe(fault);
  });
});

describe('a common password', () => {
  test.each([
    'password',
    'PASSWORD',
    'pass word',
    '12345678',
    '1234-5678',
    'qwertyuiop',
    'aaaaaaaa',
    '        ',
    '12121212',
    'kenya2026',
    'Nairobi123!',
    '2026mwalimu',
    'harambee',
    'kenyakenya',
    'Hakuna Matata',
    'nenosiri1',
    '0722 000 000',
  ])('%s', (password) => {
    expect(isCommon(password)).toBe(true);
  });

  test.each(['kenya yangu nzuri', 'njugu karanga', '73920186', 'simba na duma wawili'])(
    'not %s',
    (password) => {
      expect(isCommon(password)).toBe(false);
    },
  );
});
