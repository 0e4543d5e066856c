import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, scratchFolder, testServer } from '../kit/database.js';
import { createHandset } from '../kit/handset.js';
import { passwordIn } from '../kit/passwords.js';
import { eventually } from '../kit/rows.js';
import { type Build, buildService } from './build.js';
import { killAll, startProcess } from './service-process.js';

let build: Build;
let home: string;

beforeAll(async () => {
  build = await buildService();
  home = await mkdtemp(join(scratchFolder(), 'cp2-test-'));
});
afterEach(killAll);
afterAll(async () => {
  await build?.remove();
  await rm(home, { recursive: true, force: true });
});

const start = (env: Readonly<Record<string, string>>) =>
  startProcess(build.main, { PORT: '0', ...env });

/** A phone of the simulated network, by the carrier's own wire. */
async function phoneAt(url: string, dataDir: string, number: string) {
  const secret = (await readFile(join(dataDir, 'keys/webhook-secret'), 'utf8')).trim();
  const post = (webhook: string, form: Readonly<Record<string, string>>) =>
    fetch(`${url}/africastalking/${secret}/${webhook}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
  const taken = new Set<string>();
  return createHandset(number, post, async () => {
    let text = '';
    await eventually(async () => {
      const response = await fetch(`${url}/simulator/api/phones/${number}`);
      const { messages } = (await response.json()) as { messages: { id: string; text: string }[] };
      const next = messages.find(({ id }) => !taken.has(id));
      expect(next, 'an SMS').toBeDefined();
      taken.add(next?.id ?? '');
      text = next?.text ?? '';
    });
    return text;
  });
}

describe('on one folder, one after the other', () => {
  const number = '+254722111333';
  const said: string[] = [];
  const passwords: string[] = [];
  let dataDir: string;
  beforeAll(() => {
    dataDir = join(home, 'new/data');
  });

  test('a process starts from nothing, says what to open and dial, and is killed', {
    timeout: 60_000,
  }, async () => {
    const service = start({ DATA_DIR: dataDir, LOG_LEVEL: 'trace' });
    const url = await service.url;
    await eventually(async () => expect(service.output()).toContain('REGISTER'));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    for (const told of [
      `Creating the embedded database in ${dataDir}`,
      `${url}/simulator`,
      `${url}/login`,
      'npm run phone',
      '*384*27#',
      '22263',
    ]) {
      expect(service.output()).toContain(told);
    }

    const simulated = await fetch(`${url}/simulator/api/phones/0722111444/dial`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: '*384*27#' }),
    });
    expect(await simulated.json()).toMatchObject({ place: { flow: 'home', state: 'welcome' } });

    const phone = await phoneAt(url, dataDir, number);
    expect((await phone.dial()).text).toContain('1. Register');
    await phone.reply('1');
    expect(await phone.reply('1')).toMatchObject({ ended: true });
    passwords.push(passwordIn(await phone.nextSms()));
    expect(await service.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    said.push(service.output());
  });

  test('another ends where its port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const refused = start({ DATA_DIR: dataDir, PORT: String(port) });
    expect(await refused.ended).toEqual({ code: 1, signal: null });
    expect(refused.output()).toContain('It cannot listen where HOST and PORT say (EADDRINUSE)');
    holder.close();
  });

  test('another says in a line that its folder cannot be one', async () => {
    for (const place of [import.meta.filename, join(import.meta.filename, 'data')]) {
      const refused = start({ DATA_DIR: place });
      expect(await refused.ended).toEqual({ code: 1, signal: null });
      expect(refused.output()).toContain(import.meta.filename);
      expect(refused.output()).not.toMatch(/^\s+at /m);
    }
  });

  test('the next has everything, admits no second, and stops when it is told', async () => {
    const service = start({ DATA_DIR: dataDir, LOG_LEVEL: 'trace' });
    const phone = await phoneAt(await service.url, dataDir, number);
    expect(service.output()).not.toContain('Creating');
    expect(service.output()).not.toContain('PUBLIC_URL');
    expect((await phone.dial()).text).toContain('1. Profile');
    await phone.reply('2');
    expect(await phone.reply('1')).toMatchObject({ ended: true });
    passwords.push(passwordIn(await phone.nextSms()));

    const second = start({ DATA_DIR: dataDir });
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.output()).toContain('is in use by another process');
    expect(second.output()).toContain('DATA_DIR');
    expect(second.output()).not.toMatch(/^\s+at /m);
    expect((await phone.dial()).text).toContain('1. Profile');

    const began = performance.now();
    expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(performance.now() - began, 'milliseconds').toBeLessThan(5_000);
    said.push(service.output(), second.output());
  });

  test('one whose database fails says so, and ends to be started again', async () => {
    const fails = join(home, 'fails');
    const preload = join(home, 'fails-when-told.mjs');
    await writeFile(
      preload,
      `import { existsSync } from 'node:fs';
      import { isMainThread } from 'node:worker_threads';
      if (!isMainThread) setInterval(() => existsSync(${JSON.stringify(fails)}) && process.exit(1), 20);`,
    );
    const service = start({ DATA_DIR: dataDir, NODE_OPTIONS: `--import=${preload}` });
    await service.url;
    await writeFile(fails, '');
    expect(await service.ended).toEqual({ code: 1, signal: null });
    const told = `The embedded database in ${dataDir} has failed: The embedded database has ended.`;
    expect(service.output()).toContain(told);
    said.push(service.output());
  });

  test('none has said a password, a key or a number', async () => {
    expect(new Set(passwords).size).toBe(2);
    expect(said.join('')).toContain('"level":"info"');
    for (const secret of [...passwords, ...(await keysIn(dataDir)), number.slice(4)]) {
      for (const form of [secret, secret.replace(' ', ''), encodeURIComponent(secret)]) {
        for (const output of said) expect(output.includes(form), form).toBe(false);
      }
    }
  });
});

/** Also that nobody else on the machine can read them. */
async function keysIn(dataDir: string): Promise<string[]> {
  const keys: string[] = [];
  for (const name of ['webhook-secret', 'data-key']) {
    const file = join(dataDir, 'keys', name);
    expect((await stat(file)).mode & 0o077, `who else may read ${name}`).toBe(0);
    keys.push((await readFile(file, 'utf8')).trim());
  }
  return keys;
}

test('refuses a bad configuration: every fault by name, no value', async () => {
  const bad = {
    PORT: '99999',
    DATABASE_URL: 'mysql://someone:pa55word@db.example/x',
    AT_USERNAME: 'gateway',
    WEBHOOK_SECRETS: 'short-secret',
    DATA_KEY: 'not-a-data-key',
    METRICS_TOKEN: 'short-token',
    LOG_LEVEL: 'loud',
    USSD_CODE: '977',
  };
  const refused = start(bad);
  expect(await refused.ended).toEqual({ code: 1, signal: null });
  const output = refused.output();
  for (const name of [...Object.keys(bad).filter((one) => one !== 'AT_USERNAME'), 'AT_API_KEY']) {
    expect(output).toMatch(new RegExp(`^  ${name}: `, 'm'));
  }
  for (const value of Object.values(bad)) expect(output).not.toContain(value);
  expect(output).not.toContain('pa55word');
  expect(output).not.toMatch(/^\s+at /m);
});

test.skipIf(testServer === null)(
  'two processes on one PostgreSQL database (set TEST_DATABASE_URL)',
  async () => {
    const { config, remove } = await freshDatabase('postgresql');
    if (config.kind !== 'postgresql') throw new Error('PostgreSQL is wanted.');
    const secret = randomBytes(16).toString('hex');
    const env = {
      DATABASE_URL: config.url,
      DATA_KEY: randomBytes(32).toString('base64'),
      WEBHOOK_SECRETS: secret,
      DATA_DIR: join(home, 'server'),
    };
    const processes = [start(env), start(env)];
    const urls = await Promise.all(processes.map(({ url }) => url));
    expect(new Set(urls).size).toBe(2);
    let turns = 0;
    const phone = createHandset(
      '+254722111444',
      (webhook, form) => {
        turns += 1;
        return fetch(`${urls[turns % 2]}/africastalking/${secret}/${webhook}`, {
          method: 'POST',
          body: new URLSearchParams(form),
        });
      },
      () => Promise.reject(new Error('the SMS are not asked for')),
    );
    expect((await phone.dial()).text).toContain('1. Register');
    expect((await phone.reply('1')).text).toContain('1. I agree');
    expect((await phone.reply('1')).text).toContain('Registered');
    expect((await phone.dial()).text).toContain('1. Profile');
    for (const one of processes) {
      expect(await one.end('SIGTERM')).toEqual({ code: 0, signal: null });
    }
    await remove();
  },
);

test.skipIf(testServer === null)(
  'names the setting where the server has no such database (set TEST_DATABASE_URL)',
  async () => {
    const url = new URL(testServer ?? '');
    url.pathname = '/cp2_test_that_is_not_there';
    const refused = start({
      DATABASE_URL: url.href,
      DATA_KEY: randomBytes(32).toString('base64'),
      WEBHOOK_SECRETS: randomBytes(16).toString('hex'),
      DATA_DIR: join(home, 'nowhere'),
    });
    expect(await refused.ended).toEqual({ code: 1, signal: null });
    expect(refused.output()).toContain('no database of that name');
    expect(refused.output()).toContain('DATABASE_URL');
    expect(refused.output()).not.toMatch(/^\s+at /m);
  },
);
