import type { Middleware } from 'koa';
import type { Network } from './network.js';

/**
 * Server-Sent Events: `network` with everything as it stands, then a `change` for each change. A
 * browser that lost the connection comes back by itself and gets `network` again.
 */
export function eventStream(network: Network, stopping: AbortSignal): Middleware {
  return (ctx) => {
    // Koa would take a listener who leaves for a failure, and they all leave some time.
    ctx.respond = false;
    const { res } = ctx;
    res.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Never used again; kept alive, it would hold up a server that stops.
      connection: 'close',
      'x-accel-buffering': 'no',
    });
    const send = (event: string, data: unknown): void => {
      res.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    const end = () => res.end();
    const unsubscribe = network.subscribe((change) => send('change', change));
    stopping.addEventListener('abort', end, { once: true });
    res.once('close', () => {
      unsubscribe();
      stopping.removeEventListener('abort', end);
    });
    send('network', network.view());
    if (stopping.aborted) end();
  };
}
