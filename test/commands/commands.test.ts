import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findClaimed, readOldNumber, requestMove } from '../../src/accounts/moves.js';
import { setAsideSilent } from '../../src/accounts/set-aside.js';
import { type Command, exitCodeOf } from '../../src/commands/command.js';
import { conflicts } from '../../src/commands/conflicts.js';
import { deliveries } from '../../src/commands/deliveries.js';
import { toolsOf, type WithTools } from '../../src/commands/environment.js';
import { erasePerson } from '../../src/commands/erase-person.js';
import { exportPerson } from '../../src/commands/export-person.js';
import { moves } from '../../src/commands/moves.js';
import { rotateKey } from '../../src/commands/rotate-key.js';
import { setAside } from '../../src/commands/set-aside.js';
import { connect } from '../../src/database/connect.js';
import { inTransaction } from '../../src/database/transaction.js';
import { maskPhone, type Phone } from '../../src/phone-number.js';
import { readValues } from '../../src/profile/profile.js';
import { createSeal } from '../../src/seal.js';
import { backs, freshDatabase, useDatabase } from '../kit/database.js';
import { toolsOn } from '../kit/tools.js';
import { NOON, newPhone, person, save, wholeProfile } from '../profile/people.js';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];

/** Runs a command as its process would. */
async function run(
  command: Command,
  args: readonly string[],
  withTools: WithTools = () => Promise.reject(new Error('a wrong call opens nothing')),
) {
  const [printed, complaints]: [string[], string[]] = [[], []];
  const code = await exitCodeOf(
    command,
    {
      ...{ args, withTools, now: () => NOON, operator: 'achieng' },
      print: (line) => printed.push(line),
    },
    (line) => complaints.push(line),
  );
  return { code, printed: printed.join('\n'), complaint: complaints.join('\n') };
}

const NO_ACCOUNT = '00000000-0000-4000-8000-000000000000';

describe('a wrong call gets one line and exit code 2', () => {
  test.each<[string, Command, string[]]>([
    ['rotate-key', rotateKey, ['now']],
    ['rotate-key', rotateKey, ['--yes']],
    ['export-person', exportPerson, []],
    ['export-person', exportPerson, ['12345']],
    ['export-person', exportPerson, ['0712345678', '0712345679']],
    ['erase-person', erasePerson, ['0712345678']],
    ['erase-person', erasePerson, ['--yes']],
    ['erase-person', erasePerson, ['0712345678', '--no']],
    ['deliveries', deliveries, ['0']],
    ['deliveries', deliveries, ['91']],
    ['deliveries', deliveries, ['7', 'days']],
    ['conflicts', conflicts, ['list']],
    ['conflicts', conflicts, ['resolve']],
    ['conflicts', conflicts, ['resolve', 'all']],
    ['conflicts', conflicts, ['resolve', '1', '2']],
    ['moves', moves, ['1']],
    ['moves', moves, ['approve']],
    ['moves', moves, ['approve', 'all']],
    ['moves', moves, ['refuse', '1', '2']],
    ['moves', moves, ['refuse', '1', '--without-id']],
    ['moves', moves, ['approve', '1', '--yes']],
    ['set-aside', setAside, ['12345']],
    ['set-aside', setAside, ['export', '0712345678']],
    ['set-aside', setAside, ['erase', NO_ACCOUNT]],
    ['set-aside', setAside, ['export', NO_ACCOUNT, '--yes']],
  ])('%s', async (name, command, args) => {
    const { code, printed, complaint } = await run(command, args);
    expect([code, printed]).toEqual([2, '']);
    expect(complaint).toMatch(new RegExp(`^Usage: npm run .*${name}[^\n]*$`));
  });
});

