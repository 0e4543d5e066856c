import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getCounties, getSubCountiesInCounty } from 'kenya-locations';

/**
 * Writes counties.csv and sub-counties.csv from the package kenya-locations, into the seed of the
 * reference data or the folder that is given:
 *
 *     node scripts/make-county-lists.js [FOLDER]
 *
 * Counties are numbered as in the First Schedule of the Constitution; the sub-counties of each from
 * 1 on in the order of the alphabet. Run it after an update of the package and look at the
 * difference: a number that people know must not move, so a sub-county that is new gets the next
 * one by hand.
 */

const seed = fileURLToPath(new URL('../src/reference/seed/', import.meta.url));
const folder = process.argv[2] ?? seed;

/** Where the package misspells a sub-county, by its code there. */
const respelt = new Map([
  ['008', 'Lunga Lunga'],
  ['010', 'Matuga'],
  ['011', 'Ganze'],
  ['027', 'Dadaab'],
  ['047', 'North Horr'],
  ['051', 'Merti'],
  ['062', "Igambang'ombe"],
  ['077', 'Matinyani'],
  ['081', 'Mumoni Kyuso'],
  ['108', 'Mukurweini'],
  ['169', 'Tinderet'],
  ['221', 'Likuyani'],
  ['225', 'Matungu'],
  ['241', "Budalang'i"],
  ['244', 'Nambale'],
  ['252', 'Ugunja'],
  ['256', 'Muhoroni'],
  ['260', 'Homa Bay Town'],
  ['301', "Lang'ata"],
]);

const byName = (one, other) =>
  one.name.localeCompare(other.name, 'en', { ignorePunctuation: true });

const counties = getCounties()
  .map(({ code, name }) => ({ code, number: Number(code), name }))
  .sort((one, other) => one.number - other.number);

const subCounties = counties.flatMap((county) =>
  getSubCountiesInCounty(county.code)
    .map(({ code, name }) => ({ code, name: respelt.get(code) ?? name }))
    .sort(byName)
    .map(({ code, name }, index) => ({ code, parent: county.number, number: index + 1, name })),
);

write(
  'counties',
  counties.map(({ number, name }) => [number, '', number, name, name]),
);
write(
  'sub-counties',
  subCounties.map(({ code, parent, number, name }) => [code, parent, number, name, name]),
);

function write(list, rows) {
  const lines = ['key,parent,number,name_en,name_sw', ...rows.map((row) => row.join(','))];
  writeFileSync(join(folder, `${list}.csv`), `${lines.join('\n')}\n`);
}
