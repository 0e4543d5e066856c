import { expect, test } from 'vitest';
import { detailNames, detailOf } from '../../src/profile/details.js';
import { checkIdentity } from '../../src/profile/identity.js';
import { readValues } from '../../src/profile/profile.js';
import { describeOnEachDatabase } from '../kit/database.js';
import { rowsOf } from '../kit/rows.js';
import { changedProfile, NOON, person, save, seal, wholeProfile } from './people.js';

describeOnEachDatabase('a dump of the database', (database) => {
  test('holds no sensitive detail in any form, present or past', async () => {
    const { db } = database();
    const [one, other] = [await person(db), await person(db)];
    await save(db, one, wholeProfile);
    await save(db, other, { ...changedProfile, nationalId: wholeProfile.nationalId });
    await save(db, one, changedProfile, { via: 'web' });
    await checkIdentity(db, seal, one, wholeProfile.nationalId, NOON);

    // The lists themselves name every gender and relationship there is.
    const dump = Object.values(await rowsOf(db, ['reference_items'])).flat();
    expect(dump.length).toBeGreaterThan(75);
    const sensitive = detailNames.filter((detail) => detailOf(detail).sensitive);
    expect(sensitive).toEqual([
      ...['gender', 'nationalId', 'kraPin', 'nssf', 'sha', 'account'],
      ...['kinName', 'kinPhone', 'kinRelationship'],
    ]);
    for (const detail of sensitive) {
      for (const value of [wholeProfile[detail], changedProfile[detail]]) {
        for (const form of [value, value.toLowerCase(), Buffer.from(value).toString('hex')]) {
          const holding = dump.filter((row) => row.toLowerCase().includes(form.toLowerCase()));
          expect([detail, form, holding]).toEqual([detail, form, []]);
        }
      }
    }
    expect(await readValues(db, seal, one)).toEqual(changedProfile);
  });
});
