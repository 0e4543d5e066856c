import { expect, test } from 'vitest';
import type { LogLevel } from '../src/config.js';
import { createLog, type Log } from '../src/log.js';

const dataKey = Buffer.from(Array.from({ length: 32 }, (_, nr) => nr * 7));
const secrets = ['webhook-secret-0123456789', 'atsk_a"quoted"/key', dataKey];

test.each([
  ['254712345678', '254***678'],
  ['+254712345678', '+254***678'],
  ['%2B254112345678', '%2B254***678'],
  ['%20254712345678', '%20254***678'],
  ['00254712345678', '002***678'],
  ['0712345678', '071***678'],
  ['from 0112345678, again', 'from 011***678, again'],
  ['0712 345 678', '071***678'],
  ['+254 712-345-678', '+254***678'],
  ['1*0712345678*2', '1*071***678*2'],
  ['"254712345678"', '"254***678"'],
  ['phoneNumber=%2B254712345678&text=', 'phoneNumber=%2B254***678&text='],
])('masks the number in %s', (text, masked) => {
  const line = written((log) => {
    log.info({ text, deep: [{ text }], [text]: 1 }, text);
    log.child({ text }).info(`${text}`);
  });
  expect(line).not.toMatch(/12345678|345.?678/);
  expect(JSON.parse(line.split('\n')[0] ?? '')).toMatchObject({
    text: masked,
    deep: [{ text: masked }],
    msg: masked,
  });
});

test.each([
  '2026-07-01T07:12:34.567Z',
  '1764000000123',
  'ATUid_f1234567890abcdef',
  '12547123456789',
  '07123456789',
  'req-9f1c2d3e',
])('leaves %s alone', (text) => {
  expect(JSON.parse(written((log) => log.info({ text }, text)))).toMatchObject({ text, msg: text });
});

test('masks a number that is a number, and keeps the line JSON', () => {
  const line = written((log) => log.info({ phone: 254712345678, ms: 1764000000123, nr: 7 }));
  expect(JSON.parse(line)).toMatchObject({ phone: '254***678', ms: 1764000000123, nr: 7 });
});

test('removes the known secrets, however they are written', () => {
  const line = written((log) => {
    log.info('/africastalking/webhook-secret-0123456789/ussd');
    log.info({ url: encodeURIComponent('atsk_a"quoted"/key') }, 'atsk_a"quoted"/key');
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      log.info(`key ${dataKey.toString(encoding)}`);
    }
  });
  expect(line).not.toMatch(/0123456789|quoted/);
  expect(line).not.toContain(dataKey.toString('base64').slice(0, 20));
  expect(line.match(/\[secret\]/g)).toHaveLength(6);
});

test('takes nothing that is named like a secret, and no bytes or live objects', () => {
  const line = written((log) =>
    log.info({
      password: 'hunter22',
      body: { newPasswordAgain: 'hunter22', headers: { cookie: 'hunter22', apiKey: 'hunter22' } },
      bytes: Buffer.from('hunter22'),
      socket: new Map([['hunter22', 'hunter22']]),
      at: new Date(0),
    }),
  );
  expect(line).not.toContain('hunter22');
  expect(line).not.toContain(Buffer.from('hunter22').join());
  expect(JSON.parse(line)).toMatchObject({ socket: '[Map]', at: '1970-01-01T00:00:00.000Z' });
});

test('of an error takes what helps, and nothing that hangs on it', () => {
  const error = Object.assign(new Error('insert into "accounts" - duplicate key', { cause: 'x' }), {
    code: '23505',
    constraint: 'accounts_phone_key',
    detail: 'Key (phone)=(hunter22) already exists.',
    where: 'hunter22',
    params: ['hunter22'],
    config: { headers: { apiKey: 'hunter22' } },
    response: { data: 'hunter22' },
    request: { body: 'hunter22' },
  });
  const ways: ((log: Log) => void)[] = [
    (log) => log.error(error),
    (log) => log.error(error, 'it failed'),
    (log) => log.error({ err: error }, 'it failed'),
    (log) => log.error({ reason: error, list: [error] }),
    (log) => log.error({ err: new Error('outer', { cause: error }) }),
    (log) => log.error(new AggregateError([error], 'several')),
    (log) => log.error('failed: %o', error),
    (log) => log.child({ err: error }).error('it failed'),
  ];
  for (const way of ways) {
    const line = written(way);
    expect(line).not.toContain('hunter22');
    expect(line).toContain('23505');
    expect(line).toContain('accounts_phone_key');
  }
  const { err, msg, level } = JSON.parse(written((log) => log.error(error)));
  expect([level, msg]).toEqual(['error', error.message]);
  expect(err).toEqual({
    type: 'Error',
    message: error.message,
    code: '23505',
    constraint: 'accounts_phone_key',
    stack: expect.stringMatching(/^ {4}at .*log\.test\.ts/),
    cause: 'x',
  });
});

test('leaves out the value that the database quotes in a data exception', () => {
  const message = 'select $1::int - invalid input syntax for type integer: "my - secret"';
  const error = Object.assign(new Error(message), { code: '22P02' });
  const line = written((log) => log.error(error));
  expect(line).not.toContain('secret');
  expect(JSON.parse(line).err.message).toBe('select $1::int - [a value]');
});

test('survives an object that holds itself', () => {
  const round: { itself?: unknown } = {};
  round.itself = round;
  expect(written((log) => log.info(round, 'round'))).toContain('"msg":"round"');
});

test('writes what its level asks for, with the time', () => {
  const lines = written((log) => {
    log.info('not this');
    log.warn('this');
  }, 'warn');
  expect(JSON.parse(lines)).toMatchObject({
    level: 'warn',
    msg: 'this',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
});

function written(write: (log: Log) => void, level: LogLevel = 'info'): string {
  let lines = '';
  const destination = {
    write(line: string) {
      lines += line;
    },
  };
  write(createLog({ level, secrets, destination }));
  return lines;
}
