import { ConfigError } from './config.js';
import { FolderInUseError } from './database/folder-lock.js';
import { type Service, startService } from './service.js';

/** A stop that takes longer than this is cut short: what is not finished is taken up at the next start. */
const STOP_WITHIN_MS = 15_000;

/** Why a PostgreSQL server refuses a connection, by its codes. */
const refusals: Readonly<Record<string, string>> = {
  '3D000': 'The database server has no database of that name: create it first.',
  '28000': 'The database server does not let that user in.',
  '28P01': 'The database server does not accept that user and password.',
};

try {
  const service = await startService(process.env);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop(service));
  }
} catch (error) {
  process.stderr.write(`${explained(error)}\n`);
  process.exitCode = 1;
}

async function stop(service: Service): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await service.stop();
}

/** What the person who starts the service can mend is said in a line; anything else is a fault, with its trace. */
function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError || error instanceof FolderInUseError) return error.message;
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException;
  if (syscall === 'listen') {
    return `It cannot listen where HOST and PORT say (${code}). Stop what listens there, or set PORT to another.`;
  }
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT'].includes(code)) {
    return `The database of DATABASE_URL cannot be reached (${code}).`;
  }
  const refusal = refusals[code];
  if (refusal !== undefined) return `${refusal} Look at DATABASE_URL.`;
  return error.stack ?? error.message;
}
