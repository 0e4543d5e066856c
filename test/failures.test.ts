import { expect, test } from 'vitest';
import { createFailed } from '../src/failures.js';
import { createLog } from '../src/log.js';
import { createClock } from './kit/clock.js';

function failures() {
  const clock = createClock('2026-11-23T06:00:00Z');
  const lines: Record<string, unknown>[] = [];
  const counted: string[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const log = createLog({ level: 'info', destination });
  const failed = createFailed(log, { failure: (where) => void counted.push(where) }, clock.now);
  const webhook = (error: unknown, where = 'ussd') =>
    failed(error, { where, about: { webhook: where }, message: 'a webhook failed' });
  return { clock, lines, counted, webhook };
}

/** What each call throws while the database is away. */
const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test('what fails in one way again and again is counted each time, and logged once a minute', () => {
  const { clock, lines, counted, webhook } = failures();
  for (let second = 0; second < 150; second += 1) {
    webhook(refused());
    clock.pass({ seconds: 1 });
  }
  expect(counted).toHaveLength(150);
  expect(lines.map(({ unlogged }) => unlogged)).toEqual([undefined, 59, 59]);
  expect(lines[2]).toMatchObject({
    level: 'error',
    webhook: 'ussd',
    err: { code: 'ECONNREFUSED' },
    msg: 'a webhook failed',
  });
});

test('what fails in another way, or elsewhere, is logged beside it', () => {
  const { lines, webhook } = failures();
  const one = () => new Error('a fault for +254712345678');
  const other = () => new Error('a fault for +254712345678');
  for (const error of [one(), one(), other(), refused(), refused(), 'nothing that was expected'])
    webhook(error);
  webhook(refused(), 'sms');
  expect(lines).toHaveLength(5);
});
