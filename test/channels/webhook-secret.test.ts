import { expect, test } from 'vitest';
import { createSecretCheck } from '../../src/channels/webhook-secret.js';

const OLD = 'old-secret-0123456789ab';
const NEW = 'new-secret-0123456789ab';

test.each<[string, string[], string, boolean]>([
  ['the only one', [NEW], NEW, true],
  ['the first of two', [OLD, NEW], OLD, true],
  ['the last of two', [OLD, NEW], NEW, true],
  ['another', [OLD, NEW], 'bad-secret-0123456789ab', false],
  ['the beginning of one', [NEW], NEW.slice(0, -1), false],
  ['one with more after it', [NEW], `${NEW}x`, false],
  ['other letter case', [NEW], NEW.toUpperCase(), false],
  ['nothing', [NEW], '', false],
  ['nothing, where nothing is accepted', [], '', false],
  ['a megabyte', [NEW], 'x'.repeat(1_000_000), false],
])('%s', (_, accepted, offered, passes) => {
  expect(createSecretCheck(accepted)(offered)).toBe(passes);
});
