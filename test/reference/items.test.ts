import { expect, test } from 'vitest';
import { inTransaction } from '../../src/database/transaction.js';
import { forgetLists, itemOf, listItems } from '../../src/reference/items.js';
import { loadCsv } from '../../src/reference/load.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { statementsOf } from '../kit/statements.js';

const header = 'key,parent,number,name_en,name_sw\n';

describeOnEachDatabase(
  'the items of a list',
  (database) => {
    const db = () => database().db;
    const rename = (name: string) =>
      db()('reference_items').where({ list: 'genders', key: 'male' }).update({ name_en: name });
    const firstName = async (clock: () => number) =>
      (await listItems(db(), 'genders', '', clock))[0]?.name.en;

    test('are in the order of their numbers', async () => {
      const counties = await listItems(db(), 'counties');
      expect(counties.map(({ number }) => number)).toEqual(
        Array.from({ length: 47 }, (_, i) => i + 1),
      );
      expect(counties[46]).toEqual({
        key: '47',
        number: 47,
        name: { en: 'Nairobi', sw: 'Nairobi' },
      });
    });

    test('are those of the parent', async () => {
      const names = async (parent?: string) =>
        (await listItems(db(), 'sub-counties', parent)).map(({ name }) => name.en);
      expect(await names('1')).toEqual([
        'Changamwe',
        'Jomvu',
        'Kisauni',
        'Likoni',
        'Mvita',
        'Nyali',
      ]);
      expect(await names('99')).toEqual([]);
      expect(await names()).toEqual([]);
    });

    test('are believed for half a minute and no longer', async () => {
      let ms = 1_000;
      const clock = () => ms;
      forgetLists(db());
      expect(await firstName(clock)).toBe('Male');
      await rename('Changed');
      ms += 29_999;
      expect(await firstName(clock)).toBe('Male');
      ms += 1;
      expect(await firstName(clock)).toBe('Changed');
      await rename('Male');
      forgetLists(db());
    });

    test('are read once for many who ask at one moment', async () => {
      forgetLists(db());
      let lists: Awaited<ReturnType<typeof listItems>>[] = [];
      const statements = await statementsOf(db(), async () => {
        lists = await Promise.all(Array.from({ length: 20 }, () => listItems(db(), 'banks')));
      });
      expect(statements).toHaveLength(1);
      for (const list of lists) expect(list).toBe(lists[0]);
    });

    test('are fresh after a load in this process', async () => {
      const clock = () => 0;
      await listItems(db(), 'levels', '', clock);
      await loadCsv(db(), 'levels', `${header}d-phil,,20,DPhil,DPhil\n`);
      const keys = (await listItems(db(), 'levels', '', clock)).map(({ key }) => key);
      expect(keys).toContain('d-phil');
    });

    test('a failure is not remembered', async () => {
      const clock = () => 0;
      forgetLists(db());
      await db().raw('alter table reference_items rename to gone');
      await expect(listItems(db(), 'genders', '', clock)).rejects.toThrow('reference_items');
      await db().raw('alter table gone rename to reference_items');
      expect(await listItems(db(), 'genders', '', clock)).toHaveLength(2);
    });

    test('a transaction that is rolled back leaves nothing behind', async () => {
      await inTransaction(db(), async (trx) => {
        await trx('reference_items').where({ list: 'genders' }).update({ retired: true });
        expect(await listItems(trx, 'genders')).toEqual([]);
        throw new Error('back');
      }).catch(() => {});
      expect(await listItems(db(), 'genders')).toHaveLength(2);
    });

    test('one that is retired is found by its key and by nothing else', async () => {
      await db()('reference_items').where({ list: 'banks', key: '79' }).update({ retired: true });
      forgetLists(db());
      expect((await listItems(db(), 'banks')).map(({ key }) => key)).not.toContain('79');
      expect(await itemOf(db(), 'banks', '79')).toMatchObject({ key: '79', name: { en: 'Faulu' } });
      expect(await itemOf(db(), 'banks', '00')).toBeNull();
      expect(await itemOf(db(), 'counties', '79')).toBeNull();
    });
  },
  { own: true },
);
