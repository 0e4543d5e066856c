import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig, secretsOf } from '../src/config.js';

const secret = 'Zk3-0123456789abcdefghij';
const dataKey = Buffer.from(Array.from({ length: 32 }, (_, nr) => nr)).toString('base64');
const earlierKey = Buffer.alloc(32, 'earlier').toString('base64');
const earliestKey = Buffer.alloc(32, 'earliest').toString('base64url');
const account = { AT_USERNAME: 'sandbox', AT_API_KEY: 'atsk_0123456789', WEBHOOK_SECRETS: secret };
const messageCentre = {
  SMPP_URL: 'smpp://smsc.example',
  SMPP_SYSTEM_ID: 'cp2',
  SMPP_PASSWORD: 'pa55w0rd',
};
const server = { DATABASE_URL: 'postgresql://cp2:pa55word@db.example/cp2', DATA_KEY: dataKey };

test('nothing set: the simulated carrier and the embedded database, on loopback', () => {
  expect(readConfig({})).toEqual({
    listen: { host: '127.0.0.1', port: 3000 },
    publicUrl: null,
    database: { kind: 'embedded', folder: resolve('data/database') },
    dataDir: resolve('data'),
    carrier: { kind: 'simulated' },
    ussdWires: [],
    smpp: null,
    smsCarrier: 'africastalking',
    smsSharedKeyword: null,
    sending: {
      perSecond: 50,
      concurrency: 6,
      budget: { messages: null, shillings: null, segmentShillings: 0.8 },
    },
    webhookSecrets: null,
    dataKey: null,
    previousDataKeys: [],
    ussdCode: '*384*27#',
    smsShortCode: '22263',
    screenSeptets: 160,
    logLevel: 'info',
    metricsToken: null,
    trustProxy: false,
  });
});

test('everything set', () => {
  const other = `${secret}-next`;
  const config = readConfig({
    ...account,
    ...server,
    DATA_KEY_PREVIOUS: `${earlierKey}, ${earliestKey}`,
    AT_BASE_URL: 'http://127.0.0.1:4010/',
    AT_SENDER_ID: 'KNEC',
    SMS_PER_SECOND: '100',
    SMS_CONCURRENCY: '8',
    SMS_DAILY_MESSAGES: '50000',
    SMS_DAILY_SHILLINGS: '40000',
    SMS_SEGMENT_SHILLINGS: '0.75',
    WEBHOOK_SECRETS: ` ${secret} , ${other},`,
    PORT: '0',
    HOST: '::1',
    DATA_DIR: '/var/lib/cp2',
    PUBLIC_URL: 'https://cp2.example.ke/phone',
    USSD_CODE: '*147#',
    SMS_SHORT_CODE: '20880',
    SCREEN_SEPTETS: '182',
    LOG_LEVEL: 'debug',
    METRICS_TOKEN: 'm3trics+token/0123456789==',
    TRUST_PROXY: 'true',
    USSD_CARRIERS: 'moolre, hubtel,,moolre',
    USSD_WIRES: 'docs/wires.example.json',
    SMS_CARRIER: 'smpp',
    ...messageCentre,
    SMPP_SOURCE: '22263/0/1',
    SMPP_BINDS: 'pair',
    SMPP_MESSAGE_IDS: 'hex-decimal',
    SMS_SHARED_KEYWORD: 'KNEC',
    PATH: '/usr/bin',
  });
  expect(config).toEqual({
    listen: { host: '::1', port: 0 },
    publicUrl: 'https://cp2.example.ke/phone',
    database: { kind: 'postgresql', url: server.DATABASE_URL },
    dataDir: '/var/lib/cp2',
    carrier: {
      kind: 'africastalking',
      username: 'sandbox',
      apiKey: 'atsk_0123456789',
      baseUrl: 'http://127.0.0.1:4010',
      senderId: 'KNEC',
    },
    ussdWires: ['moolre', 'hubtel', 'crossgate', 'bonga', 'hollatags', 'answers'].map((name) =>
      expect.objectContaining({ name }),
    ),
    smpp: {
      place: { host: 'smsc.example', port: 2775, tls: false },
      systemId: 'cp2',
      password: 'pa55w0rd',
      source: { address: '22263', ton: 0, npi: 1 },
      binds: 'pair',
      messageIds: 'hex-decimal',
    },
    smsCarrier: 'smpp',
    smsSharedKeyword: 'KNEC',
    sending: {
      perSecond: 100,
      concurrency: 8,
      budget: { messages: 50_000, shillings: 40_000, segmentShillings: 0.75 },
    },
    webhookSecrets: [secret, other],
    dataKey: Buffer.from(dataKey, 'base64'),
    previousDataKeys: [Buffer.from(earlierKey, 'base64'), Buffer.from(earliestKey, 'base64')],
    ussdCode: '*147#',
    smsShortCode: '20880',
    screenSeptets: 182,
    logLevel: 'debug',
    metricsToken: 'm3trics+token/0123456789==',
    trustProxy: true,
  });
  expect(secretsOf(config)).toEqual(
    expect.arrayContaining([
      secret,
      other,
      'atsk_0123456789',
      Buffer.from(dataKey, 'base64'),
      Buffer.from(earlierKey, 'base64'),
      Buffer.from(earliestKey, 'base64'),
      'm3trics+token/0123456789==',
      'pa55word',
      'pa55w0rd',
    ]),
  );
});

