import { expect, test } from 'vitest';
import { explained, PlainError } from '../src/explained.js';
import { UnknownKeyError } from '../src/seal.js';

const errorWith = (more: object) => Object.assign(new Error('what a driver says'), more);

test.each([
  [new PlainError('Do this.'), 'Do this.'],
  [new UnknownKeyError(), 'name it in DATA_KEY_PREVIOUS'],
  [errorWith({ code: '3D000' }), 'has no database of that name'],
  [errorWith({ code: '28000' }), 'does not let that user in'],
  [errorWith({ code: '28P01' }), 'does not accept that user and password'],
  [errorWith({ code: 'ECONNREFUSED', syscall: 'connect' }), 'DATABASE_URL cannot be reached'],
  [errorWith({ code: 'EADDRINUSE', syscall: 'listen' }), 'set PORT to another'],
  [errorWith({ code: 'EROFS', path: '/data/keys' }), '/data/keys cannot be used (EROFS)'],
])('%s is told in a line', (error, said) => {
  expect(explained(error)).toContain(said);
  expect(explained(error)).not.toContain('\n');
});

test('a fault is told with its trace', () => {
  for (const fault of [new TypeError('x'), errorWith({ code: 'ENOENT', path: '/a' })]) {
    expect(explained(fault)).toMatch(/^\s+at /m);
  }
});
