import { createServer } from 'node:http';
import Koa, { type Middleware } from 'koa';
import { expect, test } from 'vitest';
import { closeServer, listen } from '../src/listen.js';
import { loadedLater } from '../src/loaded-later.js';

const page =
  (text: string): Middleware =>
  async (ctx, next) => {
    if (ctx.path === '/page') ctx.body = text;
    else await next();
  };

async function served(middleware: Middleware, use: (get: Get) => Promise<void>): Promise<void> {
  const app = new Koa();
  app.silent = true;
  const server = createServer(app.use(middleware).callback());
  const url = await listen(server, { host: '127.0.0.1', port: 0 });
  try {
    await use(async (path) => {
      const response = await fetch(`${url}${path}`);
      return `${response.status} ${await response.text()}`;
    });
  } finally {
    await closeServer(server);
  }
}

type Get = (path: string) => Promise<string>;

test('is loaded by the first request, once, and lets pass what it does not answer', async () => {
  let loads = 0;
  const { middleware, load } = loadedLater(async () => {
    loads += 1;
    return page('here');
  });
  await served(middleware, async (get) => {
    expect(loads).toBe(0);
    expect(await Promise.all([get('/page'), get('/page')])).toEqual(['200 here', '200 here']);
    expect(await get('/other')).toMatch(/^404 /);
    await load();
    expect(loads).toBe(1);
  });
});

test('tells who loads it, and who asks for it, that it cannot be loaded', async () => {
  const { middleware, load } = loadedLater(async () => {
    throw new Error('the file is gone');
  });
  await expect(load()).rejects.toThrow('the file is gone');
  await served(middleware, async (get) => expect(await get('/page')).toMatch(/^500 /));
});
