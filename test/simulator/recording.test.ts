import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordedTest, type Step } from '../../src/simulator/terminal/recording.js';
import { saveSession } from '../../src/simulator/terminal/save.js';

const CODE = '*384*27#';

test('a session reads as a conversation', () => {
  const steps: Step[] = [
    { did: 'dial', code: CODE },
    { did: 'see', text: 'KNEC\n1 Register' },
    { did: 'reply', said: '1' },
    { did: 'see', text: "What's next?\n0 Back" },
    { did: 'reply', said: '1' },
    { did: 'see', text: 'Welcome. Your password comes by SMS.' },
    { did: 'ended' },
    { did: 'sms', text: 'KNEC: your password is 4829 1377. Log in within 72 hours.' },
  ];
  expect(
    recordedTest('registers', steps, CODE),
  ).toBe(`import { conversation } from '../../test/kit/conversation.js';

conversation('registers', async ({ dial, see, reply, ended, sms }) => {
  await dial();
  await see('KNEC');
  await reply('1');
  await see("What's next?");
  await reply('1');
  await see('Welcome. Your password comes by SMS.');
  await ended();
  await sms('KNEC: your password is');
});
`);
});

test('a session of somebody who is registered says so', () => {
  const steps: Step[] = [{ did: 'dial', code: CODE, registered: true }, { did: 'hangUp' }];
  expect(recordedTest('hangs up', steps, CODE)).toContain('{ registered: true }');
});

test.each<[string, string | null]>([
  ['Your password: 482-913-77. Keep it.', 'Your password:'],
  ['Your password: 482 913 77', 'Your password:'],
  ['Password 48291377', 'Password'],
  ['48291377 is your password\nKNEC', 'KNEC'],
  ['Register 0712***678?', 'Register'],
  ['Call +254 712 345 678', 'Call'],
  ['4829', null],
  ['Log in at http://127.0.0.1:3000', 'Log in at'],
  [`${'word '.repeat(20)}end`, 'word '.repeat(14).trim()],
  ['Dial *384*27# within 72 hours', 'Dial *384*27# within 72 hours'],
])('of an SMS “%s” only “%s” is kept', (text, kept) => {
  const source = recordedTest('x', [{ did: 'sms', text }], CODE);
  expect(source).toContain(kept === null ? '({  })' : `  await sms('${kept}');\n`);
  expect(source).not.toMatch(/\d{4}/);
});

test('a deep dial, a text and hanging up', () => {
  const steps: Step[] = [
    { did: 'dial', code: '*384*27*1*2#' },
    { did: 'hangUp' },
    { did: 'text', said: 'it\'s "\\n"' },
  ];
  const source = recordedTest('x', steps, CODE);
  expect(source).toContain("  await dial('1*2');\n  await hangUp();\n");
  expect(source).toContain(`  await text('it\\'s "\\\\n"');\n`);
});

test('a saved test is never written over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recorded-'));
  try {
    const steps: Step[] = [{ did: 'dial', code: CODE }];
    const path = await saveSession(folder, 'My first Call!', steps, CODE);
    expect(path).toBe(join('test', 'recorded', 'my-first-call.test.ts'));
    const before = await readFile(join(folder, path), 'utf8');
    expect(before).toContain("conversation('My first Call!', async ({ dial }) => {");
    await expect(saveSession(folder, 'my first call', [], CODE)).rejects.toThrow('exists already');
    expect(await readFile(join(folder, path), 'utf8')).toBe(before);
    await expect(saveSession(folder, '../..', steps, CODE)).rejects.toThrow('letters or digits');
  } finally {
    await rm(folder, { recursive: true });
  }
});
