import { createServer } from 'node:http';
import Koa, { type Middleware } from 'koa';
import { expect, test } from 'vitest';
import { onFirstRequest } from '../src/first-request.js';
import { closeServer, listen } from '../src/listen.js';

test('is loaded with the first request, once, and anew where that failed', async () => {
  let loads = 0;
  const page: Middleware = async (ctx, next) => {
    if (ctx.path === '/page') ctx.body = `load ${loads}`;
    else await next();
  };
  const app = new Koa();
  app.silent = true;
  app.use(
    onFirstRequest(async () => {
      loads += 1;
      if (loads === 1) throw new Error('it cannot be loaded');
      return page;
    }),
  );
  const server = createServer(app.callback());
  const url = await listen(server, { host: '127.0.0.1', port: 0 });
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return `${response.status} ${await response.text()}`;
  };
  try {
    expect(loads).toBe(0);
    expect(await get('/page')).toMatch(/^500 /);
    expect(await Promise.all([get('/page'), get('/page')])).toEqual(['200 load 2', '200 load 2']);
    expect(await get('/other')).toMatch(/^404 /);
  } finally {
    await closeServer(server);
  }
});
