import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import type { Middleware } from 'koa';
import { expect, test } from 'vitest';
import { createFailed } from '../src/failures.js';
import { createHttp } from '../src/http.js';
import { closeServer } from '../src/listen.js';
import { createLog } from '../src/log.js';
import { createMetrics } from '../src/metrics.js';

/** Asks for a page, lets `ask` do with the connection what it likes, and gives what was logged and counted in the end. */
async function told(page: Middleware, ask: (socket: Socket) => Promise<void>) {
  let logged = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged += String(chunk);
      done();
    },
  });
  const now = () => new Date();
  const depth = async () => ({ queued: 0, sending: 0, oldestDueAt: null });
  const metrics = createMetrics({ depth, budgetUsed: async () => 0 }, now);
  const log = createLog({ level: 'debug', destination });
  const app = createHttp({
    log,
    metrics,
    failed: createFailed(log, metrics, now),
    metricsToken: null,
    trustProxy: false,
    isReady: async () => true,
    stopping: new AbortController().signal,
    routes: [page],
    pages: [],
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const closed = new Promise((resolve) => {
    server.on('connection', (connection) => connection.on('close', resolve));
  });
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await ask(socket);
  await closed;
  await closeServer(server);
  const counted = /^cp2_failures_total\{where="http"\} (\d+)$/m.exec(await metrics.text());
  const levels = logged
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).level);
  return { levels: new Set(levels), failures: Number(counted?.[1] ?? 0) };
}

test('who hangs up in the middle of an answer is no failure of ours', async () => {
  const endless: Middleware = (ctx) => {
    const stream = new PassThrough();
    const writing = setInterval(() => stream.write('more'.repeat(1_000)), 1);
    stream.on('close', () => clearInterval(writing));
    ctx.body = stream;
  };
  const seen = await told(endless, async (socket) => {
    await once(socket, 'data');
    socket.resetAndDestroy();
  });
  expect(seen).toEqual({ levels: new Set(['debug']), failures: 0 });
});

test('a page that throws is one', async () => {
  const broken: Middleware = () => {
    throw Object.assign(new Error('the database went'), { code: 'ECONNRESET' });
  };
  const seen = await told(broken, async (socket) => {
    await once(socket, 'data');
    socket.end();
  });
  expect(seen).toEqual({ levels: new Set(['error']), failures: 1 });
});
