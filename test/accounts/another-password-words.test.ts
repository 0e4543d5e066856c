import { describe, expect, test } from 'vitest';
import { longestQuoted } from '../../proof/longest.js';
import { SAMPLE_PASSWORD } from '../../proof/samples.js';
import { anotherPasswordText } from '../../src/accounts/another-password.js';
import { isGsm, septets } from '../../src/dialogue/gsm.js';
import { languageCodes } from '../../src/dialogue/languages.js';

describe.each(languageCodes)('the words with another password, in %s', (language) => {
  test('fit into one SMS', () => {
    const quoted = { password: SAMPLE_PASSWORD, web: longestQuoted.facts.web };
    const text = anotherPasswordText(language, quoted);
    for (const fact of Object.values(quoted)) expect(text).toContain(fact);
    expect(isGsm(text)).toBe(true);
    expect(septets(text)).toBeLessThanOrEqual(160);
    expect(text).toMatch(/^KNEC CP2: /);
  });
});
