import { beforeEach, describe, expect, test } from 'vitest';
import { listItems } from '../../src/reference/items.js';
import { type BadListError, loadCsv } from '../../src/reference/load.js';
import { writeCsv } from '../../src/reference/write-csv.js';
import { describeOnEachDatabase } from '../kit/database.js';

const header = 'key,parent,number,name_en,name_sw';
const csv = (...lines: string[]) => [header, ...lines, ''].join('\n');
const none = { added: 0, changed: 0, retired: 0, unchanged: 0 };

describeOnEachDatabase(
  'loading a list',
  (database) => {
    const db = () => database().db;
    const numbers = async (parent = '68') =>
      (await listItems(db(), 'branches', parent)).map(({ number, key }) => `${number} ${key}`);
    const branches = (text: string, options?: { replace: boolean }) =>
      loadCsv(db(), 'branches', text, options);
    const refused = async (text: string, options?: { replace: boolean }) => {
      const before = await db()('reference_items').orderBy(['list', 'key']);
      const error = await branches(text, options).then(
        () => expect.unreachable('the file was loaded'),
        (thrown: BadListError) => thrown,
      );
      expect(await db()('reference_items').orderBy(['list', 'key'])).toEqual(before);
      expect(error.name).toBe('BadListError');
      return error.faults.map(({ line, expected }) => `${line} ${expected}`);
    };

    beforeEach(async () => {
      await db()('reference_items').where({ list: 'branches' }).delete();
    });

    test('twice changes nothing', async () => {
      const text = csv(
        '68001,68,1,Kisumu,Kisumu',
        '01001,01,1,"Moi Ave, old",Moi Ave',
        '68002,68,2,Siaya,Siaya',
      );
      expect(await branches(text)).toEqual({ ...none, added: 3 });
      expect(await listItems(db(), 'branches', '68')).toEqual([
        { key: '68001', number: 1, name: { en: 'Kisumu', sw: 'Kisumu' } },
        { key: '68002', number: 2, name: { en: 'Siaya', sw: 'Siaya' } },
      ]);
      const rows = await db()('reference_items').orderBy(['list', 'key']);
      expect(await branches(text)).toEqual({ ...none, unchanged: 3 });
      expect(await db()('reference_items').orderBy(['list', 'key'])).toEqual(rows);
    });

    test('changes what is different and leaves what the file does not have', async () => {
      await branches(csv('68001,68,1,Kisumu,Kisumu', '68002,68,2,Siaya,Siaya'));
      const text = csv('68002,68,2,Siaya Town,Siaya', '68003,68,3,Busia,Busia');
      expect(await branches(text)).toEqual({ ...none, added: 1, changed: 1 });
      expect(await writeCsv(db(), 'branches')).toBe(
        csv('68001,68,1,Kisumu,Kisumu', '68002,68,2,Siaya Town,Siaya', '68003,68,3,Busia,Busia'),
      );
    });

    test('with --replace retires what the file does not have, and takes it back', async () => {
      const both = csv('68001,68,1,Kisumu,Kisumu', '68002,68,2,Siaya,Siaya');
      const one = csv('68002,68,2,Siaya,Siaya');
      await branches(both);
      expect(await branches(one, { replace: true })).toEqual({ ...none, retired: 1, unchanged: 1 });
      expect(await numbers()).toEqual(['2 68002']);
      expect(await branches(one, { replace: true })).toEqual({ ...none, unchanged: 1 });
      expect(await branches(both)).toEqual({ ...none, changed: 1, unchanged: 1 });
      expect(await numbers()).toEqual(['1 68001', '2 68002']);
    });

    test('with --replace refuses a file that leaves nothing', async () => {
      await branches(csv('68001,68,1,Kisumu,Kisumu'));
      expect(await refused(csv(), { replace: true })).toEqual(['2 an item: nothing would be left']);
      expect(await branches(csv())).toEqual(none);
    });

    describe('numbers', () => {
      test('that are not given are the next ones, parent by parent', async () => {
        await branches(
          csv('68001,68,,A,', '01001,01,,B,', '68002,68,,C,', '68003,68,5,D,', '68004,68,,E,'),
        );
        expect(await numbers()).toEqual(['5 68003', '6 68001', '7 68002', '8 68004']);
        expect(await numbers('01')).toEqual(['1 01001']);
      });

      test('stay when the list grows, loses or is in another order', async () => {
        await branches(csv('68001,68,,A,', '68002,68,,B,', '68003,68,,C,'));
        await branches(csv('68009,68,,D,', '68003,68,,C,', '68001,68,,A,'), { replace: true });
        expect(await numbers()).toEqual(['1 68001', '3 68003', '4 68009']);
        expect(await branches(csv('68003,68,,C,'))).toEqual({ ...none, unchanged: 1 });
      });

      test('are never given again by themselves, not even those of retired items', async () => {
        await branches(csv('68001,68,,A,', '68002,68,,B,'));
        await branches(csv('68001,68,,A,'), { replace: true });
        await branches(csv('68003,68,,C,'));
        expect(await numbers()).toEqual(['1 68001', '3 68003']);
      });

      test('leave out 98 and 99', async () => {
        const lines = Array.from({ length: 100 }, (_, index) => `k${index},68,,Branch ${index},`);
        await branches(csv(...lines));
        const given = (await listItems(db(), 'branches', '68')).map(({ number }) => number);
        expect(given.slice(95)).toEqual([96, 97, 100, 101, 102]);
      });

      test('can be swapped', async () => {
        await branches(csv('68001,68,1,A,', '68002,68,2,B,'));
        expect(await branches(csv('68001,68,2,A,', '68002,68,1,B,'))).toEqual({
          ...none,
          changed: 2,
        });
        expect(await numbers()).toEqual(['1 68002', '2 68001']);
      });

      test('can be had from a retired item, which then comes back with another', async () => {
        await branches(csv('68001,68,1,A,', '68002,68,2,B,'));
        await branches(csv('68002,68,1,B,'), { replace: true });
        expect(await numbers()).toEqual(['1 68002']);
        await branches(csv('68001,68,,A,'));
        expect(await numbers()).toEqual(['1 68002', '2 68001']);
      });

      test('of two retired items that had the same come back as two', async () => {
        await branches(csv('68001,68,1,A,'));
        await branches(csv('68002,68,1,B,'), { replace: true });
        await branches(csv('68003,68,1,C,'), { replace: true });
        await branches(csv('68001,68,,A,', '68002,68,,B,', '68003,68,4,C,'));
        expect(await numbers()).toEqual(['1 68001', '4 68003', '5 68002']);
      });

      test('change with the parent', async () => {
        await branches(csv('68001,68,1,A,', '01001,01,1,B,'));
        await branches(csv('68001,01,,A,'));
        expect(await numbers('01')).toEqual(['1 01001', '2 68001']);
        expect(await numbers()).toEqual([]);
      });

      test('of another are refused', async () => {
        await branches(csv('68001,68,1,A,', '68002,68,2,B,'));
        expect(await refused(csv('68003,68,2,C,'))).toEqual([
          '2 number: one of its own, not 2: 68002 has it',
        ]);
        expect(await refused(csv('68003,68,2,C,', '68002,68,,B,'))).toEqual([
          '2 number: one of its own, not 2: 68002 has it',
        ]);
        expect(await refused(csv('68003,68,7,C,', '68004,68,7,D,'))).toEqual([
          '3 number: one of its own, not 7: it is on line 2',
        ]);
      });
    });

    test('names every bad line and loads nothing', async () => {
      const faults = await refused(
        csv(
          '68001,68,1,Kisumu,Kisumu',
          '68001,68,2,Again,Again',
          '68002,99,1,Nowhere,Nowhere',
          '68003,,1,Of no bank,Of no bank',
          'Bad Key,68,3,Siaya,Siaya',
          '68005,68,1,Same number,Same number',
          `68006,68,6,${'x'.repeat(41)},x`,
          '68007,68,7,Fine,Fine',
        ),
      );
      expect(faults).toEqual([
        '3 key: one of its own, 68001 is on line 2',
        '4 parent: a key of banks, not "99"',
        '5 parent: a key of banks, not ""',
        '6 key: 1 to 40 small letters, digits and dashes, not "Bad Key"',
        '7 number: one of its own, not 1: it is on line 2',
        '8 name_en: at most 40 characters, not 41',
      ]);
    });

    test('the message names the lines for the operator', async () => {
      await expect(branches(csv('68001,99,1,Kisumu,Kisumu'))).rejects.toThrow(
        'Nothing of branches was loaded:\n  line 2: expected parent: a key of banks, not "99"',
      );
    });

    test('a list without parents takes none', async () => {
      await expect(loadCsv(db(), 'levels', csv('x,68,50,X,X'))).rejects.toThrow(
        'line 2: expected parent: empty for this list',
      );
    });

    test('a parent that is retired still is one', async () => {
      await loadCsv(db(), 'banks', csv('95,,500,Gone,Gone'));
      await db()('reference_items').where({ list: 'banks', key: '95' }).update({ retired: true });
      expect(await branches(csv('95001,95,1,A,A'))).toEqual({ ...none, added: 1 });
    });

    test('loads at one moment wait for each other', async () => {
      const loads = await Promise.all(
        ['68001', '68002', '68003', '68001'].map((key) =>
          branches(csv(`${key},68,,Branch ${key},`)),
        ),
      );
      expect(loads.reduce((sum, { added }) => sum + added, 0)).toBe(3);
      expect((await listItems(db(), 'branches', '68')).map(({ number }) => number)).toEqual([
        1, 2, 3,
      ]);
    });

    test('10,000 lines, and retiring them takes no time of another order than adding them did', async () => {
      const lines = Array.from(
        { length: 10_000 },
        (_, index) => `k${index},68,,Branch ${index},Tawi`,
      );
      const text = csv(...lines);
      const timed = async (load: () => Promise<unknown>, expected: object) => {
        const began = performance.now();
        expect(await load()).toEqual({ ...none, ...expected });
        return performance.now() - began;
      };
      const adding = await timed(() => branches(text), { added: 10_000 });
      await timed(() => branches(text), { unchanged: 10_000 });
      const last = csv('k1,68,,Only,');
      const retiring = await timed(() => branches(last, { replace: true }), {
        changed: 1,
        retired: 9_999,
      });
      expect(retiring / adding).toBeLessThan(3);
    }, 60_000);
  },
  { own: true },
);
