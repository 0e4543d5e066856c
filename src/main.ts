import { ConfigError } from './config.js';
import { FolderInUseError } from './database/folder-lock.js';
import { type Service, startService } from './service.js';

/** A stop that takes longer than this is cut short: what is not finished is taken up at the next start. */
const STOP_WITHIN_MS = 15_000;

try {
  const service = await startService(process.env);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop(service));
  }
} catch (error) {
  // These two are for the person who starts the service; anything else is a fault with a trace.
  const expected = error instanceof ConfigError || error instanceof FolderInUseError;
  process.stderr.write(`${expected ? error.message : inspectable(error)}\n`);
  process.exitCode = 1;
}

async function stop(service: Service): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await service.stop();
}

function inspectable(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
