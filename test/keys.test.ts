import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { developmentKeys, isWebhookSecret } from '../src/keys.js';

let dataDir: string;

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'cp2-test-')), 'data');
});
afterEach(() => rm(join(dataDir, '..'), { recursive: true }));

test('are made once and kept, for the owner alone', async () => {
  const first = developmentKeys(dataDir);
  const dataKey = await first.dataKey();
  const secret = await first.webhookSecret();
  expect(dataKey).toHaveLength(32);
  expect(isWebhookSecret(secret)).toBe(true);

  const second = developmentKeys(dataDir);
  expect([await second.dataKey(), await second.webhookSecret()]).toEqual([dataKey, secret]);
  expect(await readdir(join(dataDir, 'keys'))).toEqual(['data-key', 'webhook-secret']);
  if (process.platform === 'win32') return;
  expect(await modeOf(join(dataDir, 'keys'))).toBe(0o700);
  expect(await modeOf(join(dataDir, 'keys/data-key'))).toBe(0o600);
  expect(await modeOf(join(dataDir, 'keys/webhook-secret'))).toBe(0o600);
});

test('are the same for all who ask for the first time at the same moment', async () => {
  const asked = await Promise.all(
    Array.from({ length: 8 }, () => developmentKeys(dataDir).webhookSecret()),
  );
  expect(new Set(asked).size).toBe(1);
  expect(await readdir(join(dataDir, 'keys'))).toEqual(['webhook-secret']);
});

test.each([
  ['empty', ''],
  ['cut short', 'c2hvcnQ=\n'],
  ['something else', 'a-key-that-somebody-typed\n'],
])('are not replaced where the file is %s', async (_what, content) => {
  const file = join(dataDir, 'keys/data-key');
  await mkdir(join(dataDir, 'keys'), { recursive: true });
  await writeFile(file, content);
  await expect(developmentKeys(dataDir).dataKey()).rejects.toThrow(`${file} is damaged`);
  expect(await readFile(file, 'utf8')).toBe(content);
});

test('are not replaced where the file cannot be read', async () => {
  await mkdir(join(dataDir, 'keys/data-key'), { recursive: true });
  await expect(developmentKeys(dataDir).dataKey()).rejects.toThrow('cannot be read (EISDIR)');
});

async function modeOf(file: string): Promise<number> {
  return (await stat(file)).mode & 0o777;
}
