import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { longestName, seedItems, seedRows, seedText } from '../../proof/seeds.js';
import { connect } from '../../src/database/connect.js';
import { isGsm, septets } from '../../src/dialogue/gsm.js';
import { listNames } from '../../src/profile/detail.js';
import { loadCsv } from '../../src/reference/load.js';
import { readCsv } from '../../src/reference/read-csv.js';
import { seedReference } from '../../src/reference/seed.js';
import { writeCsv } from '../../src/reference/write-csv.js';
import { describeOnEachDatabase, describeOnPostgresql, freshDatabase } from '../kit/database.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe.each(listNames)('the seed of %s', (list) => {
  test('has no faults', () => {
    expect(readCsv(seedText(list)).faults).toEqual([]);
    expect(seedText(list).split('\n')[0]).toBe('key,parent,number,name_en,name_sw');
  });

  test('has names that fit a screen', () => {
    for (const { name } of seedRows(list)) {
      for (const text of [name.en, name.sw]) {
        expect(isGsm(text), text).toBe(true);
        expect(septets(text), text).toBeLessThanOrEqual(40);
        expect(text).toBe(text.trim());
      }
    }
  });

  test('has every key, number and name once, and all numbers', () => {
    const rows = seedRows(list);
    const once = (of: (row: (typeof rows)[number]) => unknown) => new Set(rows.map(of)).size;
    expect(once(({ key }) => key)).toBe(rows.length);
    expect(once(({ parent, number }) => `${parent}/${number}`)).toBe(rows.length);
    expect(once(({ parent, name }) => `${parent}/${name.en.toLowerCase()}`)).toBe(rows.length);
    expect(once(({ parent, name }) => `${parent}/${name.sw.toLowerCase()}`)).toBe(rows.length);
    expect(rows.filter(({ number }) => number === null)).toEqual([]);
  });
});

test('every seed belongs to a list', async () => {
  const files = await readdir(join(root, 'src/reference/seed'));
  expect(files.sort()).toEqual(listNames.map((list) => `${list}.csv`).sort());
});

/** First Schedule of the Constitution of Kenya, 2010. */
const officialCounties = [
  ...['Mombasa', 'Kwale', 'Kilifi', 'Tana River', 'Lamu', 'Taita-Taveta', 'Garissa', 'Wajir'],
  ...['Mandera', 'Marsabit', 'Isiolo', 'Meru', 'Tharaka-Nithi', 'Embu', 'Kitui', 'Machakos'],
  ...['Makueni', 'Nyandarua', 'Nyeri', 'Kirinyaga', "Murang'a", 'Kiambu', 'Turkana', 'West Pokot'],
  ...['Samburu', 'Trans Nzoia', 'Uasin Gishu', 'Elgeyo-Marakwet', 'Nandi', 'Baringo', 'Laikipia'],
  ...['Nakuru', 'Narok', 'Kajiado', 'Kericho', 'Bomet', 'Kakamega', 'Vihiga', 'Bungoma', 'Busia'],
  ...['Siaya', 'Kisumu', 'Homa Bay', 'Migori', 'Kisii', 'Nyamira', 'Nairobi'],
];

test('the counties have their official numbers', () => {
  expect(seedItems('counties')).toEqual(
    officialCounties.map((name, index) => ({
      key: `${index + 1}`,
      number: index + 1,
      name: { en: name, sw: name },
    })),
  );
});

test('every county has sub-counties, numbered from 1 in the order of the alphabet', () => {
  expect(seedRows('sub-counties')).toHaveLength(307);
  for (const { key } of seedItems('counties')) {
    const items = seedItems('sub-counties', key);
    expect(items.length, key).toBeGreaterThan(1);
    expect(items.map(({ number }) => number)).toEqual(items.map((_, index) => index + 1));
    const names = items.map(({ name }) => name.en);
    const sorted = names.toSorted((a, b) => a.localeCompare(b, 'en', { ignorePunctuation: true }));
    expect(names).toEqual(sorted);
  }
});

test('the script makes the counties and sub-counties that are here', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cp2-test-'));
  try {
    await promisify(execFile)(process.execPath, ['scripts/make-county-lists.js', folder], {
      cwd: root,
    });
    for (const list of ['counties', 'sub-counties'] as const) {
      expect(await readFile(join(folder, `${list}.csv`), 'utf8')).toBe(seedText(list));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('keys that the rules of the details know are there', () => {
  const keys = (list: (typeof listNames)[number]) => seedItems(list).map(({ key }) => key);
  expect(keys('genders')).toEqual(['male', 'female']);
  expect(keys('employers')).toEqual([
    ...['tsc', 'bom', 'private', 'ministry', 'police', 'government', 'retired', 'other'],
  ]);
  expect(keys('banks')).toEqual(expect.arrayContaining(['01', '02', '03', '07', '11', '68']));
  expect(keys('banks')).toHaveLength(37);
});

test('the longest names are as expected', () => {
  expect(longestName(seedRows('sub-counties')).en).toBe('Kitutu Chache North');
  expect(longestName(seedRows('employers'))).toEqual({
    en: 'National Police Service',
    sw: 'Idara nyingine ya serikali',
  });
});

describeOnEachDatabase(
  'seeding',
  (database) => {
    const db = () => database().db;
    const allRows = () => db()('reference_items').orderBy(['list', 'key']);

    test('has filled every list that has a seed, as the file is', async () => {
      for (const list of listNames) expect(await writeCsv(db(), list)).toBe(seedText(list));
    });

    test('fills only lists that are empty', async () => {
      await db()('reference_items').where({ list: 'levels' }).delete();
      await db()('reference_items').where({ list: 'genders', key: 'female' }).delete();
      await loadCsv(db(), 'banks', 'key,parent,number,name_en,name_sw\n68,,13,Mine,Yangu\n');
      await seedReference(db());
      expect(await writeCsv(db(), 'levels')).toBe(seedText('levels'));
      expect(await writeCsv(db(), 'genders')).not.toContain('female');
      expect(await writeCsv(db(), 'banks')).toContain('68,,13,Mine,Yangu');
    });

    test('again does nothing', async () => {
      const before = await allRows();
      await seedReference(db());
      expect(await allRows()).toEqual(before);
    });

    test('at one moment, many times, is done once', async () => {
      await db()('reference_items').delete();
      await Promise.all(Array.from({ length: 5 }, () => seedReference(db())));
      for (const list of listNames) expect(await writeCsv(db(), list)).toBe(seedText(list));
    });
  },
  { own: true },
);

describeOnPostgresql('seeding by many processes', (_, kind) => {
  test('is done once', async () => {
    const fresh = await freshDatabase(kind);
    const processes = await Promise.all(Array.from({ length: 4 }, () => connect(fresh.config)));
    try {
      await processes[0]?.db('reference_items').delete();
      await Promise.all(processes.map((one) => seedReference(one.db)));
      for (const one of processes)
        expect(await writeCsv(one.db, 'counties')).toBe(seedText('counties'));
    } finally {
      await Promise.all(processes.map((one) => one.close()));
      await fresh.remove();
    }
  });
});
