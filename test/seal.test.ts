import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSeal, UnknownKeyError } from '../src/seal.js';

const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const seal = createSeal(key);

test.each(['', 'Nenosiri: 4821 7730', 'é€😀\0', 'x'.repeat(10_000)])(
  'opens what it has sealed',
  (text) => {
    expect(seal.open(seal.seal(text, 'messages.text:1'), 'messages.text:1')).toBe(text);
    // A later process has the key only.
    expect(createSeal(Buffer.from(key)).open(seal.seal(text, 'a'), 'a')).toBe(text);
  },
);

test('the same text is never sealed alike', () => {
  expect(seal.seal('text', 'a')).not.toEqual(seal.seal('text', 'a'));
});

test('opens what was sealed when this form was laid down', () => {
  const sealed = Buffer.from(
    '01b3476b52038aa019a35e1cbd472a566bf92726c63caefa69ea692d46c59ebc78d7efcd682582e3cd2c',
    'hex',
  );
  expect(seal.open(sealed, 'messages.text:1')).toBe('4821 7730');
});

test('opens in no other context', () => {
  expect(() => seal.open(seal.seal('text', 'messages.text:1'), 'messages.text:2')).toThrow();
});

test('tells that another key has sealed a thing', () => {
  const other = createSeal(randomBytes(32));
  expect(() => seal.open(other.seal('text', 'a'), 'a')).toThrow('another DATA_KEY');
});

describe('with previous keys', () => {
  const [newKey, otherKey] = [randomBytes(32), randomBytes(32)];
  const both = createSeal(newKey, [otherKey, key]);

  test('opens what any of them has sealed, in its own context only', () => {
    for (const by of [both, seal, createSeal(otherKey)]) {
      expect(both.open(by.seal('text', 'a'), 'a')).toBe('text');
      expect(() => both.open(by.seal('text', 'a'), 'b')).toThrow();
    }
    expect(() => both.open(createSeal(randomBytes(32)).seal('text', 'a'), 'a')).toThrow(
      UnknownKeyError,
    );
  });

  test('seals and digests with the first', () => {
    const alone = createSeal(newKey);
    expect(alone.open(both.seal('text', 'a'), 'a')).toBe('text');
    expect(both.digest('heard', '1*2')).toEqual(alone.digest('heard', '1*2'));
    expect(() => seal.open(both.seal('text', 'a'), 'a')).toThrow(UnknownKeyError);
  });

  test('tells what needs resealing', () => {
    expect(both.needsResealing(both.seal('text', 'a'))).toBe(false);
    expect(both.needsResealing(seal.seal('text', 'a'))).toBe(true);
    expect(seal.needsResealing(both.seal('text', 'a'))).toBe(true);
    expect(seal.needsResealing(seal.seal('text', 'a'))).toBe(false);
  });

  test('gives the digests of all, the present one first', () => {
    expect(both.digests('heard', '1*2')).toEqual(
      [newKey, otherKey, key].map((one) => createSeal(one).digest('heard', '1*2')),
    );
  });
});

test('throws where a single bit was changed, or the end is missing', () => {
  const sealed = seal.seal('a secret', 'a');
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8((changed[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
    expect(() => seal.open(changed, 'a'), `bit ${bit}`).toThrow();
  }
  for (let length = 0; length < sealed.length; length++) {
    expect(() => seal.open(sealed.subarray(0, length), 'a'), `${length} bytes`).toThrow();
  }
});

test('a digest depends on the key, the purpose and the text, and on nothing else', () => {
  const digests = [
    seal.digest('heard', '1*2'),
    seal.digest('heard', '1*3'),
    seal.digest('token', '1*2'),
    createSeal(randomBytes(32)).digest('heard', '1*2'),
  ].map((digest) => digest.toString('hex'));
  expect(new Set(digests).size).toBe(4);
  expect(digests[0]).toBe('4289c61c2e054b972b7974c2744b332275f80fbcf6ff888f5a5b39130ea546d1');
  expect(digests[0]).toHaveLength(64);
});