test('an empty variable is one that is not set', () => {
  const empty = { PORT: '', HOST: ' ', DATABASE_URL: '', AT_USERNAME: '', DATA_KEY: '' };
  expect(readConfig(empty)).toEqual(readConfig({}));
});

test('a real carrier listens on every address', () => {
  expect(readConfig(account).listen.host).toBe('0.0.0.0');
});

test('a pilot: a real carrier on the embedded database, whose data key is made', () => {
  const { database, dataKey } = readConfig(account);
  expect([database.kind, dataKey]).toEqual(['embedded', null]);
});

test.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '0x10'],
  ['PORT', '3000.5'],
  ['HOST', 'http://host'],
  ['PUBLIC_URL', 'cp2.example.ke'],
  ['PUBLIC_URL', 'ftp://cp2.example.ke'],
  ['PUBLIC_URL', 'https://cp2.example.ke/'],
  ['PUBLIC_URL', 'https://cp2.example.ke?a=1'],
  ['PUBLIC_URL', `https://${'a'.repeat(50)}.ke`],
  ['DATABASE_URL', 'mysql://db.example/cp2'],
  ['DATABASE_URL', 'db.example'],
  ['AT_BASE_URL', '127.0.0.1:4010'],
  ['AT_SENDER_ID', 'a sender with a long name'],
  ['WEBHOOK_SECRETS', 'only-twenty-one-chars'],
  ['WEBHOOK_SECRETS', 'x'.repeat(30)],
  ['WEBHOOK_SECRETS', `${secret},short`],
  ['WEBHOOK_SECRETS', ','],
  ['WEBHOOK_SECRETS', 'a/path/cannot/hold/slashes'],
  ['DATA_KEY', 'c2hvcnQ='],
  ['DATA_KEY', Buffer.alloc(32, 7).toString('base64')],
  ['DATA_KEY', Buffer.alloc(33, 'ab').toString('base64')],
  ['DATA_KEY', '!'.repeat(44)],
  ['DATA_KEY_PREVIOUS', 'c2hvcnQ='],
  ['DATA_KEY_PREVIOUS', `${earlierKey},c2hvcnQ=`],
  ['DATA_KEY_PREVIOUS', `${earlierKey},`],
  ['USSD_CODE', '384*28'],
  ['USSD_CODE', '*384*12345678901#'],
  ['SMS_SHORT_CODE', '12'],
  ['SCREEN_SEPTETS', '99'],
  ['SCREEN_SEPTETS', '183'],
  ['LOG_LEVEL', 'loud'],
  ['METRICS_TOKEN', 'short'],
  ['TRUST_PROXY', 'yes'],
  ['USSD_CARRIERS', 'hubtel,safaricom'],
  ['USSD_CARRIERS', 'africastalking'],
  ['USSD_CARRIERS', 'Hubtel'],
  ['USSD_CARRIERS', '__proto__'],
  ['USSD_WIRES', '/nowhere/wires.json'],
  ['USSD_WIRES', 'README.md'],
  ['SMS_CARRIER', 'pigeons'],
  ['SMPP_URL', 'https://smsc.example'],
  ['SMPP_URL', 'smsc.example:2775'],
  ['SMPP_URL', 'smpp://cp2:pa55w0rd@smsc.example'],
  ['SMPP_URL', 'smpp://smsc.example/path'],
  ['SMPP_URL', 'constructor:'],
  ['SMPP_SYSTEM_ID', 'sixteen-letters-'],
  ['SMPP_PASSWORD', 'nine-long'],
  ['SMPP_PASSWORD', 'with sp'],
  ['SMPP_SOURCE', 'a name too long'],
  ['SMPP_SOURCE', '22'],
  ['SMPP_SOURCE', '20880/0'],
  ['SMPP_BINDS', 'receiver'],
  ['SMPP_MESSAGE_IDS', 'octal'],
  ['SMS_SHARED_KEYWORD', 'K'],
  ['SMS_SHARED_KEYWORD', 'KNEC CP2'],
])('%s=%s is refused by name and expectation, without the value', (name, value) => {
  const message = refusal({ ...account, ...server, ...messageCentre, [name]: value });
  expect(message).toMatch(new RegExp(`^  ${name}: expected .{4,}$`, 'm'));
  expect(message.split('\n')).toHaveLength(2);
  if (value.length > 5) expect(message).not.toContain(value);
});

