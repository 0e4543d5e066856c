import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import { onceAMinute } from './once-a-minute.js';

/**
 * Takes note of what went wrong on our side.
 *
 * @param where for the metrics, such as a webhook's name.
 * @param about what else there is to say of it in the log: nothing about a person.
 */
export type Failed = (
  error: unknown,
  failure: { readonly where: string; readonly about?: object; readonly message: string },
) => void;

/**
 * Counts each failure, and logs one of a kind a minute with how many of it were not logged since: while the database is
 * away every call fails in the same way, and thousands of lines that say so hide the one that says something else.
 */
export function createFailed(log: Log, metrics: Pick<Metrics, 'failure'>, now: () => Date): Failed {
  const mayTell = onceAMinute(now);
  return (error, { where, about = {}, message }) => {
    metrics.failure(where);
    const unlogged = mayTell(`${message} ${where} ${kindOf(error)}`);
    if (unlogged !== null)
      log.error({ err: error, ...about, ...(unlogged > 0 && { unlogged }) }, message);
  };
}

/** The same for the same fault: an error's text may quote what was wrong with one request. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { code?: unknown };
  const [frame = ''] = /^\s+at .*$/m.exec(error.stack ?? '') ?? [];
  return `${error.name} ${String(code)} ${frame}`;
}
