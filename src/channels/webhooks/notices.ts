import type { Door, WebhookOptions } from './door.js';
import { type Parsed, parseReading } from './parsing.js';
import type { Fields } from './reading.js';

/**
 * Opens a webhook without a reply of its own, for forms. 200 settles the matter; 503 asks the carrier
 * to try again, because the failure is ours. A malformed request will never become right: 400, and no
 * effect. A number that we do not serve is no fault of the carrier's: 200, and no effect.
 */
export function serveNotice<T>(
  door: Door,
  name: string,
  parse: (fields: Fields) => Parsed<T>,
  listen: (notice: T) => Promise<void> | void,
  options: WebhookOptions,
): void {
  door.serve(name, 'POST form', async (ctx, reading, webhook) => {
    const parsed = parseReading(reading, parse);
    if (!parsed.ok) {
      options.onMalformed(parsed.fault, webhook);
      ctx.status = parsed.fault.kind === 'malformed' ? 400 : 200;
      return;
    }
    try {
      await listen(parsed.value);
      ctx.status = 200;
    } catch (error) {
      options.onError(error, webhook);
      ctx.status = 503;
    }
  });
}
