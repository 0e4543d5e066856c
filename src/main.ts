import { explained } from './explained.js';
import { type Service, startService } from './service.js';

/** A stop that takes longer than this is cut short: what is not finished is taken up at the next start. */
const STOP_WITHIN_MS = 15_000;

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
