import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type SmsCarrier, smsCarriers, takenNames, ussdWires } from './channels/carriers.js';
import type { SmppAccount } from './channels/smpp/index.js';
import { missingOfSmpp, smppAccount, smppVariables } from './channels/smpp/settings.js';
import type { DeclaredWire } from './channels/wires/declaration.js';
import { readWireFile } from './channels/wires/wire-file.js';
import type { DatabaseConfig } from './database/connect.js';
import { PlainError } from './explained.js';
import { developmentKeys, isStrongSecret, isWebhookSecret, readDataKey } from './keys.js';

export type CarrierConfig =
  | { readonly kind: 'simulated' }
  /** A message centre alone, without Africa's Talking. */
  | { readonly kind: 'smpp' }
  | {
      readonly kind: 'africastalking';
      readonly username: string;
      readonly apiKey: string;
      /** The root of its API, without a slash at the end; null: Africa's Talking's own. */
      readonly baseUrl: string | null;
      /** The sender of outgoing SMS; null: the account's default. */
      readonly senderId: string | null;
    };

/** How fast SMS go out, and how many at most. */
export type SendingConfig = {
  /** SMS that each process may hand to the carrier in a second. */
  readonly perSecond: number;
  /** SMS of each process that may be on their way to the carrier at once. */
  readonly concurrency: number;
  /** What all processes may send in a day; null: as much as there is. See `messages/budget.ts`. */
  readonly budget: {
    readonly messages: number | null;
    readonly shillings: number | null;
    readonly segmentShillings: number;
  };
};

/** What the environment says, checked. A null is for the gateway to fill in: see each. */
export type Config = {
  readonly listen: { readonly host: string; readonly port: number };
  /** The web address that messages quote, without a slash at the end; null: where it listens. */
  readonly publicUrl: string | null;
  readonly database: DatabaseConfig;
  readonly dataDir: string;
  readonly carrier: CarrierConfig;
  /** The wires that USSD calls may come by besides Africa's Talking's. */
  readonly ussdWires: readonly DeclaredWire[];
  /** The account at a message centre, or null. */
  readonly smpp: SmppAccount | null;
  /** Which carrier sends SMS. */
  readonly smsCarrier: SmsCarrier;
  /** What every SMS to us begins with, where our short code is a shared one; null: it is our own. */
  readonly smsSharedKeyword: string | null;
  readonly sending: SendingConfig;
  /** Null, with the simulated carrier only: one is made and kept under `dataDir`. */
  readonly webhookSecrets: readonly string[] | null;
  /** Null, with the embedded database only: one is made and kept under `dataDir`. */
  readonly dataKey: Buffer | null;
  /** What earlier keys have sealed still opens. */
  readonly previousDataKeys: readonly Buffer[];
  readonly ussdCode: string;
  readonly smsShortCode: string;
  /** The screen budget, in septets of GSM 03.38. */
  readonly screenSeptets: number;
  readonly logLevel: LogLevel;
  /** Null: metrics are for loopback only. */
  readonly metricsToken: string | null;
  /** Whether the X-Forwarded-… headers of a proxy in front are believed. */
  readonly trustProxy: boolean;
};

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What is wrong with the environment: every fault, one a line, by name and without its value. */
export class ConfigError extends PlainError {
  override readonly name = 'ConfigError';

