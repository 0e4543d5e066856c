import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { hashingNow } from '../../src/accounts/hashing.js';
import { fittingHash, hashPassword, saltOf } from '../../src/accounts/passwords.js';
import type { Phone } from '../../src/phone-number.js';
import { createSeal } from '../../src/seal.js';
import { starveHashing } from '../kit/passwords.js';

const salt = saltOf(createSeal(Buffer.alloc(32, 7)), '254712345678' as Phone);
const alike = await Promise.all(
  ['4821 9035', '1111-2222', '33334444'].map((password) => hashPassword(password, salt)),
);
const own = await hashPassword('mvua kubwa ya masika');

test('a password fits its own hash among several, in either spelling', async () => {
  expect(await fittingHash(alike, '48219035')).toBe(alike[0]);
  expect(await fittingHash(alike, '1111 2222')).toBe(alike[1]);
  expect(await fittingHash([...alike, own], 'mvua kubwa ya masika')).toBe(own);
  expect(await fittingHash([own, ...alike], '3333-4444')).toBe(alike[2]);
});

test('or none', async () => {
  expect(await fittingHash(alike, '99998888')).toBeNull();
  expect(await fittingHash([], '48219035')).toBeNull();
  expect(await fittingHash(['$argon2id$of-a-test'], '48219035')).toBeNull();
});

test.each([
  ['none', []],
  ['one', [own]],
  ['three that were issued to a number', alike],
])('is looked for with one hashing among %s', async (_, hashes) => {
  const before = hashingNow().asked.hashes;
  await fittingHash(hashes, '99998888');
  expect(hashingNow().asked.hashes).toBe(before + 1);
});

test('a number has one salt under one key, and no other number has it', () => {
  const under = (byte: number, phone: string) =>
    saltOf(createSeal(Buffer.alloc(32, byte)), phone as Phone).toString('hex');
  expect(under(7, '254712345678')).toBe(salt.toString('hex'));
  expect(under(8, '254712345678')).not.toBe(salt.toString('hex'));
  expect(under(7, '254712345679')).not.toBe(salt.toString('hex'));
  expect(salt).toHaveLength(16);
});

test('they are hashed by a process of a lower priority, which knows no secret of ours', async () => {
  await hashPassword('mvua kubwa ya masika');
  const { pid } = hashingNow();
  expect(getPriority(pid ?? 0)).toBeGreaterThan(getPriority());
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  expect(environment.filter((one) => !/^(UV_THREADPOOL_SIZE|NODE_CHANNEL_\w+)=/.test(one))).toEqual(
    [],
  );
});

const AUTOGROUP = '/proc/self/autogroup';
test.skipIf(!existsSync(AUTOGROUP))(
  'that process is behind those of other sessions too, and we are not',
  async () => {
    await hashPassword('mvua kubwa ya masika');
    const group = (pid: number | null) => readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim();
    expect(group(hashingNow().pid)).toMatch(/ nice 10$/);
    expect(group(process.pid)).not.toMatch(/ nice 10$/);
  },
);

/** Field 41 of proc_pid_stat(5): 0 is the common policy, 5 is SCHED_IDLE. The name before may hold spaces. */
const policyOf = (pid: number | null) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[38]);
};
const hasChrt = existsSync('/usr/bin/chrt');

test.each([
  ['idle', hasChrt ? 5 : 0],
  ['low', 0],
])('it hashes as well with a standing that is %s', async (standing, policy) => {
  const program = fileURLToPath(new URL('../../src/accounts/hashing-process.js', import.meta.url));
  // In a session of its own, or it would make ours a low one.
  const child = fork(program, [standing], {
    execArgv: [],
    serialization: 'advanced',
    detached: true,
  });
  const parameters = { memoryCost: 64, timeCost: 1, parallelism: 1, salt };
  child.send({ id: 7, password: 'jua kali', parameters });
  const [told] = await once(child, 'message');
  expect(told).toEqual({ id: 7, hash: expect.stringMatching(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/) });
  expect(policyOf(child.pid ?? 0)).toBe(policy);
  child.disconnect();
  await once(child, 'exit');
});

test('where it gets no processor, another with a small share takes its place and its work, for a while', async () => {
  await starveHashing();
  const idle = hashingNow().pid;
  const waiting = ['mvua kubwa', 'jua kali'].map((password) => hashPassword(password));
  const hashes = await Promise.all(waiting);
  expect(await fittingHash(hashes, 'jua kali')).toBe(hashes[1]);
  const low = hashingNow().pid;
  expect(low).not.toBe(idle);
  expect(policyOf(low)).toBe(0);
  expect(getPriority(low ?? 0)).toBeGreaterThan(getPriority());

  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 10 * 60_000 + 1);
  await hashPassword('mvua kubwa');
  await hashPassword('jua kali');
  expect(hashingNow().pid).not.toBe(low);
});

test('where the process dies, those who wait are refused, and the next are served by another', async () => {
  const waiting = hashPassword('mvua kubwa ya masika');
  const { pid } = hashingNow();
  process.kill(pid ?? 0, 'SIGKILL');
  await expect(waiting).rejects.toThrow('A password was not hashed: the process ended, SIGKILL');
  expect(await fittingHash([own], 'mvua kubwa ya masika')).toBe(own);
  expect(hashingNow().pid).not.toBe(pid);
});