for (const { kind, name, available } of backs) {
  describe.skipIf(!available)(`the commands, on ${name}`, () => {
    const database = useDatabase(kind);
    let people: [Phone, Phone];
    beforeEach(async () => {
      const { db } = database();
      for (const table of ['number_moves', 'messages']) await db(table).delete();
      await db('callers').delete().whereNotIn('phone', db('accounts').select('phone'));
      people = [await person(db), await person(db)];
      for (const phone of people) {
        await save(db, phone, wholeProfile, { seal: createSeal(oldKey) });
      }
    });
    afterEach(async () => {
      await database().db('accounts').delete();
    });

    /** The one open database, with these keys. */
    const tools = (key = oldKey, previous: Buffer[] = []): WithTools =>
      toolsOn(() => database().db, createSeal(key, previous));

    test('a key is rotated', async () => {
      const forgot = await run(rotateKey, [], tools(newKey));
      expect(forgot).toMatchObject({ code: 1, complaint: expect.stringContaining('2 accounts') });
      expect(await run(rotateKey, [], tools(newKey, [oldKey]))).toEqual({
        code: 0,
        printed:
          'Sealed anew: 18 details, 50 changes, 0 SMS, 0 turns, 0 numbers. Digests made anew: 6.',
        complaint: '',
      });
      const values = await readValues(database().db, createSeal(newKey), people[0]);
      expect(values).toEqual(wholeProfile);
    });

    test('a person is copied out and erased', async () => {
      const copy = await run(exportPerson, [`+${people[0]}`], tools());
      expect(copy.code).toBe(0);
      expect(JSON.parse(copy.printed).details).toHaveLength(25);
      expect(copy.printed).not.toContain(people[1]);
      expect(await database().db('readings').pluck('what')).toEqual(['export']);

      const local = `0${people[0].slice(3)}`;
      expect(await run(erasePerson, [local, '--yes'], tools())).toMatchObject({ code: 0 });
      for (const again of [
        await run(erasePerson, [local, '--yes'], tools()),
        await run(exportPerson, [local], tools()),
      ]) {
        expect(again).toEqual({
          code: 1,
          printed: '',
          complaint: 'Nothing is kept about this number.',
        });
      }
    });

    test('moves are listed, masked, until they are decided', async () => {
      const asker = newPhone();
      const seal = createSeal(oldKey);
      const { db } = database();
      await db('callers').insert({ phone: asker, first_seen_at: NOON });
      const ask = async (said: string) => {
        const number = readOldNumber(seal, asker, people[0])?.number ?? '';
        const claim = await findClaimed(db, seal, { phone: asker, number, said });
        await inTransaction(db, (trx) =>
          requestMove(trx, seal, { ...claim, phone: asker, number, via: 'ussd', at: NOON }),
        );
        const listed = (await run(moves, [], tools())).printed.split('\t');
        return { id: listed[0] ?? '', listed };
      };
      const first = await ask('1234567');
      const [to, from] = [`to ${maskPhone(asker)}`, `from ${maskPhone(people[0])}`];
      expect(first.listed.slice(1)).toEqual([
        ...[to, from, 'ID differs', 'last heard 24/11/2026', '25 of 25', '24/11/2026 12:00'],
      ]);
      expect(await run(moves, ['approve', first.id], tools())).toMatchObject({
        code: 1,
        complaint: expect.stringContaining('not the one on record'),
      });
      expect(await run(moves, ['refuse', first.id], tools())).toMatchObject({ code: 0 });
      expect(await run(moves, [], tools())).toMatchObject({ printed: 'No requests.' });

      const { id } = await ask(wholeProfile.nationalId);
      expect(await run(moves, ['approve', id], tools())).toMatchObject({ code: 0 });
      expect(await readValues(db, seal, asker)).toEqual(wholeProfile);
      for (const verb of ['approve', 'refuse']) {
        expect(await run(moves, [verb, id], tools())).toMatchObject({
          complaint: `There is no open request ${id}.`,
        });
      }
      const all = (await run(moves, ['all'], tools())).printed;
      expect(all).toContain('refused 24/11/2026 12:00\tachieng');
      expect(all).toContain(`now at ${maskPhone(asker)}`);
      for (const phone of [asker, ...people]) expect(all).not.toContain(phone.slice(3));
    });

    test('accounts that were set aside are listed, copied out and erased', async () => {
      const year = new Date(NOON.getTime() + 365 * 24 * 3_600_000);
      const seal = createSeal(oldKey);
      await inTransaction(database().db, (trx) =>
        setAsideSilent(trx, seal, { phone: people[0], at: year }),
      );
      const listed = (await run(setAside, [], tools())).printed;
      const [id = '', ...rest] = listed.split('\t');
      expect(rest).toEqual([
        ...[maskPhone(people[0]), '25 of 25', 'last heard 24/11/2026', 'set aside 24/11/2027'],
      ]);
      expect((await run(setAside, [people[0]], tools())).printed).toBe(listed);
      expect((await run(setAside, [people[1]], tools())).printed).toBe('None.');
      expect((await run(conflicts, [], tools())).printed).toContain(`set aside ${id}`);
      const copy = await run(setAside, ['export', id], tools());
      expect(JSON.parse(copy.printed).details).toHaveLength(25);
      expect(await run(setAside, ['erase', id, '--yes'], tools())).toMatchObject({ code: 0 });
      for (const again of [
        await run(setAside, ['erase', id, '--yes'], tools()),
        await run(setAside, ['export', id], tools()),
      ]) {
        expect(again).toMatchObject({ code: 1, printed: '' });
      }
    });

    test('what became of SMS is told by day in Kenya and network', async () => {
      const { db } = database();
      expect(await run(deliveries, [], tools())).toMatchObject({ printed: 'No SMS.' });
      const [phone] = people;
      await db('callers').where({ phone }).update({ network: '63902' });
      const sms = async (at: string, state: string, more: object = {}) => {
        const created_at = new Date(at);
        await db('messages').insert({
          ...{ phone, carries: 'reply', asked: true, segments: 1, state },
          ...{ due_at: created_at, created_at, changed_at: created_at, ...more },
        });
      };
      // The last instant of one day in Kenya, and the first of the next.
      await sms('2026-11-23T20:59:59.999Z', 'delivered');
      await sms('2026-11-23T21:00:00Z', 'delivered', { network: '63903' });
      await sms('2026-11-24T05:00:00Z', 'delivered');
      await sms('2026-11-24T05:00:00Z', 'accepted');
      await sms('2026-11-24T05:00:00Z', 'unknown');
      await sms('2026-11-24T05:00:00Z', 'sent');
      await sms('2026-11-24T05:00:00Z', 'queued', { body: Buffer.from('sealed') });
      for (const failure of ['blocked', 'blocked', 'phoneOff']) {
        await sms('2026-11-24T05:00:00Z', 'failed', { failure });
      }
      await sms('2026-11-17T20:59:59Z', 'delivered', { network: 'Elsewhere' });

      const today = await run(deliveries, ['1'], tools());
      expect(today.printed.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
        [
          ...['Day', 'Network', 'SMS', 'delivered', 'on the way', 'no report', 'unknown'],
          ...['waiting', 'failed', 'why'],
        ],
        [
          ...['2026-11-24', '63902 Safaricom', '8', '12.5 %', '12.5 %', '12.5 %', '12.5 %'],
          ...['12.5 %', '37.5 %', 'blocked 25.0 %, phoneOff 12.5 %'],
        ],
        ['2026-11-24', '63903 Airtel', '1', '100.0 %', '-', '-', '-', '-', '-'],
      ]);
      const week = await run(deliveries, [], tools());
      expect(week.printed.split('\n')).toHaveLength(4);
      expect(week.printed).not.toContain('Elsewhere');
      expect(week.printed).not.toContain(phone.slice(3));
      await db('messages').where({ phone }).delete();
    });

    test('conflicts are listed, masked, until they are resolved', async () => {
      const listed = (await run(conflicts, [], tools())).printed.split('\n');
      const columns = listed.map((line) => line.split('\t'));
      expect(columns.map(([, label]) => label).sort()).toEqual([
        ...['Account number', 'National ID', 'TSC or PF number'],
      ]);
      for (const [, , ...rest] of columns) {
        expect(rest.slice(0, 2).sort()).toEqual(people.map(maskPhone).sort());
        expect(rest[2]).toBe('24/11/2026 12:00');
      }
      for (const [id = ''] of columns) {
        const resolved = await run(conflicts, ['resolve', id], tools());
        expect(resolved).toMatchObject({ code: 0, printed: `Conflict ${id} is resolved.` });
      }
      expect(await run(conflicts, [], tools())).toMatchObject({ printed: 'No conflicts.' });
      expect(await run(conflicts, ['resolve', '1'], tools())).toMatchObject({ code: 1 });
    });
  });
}

test('a running service is not disturbed', async () => {
  const fresh = await freshDatabase();
  const database = await connect(fresh.config);
  const folder = fresh.config.kind === 'embedded' ? dirname(fresh.config.folder) : '';
  const env = { DATA_DIR: folder, DATA_KEY: oldKey.toString('base64') };
  const { code, complaint } = await run(conflicts, [], toolsOf(env));
  expect([code, complaint]).toEqual([1, expect.stringContaining('in use by another process')]);
  await database.close();
  await fresh.remove();
});

test('a process of its own says what is wrong on standard error', async () => {
  const path = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
  const ran = promisify(execFile)(process.execPath, [
    path('test/database/run-typescript.js'),
    path('src/commands/main.ts'),
  ]);
  await expect(ran).rejects.toMatchObject({
    ...{ code: 1, stdout: '' },
    stderr: expect.stringMatching(
      /^There is no command "[^\n]*There are: conflicts, [^\n]*words\.\n$/,
    ),
  });
});
