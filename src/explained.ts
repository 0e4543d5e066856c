import { UnknownKeyError } from './seal.js';

/** An error that whoever started the process can mend: its message says how, and is all that is said of it. */
export class PlainError extends Error {
  override readonly name: string = 'PlainError';
}

/** Why a PostgreSQL server refuses a connection, by its codes. */
const refusals: Readonly<Record<string, string>> = {
  '3D000': 'The database server has no database of that name: create it first.',
  '28000': 'The database server does not let that user in.',
  '28P01': 'The database server does not accept that user and password.',
};

const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
]);

/** Why a folder cannot be written to. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'EACCES',
  'EEXIST',
  'ENOSPC',
  'ENOTDIR',
  'EPERM',
  'EROFS',
]);

/** What the person who starts the process can mend, in a line; anything else is a fault, with its trace. */
export function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof PlainError) return error.message;
  if (error instanceof UnknownKeyError) {
    return `${error.message} Set DATA_KEY to that one, or name it in DATA_KEY_PREVIOUS.`;
  }
  const { code = '', syscall = '', path } = error as NodeJS.ErrnoException;
  if (syscall === 'listen') {
    return `It cannot listen where HOST and PORT say (${code}). Stop what listens there, or set PORT to another.`;
  }
  if (UNREACHABLE.has(code)) return `The database of DATABASE_URL cannot be reached (${code}).`;
  const refusal = refusals[code];
  if (refusal !== undefined) return `${refusal} Look at DATABASE_URL.`;
  if (path !== undefined && UNUSABLE.has(code)) {
    return `${path} cannot be used (${code}). Look at who may write there and whether there is room; below DATA_DIR, it may be set to another folder.`;
  }
  return error.stack ?? error.message;
}