test('a message centre alone: it sends, and nothing is simulated', () => {
  expect(readConfig(messageCentre)).toMatchObject({
    listen: { host: '0.0.0.0' },
    carrier: { kind: 'smpp' },
    smsCarrier: 'smpp',
  });
});

test.each([
  ['smpp://smsc.example', { host: 'smsc.example', port: 2775, tls: false }],
  ['smpps://smsc.example', { host: 'smsc.example', port: 3550, tls: true }],
  ['smpps://10.1.2.3:9000/', { host: '10.1.2.3', port: 9000, tls: true }],
  ['smpp://[::1]:2776', { host: '::1', port: 2776, tls: false }],
])('SMPP_URL=%s', (url, place) => {
  expect(readConfig({ ...messageCentre, SMPP_URL: url }).smpp?.place).toEqual(place);
});

test.each([
  ['22263', { address: '22263', ton: 3, npi: 0 }],
  ['254712345678', { address: '254712345678', ton: 1, npi: 1 }],
  ['KNEC CP2', { address: 'KNEC CP2', ton: 5, npi: 0 }],
  ['22263/6/8', { address: '22263', ton: 6, npi: 8 }],
])('SMPP_SOURCE=%s', (written, source) => {
  expect(readConfig({ ...messageCentre, SMPP_SOURCE: written }).smpp?.source).toEqual(source);
});

test.each([
  [{ AT_USERNAME: 'sandbox', WEBHOOK_SECRETS: secret }, 'AT_API_KEY'],
  [{ AT_API_KEY: 'atsk_0123456789', WEBHOOK_SECRETS: secret }, 'AT_USERNAME'],
  [{ AT_USERNAME: 'sandbox', AT_API_KEY: 'atsk_0123456789' }, 'WEBHOOK_SECRETS'],
  [{ DATABASE_URL: server.DATABASE_URL }, 'DATA_KEY'],
  [{ SMPP_URL: messageCentre.SMPP_URL, SMPP_SYSTEM_ID: 'cp2' }, 'SMPP_PASSWORD'],
  [{ SMPP_SOURCE: 'KNEC' }, 'SMPP_URL'],
  [{ SMS_CARRIER: 'smpp' }, 'SMPP_URL'],
  [{ ...messageCentre, SMS_CARRIER: 'africastalking' }, 'AT_USERNAME'],
  [{ ...messageCentre, USSD_CARRIERS: 'hubtel' }, 'WEBHOOK_SECRETS'],
])('%o needs %s', (env, name) => {
  expect(refusal(env)).toMatch(new RegExp(`^  ${name}: required `, 'm'));
});

test('every fault is told at once', () => {
  const message = refusal({ PORT: 'http', LOG_LEVEL: 'loud', AT_USERNAME: 'live', ...noKey });
  expect(message.match(/^ {2}(\w+)/gm)?.map((name) => name.trim())).toEqual([
    'PORT',
    'LOG_LEVEL',
    'AT_API_KEY',
    'WEBHOOK_SECRETS',
    'DATA_KEY',
  ]);
});

const noKey = { DATABASE_URL: server.DATABASE_URL };

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}
