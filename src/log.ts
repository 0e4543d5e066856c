import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from './config.js';

/** Level error means that somebody should get up at night; what heals by itself is a warning. */
export type Log = Logger;

export type LogOptions = {
  readonly level: LogLevel;
  /** What must never be in a line, in whatever way it gets there: see `secretsOf`. */
  readonly secrets?: readonly (string | Buffer)[];
  /** Standard output, unless told otherwise. */
  readonly destination?: DestinationStream;
};

/**
 * Makes the log: JSON, one object a line. Whoever writes to it need not think of what to leave out:
 * phone numbers are masked and secrets removed in the finished line, and of errors and other objects
 * only what is known to be harmless goes in.
 */
export function createLog({ level, secrets = [], destination }: LogOptions): Log {
  const conceal = createConcealer(secrets);
  const options: pino.LoggerOptions = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (error) => harmless(error) },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest] = args as unknown[];
        const entry = [first instanceof Error ? { err: first } : first, ...rest];
        method.apply(this, entry.map((part) => harmless(part)) as typeof args);
      },
      streamWrite: (line) => `${JSON.stringify(concealIn(JSON.parse(line), conceal))}\n`,
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const SECRET_NAME = /password|secret|token|cookie|authori[sz]ation|(?:api|data)_?-?key/i;
const DEEPEST = 6;

/** The value without what may hold more than its writer knows: errors' extras, bytes, live objects. */
function harmless(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return '[…]';
  if (value instanceof Error) return harmlessError(value, depth);
  if (Array.isArray(value)) return value.map((item) => harmless(item, depth + 1));
  if (value instanceof Date || value instanceof URL) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return `[${value.constructor.name}]`;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      SECRET_NAME.test(name) ? '[secret]' : harmless(part, depth + 1),
    ]),
  );
}

/**
 * Clients of databases and HTTP hang whole requests, rows and headers on their errors: only what is
 * named here is taken.
 */
function harmlessError(error: Error, depth: number): Record<string, unknown> {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: withoutValues(error.message, code),
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    ...(frames && { stack: frames.join('\n') }),
    ...(error.cause !== undefined && { cause: harmless(error.cause, depth + 1) }),
    ...(error instanceof AggregateError && { errors: harmless(error.errors, depth + 1) }),
  };
}

/** PostgreSQL's data exceptions (class 22) quote the value that they could not read. */
function withoutValues(message: string, code: unknown): string {
  if (typeof code !== 'string' || !/^22[0-9A-Z]{3}$/.test(code)) return message;
  const [statement] = message.split(' - ');
  return message === statement ? '[a value]' : `${statement} - [a value]`;
}

/** Replaces every text within a parsed line; numbers too, where they read as a phone number. */
function concealIn(value: unknown, conceal: (text: string) => string): unknown {
  if (typeof value === 'string') return conceal(value);
  if (typeof value === 'number') {
    const concealed = conceal(String(value));
    return concealed === String(value) ? value : concealed;
  }
  if (Array.isArray(value)) return value.map((item) => concealIn(item, conceal));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [conceal(name), concealIn(part, conceal)]),
  );
}

/** A Kenyan mobile number as people and wires write it; in a URL it may follow an escape. */
const PHONE =
  /(?:(?<!\d)|(?<=%[0-9a-f]{2}))(?:(?:00)?254[ -]?0?|0)[ -]?[17]\d{2}[ -]?\d{3}[ -]?\d{3}(?!\d)/gi;
const SHORTEST_SECRET = 8;

function createConcealer(secrets: readonly (string | Buffer)[]): (text: string) => string {
  const forms = secrets
    .flatMap(waysToWrite)
    .filter((form) => form.length >= SHORTEST_SECRET)
    .sort((one, other) => other.length - one.length);
  return (text) => {
    let concealed = text;
    for (const form of forms) concealed = concealed.replaceAll(form, '[secret]');
    return concealed.replace(PHONE, (phone) => {
      const digits = phone.replace(/\D/g, '');
      return `${digits.slice(0, 3)}***${digits.slice(-3)}`;
    });
  };
}

function waysToWrite(secret: string | Buffer): string[] {
  if (typeof secret === 'string') return [secret, encodeURIComponent(secret)];
  const encodings = ['base64', 'base64url', 'hex'] as const;
  return encodings.map((encoding) => secret.toString(encoding).replace(/=+$/, ''));
}