  constructor(faults: readonly string[]) {
    super(`The configuration has faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Reads the configuration from environment variables. An empty variable counts as not set.
 *
 * @throws ConfigError with every fault at once.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set: Record<string, string> = {};
  for (const name of Object.keys(variables)) {
    const value = env[name]?.trim();
    if (value) set[name] = value;
  }
  const read = z.object(variables).safeParse(set);
  const faults = [...misread(read.error), ...missing(set)];
  if (!read.success || faults.length > 0) throw new ConfigError(faults);
  return nest(read.data);
}

/** Every secret in a configuration, for the log to leave out. */
export function secretsOf(config: Config): (string | Buffer)[] {
  const { carrier, database, dataKey, metricsToken, smpp, webhookSecrets } = config;
  const secrets: (string | Buffer)[] = [...(webhookSecrets ?? []), ...config.previousDataKeys];
  if (carrier.kind === 'africastalking') secrets.push(carrier.apiKey);
  if (smpp !== null) secrets.push(smpp.password);
  if (dataKey !== null) secrets.push(dataKey);
  if (metricsToken !== null) secrets.push(metricsToken);
  if (database.kind === 'postgresql') {
    const { password } = new URL(database.url);
    if (password) secrets.push(password, decodeURIComponent(password));
  }
  return secrets;
}

/** A configuration with all its keys. */
export type KeyedConfig = Config & {
  readonly webhookSecrets: readonly string[];
  readonly dataKey: Buffer;
};

/** Fills in the keys that are not configured with those that are kept under `dataDir`, made at the first use. */
export async function withKeys(config: Config): Promise<KeyedConfig> {
  const keys = developmentKeys(config.dataDir);
  return {
    ...config,
    webhookSecrets: config.webhookSecrets ?? [await keys.webhookSecret()],
    dataKey: config.dataKey ?? (await keys.dataKey()),
  };
}

const variables = {
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: text('a host name or an IP address', (value) => /^[\w.:-]+$/.test(value)).optional(),
  PUBLIC_URL: text(
    'an http:// or https:// address of at most 50 characters, without a slash at the end',
    (value) => isWebAddress(value) && value.length <= 50 && !value.endsWith('/'),
  ).optional(),
  DATABASE_URL: text('a postgresql:// address', (value) =>
    /^postgres(ql)?:$/.test(urlOf(value)?.protocol ?? ''),
  ).optional(),
  DATA_DIR: z.string().default('./data'),
  AT_USERNAME: z.string().optional(),
  AT_API_KEY: z.string().optional(),
  AT_BASE_URL: text('an http:// or https:// address', isWebAddress).optional(),
  AT_SENDER_ID: text('1 to 15 letters, digits, spaces or . & + -', (value) =>
    /^[\w .&+-]{1,15}$/.test(value),
  ).optional(),
  USSD_CARRIERS: z
    .string()
    .transform((value, check) => {
      const names = new Set(value.split(',').flatMap((name) => name.trim() || []));
      const wires = [...names].flatMap((name) => ussdWires.get(name) ?? []);
      if (wires.length === names.size) return wires;
      check.addIssue(`names out of ${[...ussdWires.keys()].join(', ')}, with commas between them`);
      return z.NEVER;
    })
    .default([]),
  USSD_WIRES: z
    .string()
    .transform((path, check) => {
      const file = readWireFile(path, takenNames);
      if ('wires' in file) return file.wires;
      for (const fault of file.faults) check.addIssue(fault);
      return z.NEVER;
    })
    .default([]),
  SMS_CARRIER: z.enum(smsCarriers, { error: `one of ${smsCarriers.join(', ')}` }).optional(),
  ...smppVariables,
  SMS_SHARED_KEYWORD: text('2 to 20 letters and digits', (value) =>
    /^[A-Za-z0-9]{2,20}$/.test(value),
  ).optional(),
  SMS_PER_SECOND: wholeNumber(1, 1_000).default(50),
  // Recording what became of them takes connections to the database, which the turns need as well.
  SMS_CONCURRENCY: wholeNumber(1, 100).default(6),
  SMS_DAILY_MESSAGES: wholeNumber(1, 100_000_000).optional(),
  SMS_DAILY_SHILLINGS: wholeNumber(1, 100_000_000).optional(),
  SMS_SEGMENT_SHILLINGS: text(
    'shillings such as 0.8, more than 0 and at most 100',
    (value) => /^\d{1,3}(\.\d{1,4})?$/.test(value) && Number(value) > 0 && Number(value) <= 100,
  )
    .transform(Number)
    .default(0.8),
  WEBHOOK_SECRETS: z
    .string()
    .transform((value) => value.split(',').flatMap((secret) => secret.trim() || []))
    .refine((secrets) => secrets.length > 0 && secrets.every(isWebhookSecret), {
      error:
        'secrets of at least 22 characters that may stand in a web address, not all the same, ' +
        'with commas between them, as from: openssl rand -hex 16',
    })
    .optional(),
  DATA_KEY: z
    .string()
    .transform((value, check) => {
      const key = readDataKey(value);
      if (key !== null) return key;
      check.addIssue('32 random bytes in base64, as from: openssl rand -base64 32');
      return z.NEVER;
    })
    .optional(),
  DATA_KEY_PREVIOUS: z
    .string()
    .transform((value, check) => {
      const keys = value.split(',').map((written) => readDataKey(written.trim()));
      const right = keys.filter((key) => key !== null);
      if (right.length === keys.length) return right;
      check.addIssue('keys such as DATA_KEY takes, with commas between them');
      return z.NEVER;
    })
    .default([]),
  USSD_CODE: text(
    'a code such as *384*27#, of at most 16 characters',
    (value) => /^\*\d+(\*\d+)*#$/.test(value) && value.length <= 16,
  ).default('*384*27#'),
  SMS_SHORT_CODE: text('3 to 8 digits', (value) => /^\d{3,8}$/.test(value)).default('22263'),
  SCREEN_SEPTETS: wholeNumber(100, 182).default(160),
  LOG_LEVEL: z.enum(logLevels, { error: `one of ${logLevels.join(', ')}` }).default('info'),
  METRICS_TOKEN: text(
    'at least 22 characters, no spaces, not all the same, as from: openssl rand -hex 16',
    isStrongSecret,
  ).optional(),
  TRUST_PROXY: z
    .enum(['true', 'false'], { error: 'true or false' })
    .default('false')
    .transform((value) => value === 'true'),
};

function nest(env: z.output<z.ZodObject<typeof variables>>): Config {
  const dataDir = resolve(env.DATA_DIR);
  const carrier = carrierOf(env);
  const host = env.HOST ?? (carrier.kind === 'simulated' ? '127.0.0.1' : '0.0.0.0');
  return {
    listen: { host, port: env.PORT },
    publicUrl: env.PUBLIC_URL ?? null,
    database:
      env.DATABASE_URL === undefined
        ? { kind: 'embedded', folder: join(dataDir, 'database') }
        : { kind: 'postgresql', url: env.DATABASE_URL },
    dataDir,
    carrier,
    ussdWires: [...env.USSD_CARRIERS, ...env.USSD_WIRES],
    smpp: smppAccount(env),
    smsCarrier: env.SMS_CARRIER ?? (carrier.kind === 'smpp' ? 'smpp' : 'africastalking'),
    smsSharedKeyword: env.SMS_SHARED_KEYWORD ?? null,
    sending: {
      perSecond: env.SMS_PER_SECOND,
      concurrency: env.SMS_CONCURRENCY,
      budget: {
        messages: env.SMS_DAILY_MESSAGES ?? null,
        shillings: env.SMS_DAILY_SHILLINGS ?? null,
        segmentShillings: env.SMS_SEGMENT_SHILLINGS,
      },
    },
    webhookSecrets: env.WEBHOOK_SECRETS ?? null,
    dataKey: env.DATA_KEY ?? null,
    previousDataKeys: env.DATA_KEY_PREVIOUS,
    ussdCode: env.USSD_CODE,
    smsShortCode: env.SMS_SHORT_CODE,
    screenSeptets: env.SCREEN_SEPTETS,
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN ?? null,
    trustProxy: env.TRUST_PROXY,
  };
}

function carrierOf(env: z.output<z.ZodObject<typeof variables>>): CarrierConfig {
  if (env.AT_USERNAME === undefined || env.AT_API_KEY === undefined) {
    return { kind: env.SMPP_URL === undefined ? 'simulated' : 'smpp' };
  }
  return {
    kind: 'africastalking',
    username: env.AT_USERNAME,
    apiKey: env.AT_API_KEY,
    baseUrl: env.AT_BASE_URL?.replace(/\/+$/, '') ?? null,
    senderId: env.AT_SENDER_ID ?? null,
  };
}

/** Only what is expected is said: a secret may stand in the wrong variable. */
function misread(error: z.ZodError | undefined): string[] {
  return (error?.issues ?? []).map(
    ({ path, message }) => `${String(path[0])}: expected ${message}`,
  );
}

/** Looks at what is set only, so that it can be told together with what is misread. */
function missing(set: Readonly<Record<string, string>>): string[] {
  const { AT_USERNAME, AT_API_KEY, DATABASE_URL, DATA_KEY, SMPP_URL, SMS_CARRIER } = set;
  const { USSD_CARRIERS, USSD_WIRES, WEBHOOK_SECRETS } = set;
  const faults: string[] = [];
  if (AT_USERNAME && !AT_API_KEY) faults.push('AT_API_KEY: required where AT_USERNAME is set');
  if (AT_API_KEY && !AT_USERNAME) faults.push('AT_USERNAME: required where AT_API_KEY is set');
  faults.push(...missingOfSmpp(set));
  if (SMS_CARRIER === 'smpp' && !SMPP_URL) {
    faults.push('SMPP_URL: required where SMS_CARRIER is smpp');
  }
  if (SMS_CARRIER === 'africastalking' && SMPP_URL && !AT_USERNAME) {
    faults.push('AT_USERNAME: required where SMS_CARRIER is africastalking');
  }
  const isCalled = AT_USERNAME || AT_API_KEY || (SMPP_URL && (USSD_CARRIERS || USSD_WIRES));
  if (isCalled && !WEBHOOK_SECRETS) {
    faults.push(
      'WEBHOOK_SECRETS: required with a real carrier: at least one, as from: openssl rand -hex 16',
    );
  }
  if (DATABASE_URL && !DATA_KEY) {
    faults.push(
      'DATA_KEY: required where DATABASE_URL is set: 32 random bytes in base64, ' +
        'as from: openssl rand -base64 32',
    );
  }
  return faults;
}

function text(expected: string, isRight: (value: string) => boolean) {
  return z.string().refine(isRight, { error: expected });
}

function wholeNumber(least: number, most: number) {
  const isRight = (value: string) =>
    /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
  return text(`a whole number from ${least} to ${most}`, isRight).transform(Number);
}

function isWebAddress(value: string): boolean {
  const url = urlOf(value);
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !/[?#]/.test(value);
}

function urlOf(value: string): URL | null {
  return URL.canParse(value) ? new URL(value) : null;
}
