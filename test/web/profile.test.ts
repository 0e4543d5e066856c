import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phone-number.js';
import { type DetailName, detailNames } from '../../src/profile/details.js';
import { readValues } from '../../src/profile/profile.js';
import { forgetLists } from '../../src/reference/items.js';
import { useDatabase } from '../kit/database.js';
import { fullProfile } from './full-profile.js';
import { type HttpVisitor, hidden, visitor } from './http-visitor.js';
import { haveAccount, newPhone, START, startWeb, type WebServer } from './web-server.js';

const database = useDatabase();
let web: WebServer;
let someone: HttpVisitor;
let phone: Phone;

beforeAll(async () => {
  const { db } = database();
  web = await startWeb(db);
  const branch = { list: 'branches', parent: '68' };
  await db('reference_items').insert([
    { ...branch, key: '68001', number: 1, name_en: 'Kisumu', name_sw: 'Kisumu' },
    { ...branch, key: '68002', number: 2, name_en: 'Kisii', name_sw: 'Kisii' },
    { ...branch, parent: '01', key: '01001', number: 1, name_en: 'Kisii', name_sw: 'Kisii' },
  ]);
  forgetLists(db);
});
afterAll(() => web.close());
beforeEach(async () => {
  web.setNow(START);
  [someone, phone] = await newcomer();
});

async function newcomer(language: 'en' | 'sw' = 'en'): Promise<[HttpVisitor, Phone]> {
  const number = newPhone();
  const at = new Date('2026-05-03T22:30:00Z');
  await haveAccount(database().db, { phone: number, password: 'three blind mice', language, at });
  const who = visitor(web.url);
  await who.post('/login', { phone: number, password: 'three blind mice' });
  return [who, number];
}

const values = (of = phone) => readValues(database().db, web.seal, of);
const changes = async () =>
  (
    await database()
      .db('profile_changes')
      .join('accounts', 'accounts.id', 'profile_changes.account_id')
      .where({ phone })
      .pluck('detail')
  ).length;
const fillAll = async (who = someone) => {
  for (const [group, fields] of Object.entries(fullProfile)) {
    expect((await who.post(`/profile/${group}`, fields)).status).toBe(303);
  }
};
/** What is said at a field, without the tags. */
const faultAt = (html: string, name: string) =>
  new RegExp(`id="${name}-fault">([^<]*)<`).exec(html)?.[1] ?? null;
const valueAt = (html: string, name: string) => hidden(html, name);
const selectOf = (html: string, name: string) =>
  new RegExp(`<select id="${name}".*?</select>`, 's').exec(html)?.[0] ?? '';
const chosenIn = (html: string, name: string) =>
  /<option value="([^"]*)" selected/.exec(selectOf(html, name))?.[1] ?? null;
/** What a browser sends of a page: all fields as they are shown, but for what is typed. */
const sentFrom = (html: string, typed: Record<string, string>) => {
  const fields: Record<string, string> = {};
  for (const [tag, name = ''] of html.matchAll(/<(?:input|select)[^>]* name="([^"]*)"[^>]*>/g)) {
    if (name === 'csrf' || tag.includes('checkbox')) continue;
    fields[name] = tag.startsWith('<select') ? (chosenIn(html, name) ?? '') : hidden(html, name);
  }
  return { ...fields, ...typed };
};
const ID = fullProfile.personal.nationalId;

describe('the list of tasks', () => {
  test('speaks the language of the account, masks the number, counts days as Kenya does', async () => {
    const [other, number] = await newcomer('sw');
    const { html, headers } = await other.get('/profile');
    expect(html).toContain('<html lang="sw">');
    expect(html).toContain(`0${number.slice(3, 6)}***${number.slice(-3)}`);
    expect(html).not.toContain(number);
    expect(html).toContain('4 Mei 2026');
    expect(html).toContain('Maelezo 0 kati ya 25 yamejazwa');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('says how far each group is and names what is missing', async () => {
    const { personal, kin } = fullProfile;
    await someone.post('/profile/kin', kin);
    await someone.post('/profile/personal', { ...personal, kraPin: '', nssf: '' });
    const { html } = await someone.get('/profile');
    expect(html).toContain('9 of 25 details filled in');
    expect(html).toContain('<progress aria-labelledby="whole" value="9" max="25"');
    expect(html).toContain('6 of 8</span> Missing: KRA PIN, NSSF number<');
    expect(html).toContain('3 of 3</span> Complete<');
    expect(html).toContain('0 of 7</span> Missing: Employer, TSC or PF number');
    expect(html).toContain('href="/profile/personal">Fill in: Personal<');
  });

  test('a profile that is complete asks for nothing', async () => {
    await fillAll();
    const { html } = await someone.get('/profile?saved=kin');
    expect(html).toContain('25 of 25');
    expect(html).toContain('Next of kin: saved.');
    expect(html).not.toMatch(/Missing|Fill in:/);
  });

  test.each(['nothing', '<script>', 'constructor'])('?saved=%s says nothing', async (saved) => {
    const { status, html } = await someone.get(`/profile?saved=${encodeURIComponent(saved)}`);
    expect(status).toBe(200);
    expect(html).not.toContain('class="saved"');
  });
});

describe('the language', () => {
  const language = async () => (await database().db('callers').where({ phone }).first()).language;

  test('is saved, and said in that language', async () => {
    const answer = await someone.post('/profile/language', { language: 'sw' });
    expect(answer).toMatchObject({ status: 303, to: '/profile?saved=language' });
    expect(await language()).toBe('sw');
    const { html } = await someone.get('/profile?saved=language');
    expect(html).toContain('Lugha yako imehifadhiwa.');
  });

  test('that we do not speak is refused at its field', async () => {
    const { status, html } = await someone.post('/profile/language', { language: 'qq' });
    expect(status).toBe(422);
    expect(html).toContain('id="language-fault"');
    expect(await language()).toBe('en');
  });
});

describe('the five forms', () => {
  test('keep all 25 details, and show them: sensitive ones masked, others as they are', async () => {
    await fillAll();
    expect(Object.keys(await values()).sort()).toEqual([...detailNames].sort());
    expect(await values()).toMatchObject({ branch: '68001', designation: 'teacher' });
    for (const [group, fields] of Object.entries(fullProfile)) {
      const { html } = await someone.get(`/profile/${group}`);
      for (const [name, value] of Object.entries(fields)) {
        if (selectOf(html, name)) expect(chosenIn(html, name)).toBe(value);
        else expect([value, '']).toContain(valueAt(html, name));
      }
    }
    const { html } = await someone.get('/profile/personal');
    expect(html).toContain('We have ***781. Leave this empty to keep it.');
    for (const { html } of [
      await someone.get('/profile/bank'),
      await someone.get('/profile/kin'),
    ]) {
      expect(html).not.toMatch(/0987654321098|722000111/);
    }
    expect(html).not.toMatch(/23456781|A098765432B|2098765432|CR7654321-8/);
    expect(valueAt(html, 'fullName')).toBe('Wanjiku Achieng Otieno');
  });

  test('sent a second time change nothing, with what was hidden left empty neither', async () => {
    await fillAll();
    const [before, count] = [await values(), await changes()];
    await fillAll();
    const masked = ['nationalId', 'kraPin', 'nssf', 'sha', 'account', 'kinPhone'];
    for (const [group, fields] of Object.entries(fullProfile)) {
      const sent = Object.entries(fields).map(([name, value]) => [
        name,
        masked.includes(name) ? '' : value,
      ]);
      const answer = await someone.post(`/profile/${group}`, Object.fromEntries(sent));
      expect(answer.to).toBe(`/profile?saved=${group}`);
    }
    expect(await values()).toEqual(before);
    expect(await changes()).toBe(count);
  });

  test('save what is right; what is wrong is told at its field and on top, as it was entered', async () => {
    const { status, html } = await someone.post('/profile/personal', {
      ...fullProfile.personal,
      kraPin: 'P051234567Z',
      yearOfBirth: '2015',
      email: '',
    });
    expect(status).toBe(422);
    expect(html).toContain('<title>Error: Personal – KNEC CP2</title>');
    expect(faultAt(html, 'kraPin')).toMatch(/^P is for companies/);
    expect(faultAt(html, 'yearOfBirth')).toBe('Please write 4 digits, as in 1985; ages 18 to 90');
    expect(html).toContain('<a href="#kraPin">KRA PIN: P is for companies');
    expect(html).toContain('Everything else is saved.');
    expect(valueAt(html, 'kraPin')).toBe('P051234567Z');
    expect(valueAt(html, 'yearOfBirth')).toBe('2015');
    expect(valueAt(html, 'nationalId')).toBe('');
    const { fullName, gender, nationalId, nssf, sha } = fullProfile.personal;
    expect(await values()).toEqual({ fullName, gender, nationalId, nssf, sha });
  });

  test.each<[string, DetailName, string]>([
    ['personal', 'fullName', 'R2D2'],
    ['personal', 'fullName', '<script>'],
    ['personal', 'gender', 'nobody'],
    ['personal', 'nationalId', '123'],
    ['bank', 'bank', 'Bank of Nowhere'],
    ['bank', 'account', '12'],
    ['qualification', 'studied', '2011-2008'],
    ['work', 'county', '48'],
    ['work', 'subCounty', '999'],
    ['kin', 'kinPhone', '+1 212 555 0100'],
  ])('%s: %s does not take %s', async (group, detail, entry) => {
    const { status, html } = await someone.post(`/profile/${group}`, { [detail]: entry });
    expect(status).toBe(422);
    expect(faultAt(html, detail)).not.toBeNull();
    expect(await values()).toEqual({});
  });

  test('what was given cannot be emptied; what was not may stay away', async () => {
    expect((await someone.post('/profile/personal', { fullName: ' ' })).status).toBe(303);
    await someone.post('/profile/personal', { fullName: 'Asha Otieno' });
    expect((await someone.post('/profile/personal', { fullName: '' })).status).toBe(422);
    expect(await values()).toEqual({ fullName: 'Asha Otieno' });
  });

  test('a field that is not sent, or of another group, changes nothing', async () => {
    await fillAll();
    const before = await values();
    await someone.post('/profile/personal', { bank: '01', fullName: before.fullName ?? '' });
    await someone.post('/profile/work', {});
    expect(await values()).toEqual(before);
  });

  test('a new employer asks for the number again, and says so of one that was there before', async () => {
    await someone.post('/profile/work', { employer: 'other', employmentNumber: 'PF/12' });
    const { to } = await someone.post('/profile/work', { employer: 'bom', employmentNumber: '' });
    expect(to).toBe('/profile/work?again=employmentNumber');
    expect(await values()).toEqual({ employer: 'bom' });

    const [early] = await newcomer();
    await early.post('/profile/work', { employmentNumber: 'PF/12' });
    const form = { employer: 'tsc', employmentNumber: '' };
    const { status, html } = await early.post('/profile/work', form);
    expect(status).toBe(422);
    expect(faultAt(html, 'employmentNumber')).toBe('4 to 8 digits for TSC, as in 345678');
    expect(html).not.toContain('PF/12');
    expect((await early.post('/profile/work', form)).status).toBe(303);
  });

  test('a detail that is on its list no more stays with those who have it', async () => {
    await someone.post('/profile/qualification', { level: 'diploma' });
    const items = database().db('reference_items').where({ list: 'levels', key: 'diploma' });
    await items.clone().update({ retired: true });
    forgetLists(database().db);
    try {
      const { html } = await someone.get('/profile/qualification');
      expect(chosenIn(html, 'level')).toBe('diploma');
      const fields = { level: 'diploma', college: 'Moi University' };
      expect((await someone.post('/profile/qualification', fields)).status).toBe(303);
      expect(await values()).toEqual(fields);
    } finally {
      await items.update({ retired: false });
      forgetLists(database().db);
    }
  });

  test.each(['nothing', 'constructor', 'personal/x'])('/profile/%s is no page', async (path) => {
    expect((await someone.get(`/profile/${path}`)).status).toBe(404);
    expect((await someone.post(`/profile/${path}`, {})).status).toBe(404);
  });

  test.each(['/profile', '/profile/bank', '/profile/data', '/profile/data/copy'])(
    '%s without a session leads to the login',
    async (path) => {
      const stranger = visitor(web.url);
      expect(await stranger.get(path)).toMatchObject({ status: 303, to: '/login' });
    },
  );

  test('a number that goes with a bank or an employer is not promised to stay with another', async () => {
    await fillAll();
    const bank = await someone.get('/profile/bank');
    expect(bank.html).toContain(
      'We have ***098. Leave this empty to keep it; with another bank, give it again.',
    );
    const work = await someone.get('/profile/work?lang=sw');
    expect(work.html).toContain(
      'Tunayo ***123. Acha wazi ili ibaki hivyo; ukibadilisha mwajiri, iandike tena.',
    );
  });

  test('what may be chosen or typed is named, for browsers that do not offer it', async () => {
    const { html } = await someone.get('/profile/work');
    expect(html).toMatch(
      /id="designation-hint">For example Principal, Deputy Principal, Head teacher; or type another one</,
    );
  });

  test('a form without a session leads to the login and changes nothing', async () => {
    const stranger = visitor(web.url);
    for (const [path, form] of [
      ['/profile/personal', 'personal'],
      ['/profile/language', 'language'],
      ['/profile/data/erase', 'erase'],
    ] as const) {
      const answer = await stranger.post(path, { fullName: 'Asha', language: 'sw', password: 'x' });
      expect(answer).toMatchObject({ status: 303, to: `/login?unsaved=${form}` });
    }
  });
});

describe('county and sub-county', () => {
  test('one choice gives both while there is no county', async () => {
    const { html } = await someone.get('/profile/work');
    expect(selectOf(html, 'subCounty')).toContain('<optgroup label="Mombasa">');
    expect(selectOf(html, 'subCounty').match(/<optgroup/g)).toHaveLength(47);
    const answer = await someone.post('/profile/work', { county: '', subCounty: '253' });
    expect(answer.status).toBe(303);
    expect(await values()).toEqual({ county: '42', subCounty: '253' });
  });

  test.each([
    ['1', 'Mombasa', '253', 'Changamwe'],
    // Whose key is a number: there are sub-counties in first place everywhere.
    ['42', 'Kisumu', '001', 'Kisumu Central'],
  ])(
    'of two counties: %s is saved, and the form comes back with its sub-counties',
    async (county, name, subCounty, own) => {
      const { status, html } = await someone.post('/profile/work', { county, subCounty });
      expect(status).toBe(422);
      expect(faultAt(html, 'subCounty')).toBe(`Please choose one of ${name}`);
      expect(selectOf(html, 'subCounty')).not.toContain('optgroup');
      expect(selectOf(html, 'subCounty')).toContain(own);
      expect(chosenIn(html, 'subCounty')).toBeNull();
      expect(await values()).toEqual({ county });
    },
  );

  test('a new county takes the old sub-county with it and asks for the new one', async () => {
    await someone.post('/profile/work', fullProfile.work);
    const open = await someone.get('/profile/work');
    const form = {
      ...fullProfile.work,
      county: '1',
      subCountyWas: hidden(open.html, 'subCountyWas'),
    };
    for (const _ of ['sent', 'and again']) {
      const answer = await someone.post('/profile/work', form);
      expect(answer.status).toBe(303);
      expect((await values()).subCounty).toBeUndefined();
    }
    const { html } = await someone.get('/profile/work?again=subCounty');
    expect(html).toContain('County: saved. Now fill in this once more: Sub-county.');
    expect(html).toContain('Of Mombasa. For another county');
    await someone.post('/profile/work', sentFrom(html, { subCounty: '001' }));
    expect(await values()).toMatchObject({ county: '1', subCounty: '001' });
  });

  test('both are changed at once by a program that knows both', async () => {
    await someone.post('/profile/work', fullProfile.work);
    await someone.post('/profile/work', { county: '1', subCounty: '001' });
    expect(await values()).toMatchObject({ county: '1', subCounty: '001' });
  });
});

describe('the bank', () => {
  const change = (fields: Record<string, string>) => someone.post('/profile/bank', fields);
  const identity = async () => hidden((await someone.get('/profile/bank')).html, 'nationalIdCheck');

  test('a branch may be typed, and is offered where it is known', async () => {
    await change({ bank: '68' });
    const { html } = await someone.get('/profile/bank');
    expect(html).toContain('<datalist id="branch-list"><option value="Kisumu"></option>');
    expect(faultAt((await change({ branch: 'Kis' })).html, 'branch')).toBe(
      'Which one do you mean: Kisumu, Kisii?',
    );
    await change({ branch: 'Mtaani' });
    expect((await values()).branch).toBe('Mtaani');
  });

  test('an unusual length is a question, and is kept by a yes to this very number', async () => {
    const asked = await change({ bank: '68', account: '012345678901' });
    expect(asked.status).toBe(422);
    expect(faultAt(asked.html, 'account')).toMatch(/^Equity numbers have 13 digits, yours has 12/);
    expect(await values()).toEqual({ bank: '68' });
    const accountKeep = hidden(asked.html, 'accountKeep');
    expect((await change({ account: '01234567890', accountKeep })).status).toBe(422);
    expect((await change({ account: '012345678901', accountKeep })).status).toBe(303);
    expect((await values()).account).toBe('012345678901');
  });

  test('a new bank asks for its branch and the number again', async () => {
    await someone.post('/profile/personal', { nationalId: ID });
    await change({ bank: '01', branch: 'Kisii', account: '0123456789' });
    const { to } = await change({ bank: '68', account: '', nationalIdCheck: ID });
    expect(to).toBe('/profile/bank?again=branch%2Caccount');
    const { html } = await someone.get(to ?? '');
    expect(html).toContain('Now fill in this once more: Branch, Account number.');
    expect(await values()).toEqual({ nationalId: ID, bank: '68' });
  });

  test('a first bank asks about the number that is there, and for no ID', async () => {
    await someone.post('/profile/personal', { nationalId: ID });
    await change({ account: '0123456789' });
    const { html } = await change({ bank: '68', account: '' });
    expect(faultAt(html, 'account')).toMatch(/^Equity numbers have 13 digits, yours has 10/);
    expect(await values()).toMatchObject({ bank: '68', account: '0123456789' });
    expect((await change({ bank: '68', account: '' })).status).toBe(303);
    expect((await values()).account).toBe('0123456789');
  });

  test('the ID itself changes for the one on record only, which says so', async () => {
    await someone.post('/profile/personal', { nationalId: ID });
    await change(fullProfile.bank);
    const renew = async (nationalIdCheck: string) => {
      const form = { nationalId: '22223333', nationalIdCheck };
      return faultAt((await someone.post('/profile/personal', form)).html, 'nationalIdCheck');
    };
    expect(await renew('')).toMatch(/^To change your national ID number/);
    for (const _ of [1, 2]) expect(await renew('87654321')).toMatch(/It is not changed$/);
    for (const id of ['87654321', ID])
      expect(await renew(id)).toMatch(/It can be changed tomorrow$/);
    expect((await values()).nationalId).toBe(ID);
  });

  test('what is set already changes for the ID on record only', async () => {
    await someone.post('/profile/personal', { nationalId: ID });
    expect(await someone.get('/profile/bank')).not.toMatchObject({
      html: expect.stringContaining('nationalIdCheck'),
    });
    await change(fullProfile.bank);
    expect(await identity()).toBe('');
    const before = await values();
    const other = { bank: '01', branch: 'Kisii', account: '0123456789' };

    const missing = await change(other);
    expect(missing.status).toBe(422);
    expect(faultAt(missing.html, 'nationalIdCheck')).toMatch(/^To change where your money goes/);
    expect(chosenIn(missing.html, 'bank')).toBe('01');
    expect(valueAt(missing.html, 'account')).toBe('0123456789');
    const wrong = await change({ ...other, nationalIdCheck: '87654321' });
    expect(faultAt(wrong.html, 'nationalIdCheck')).toMatch(/^This is not the national ID/);
    expect(await values()).toEqual(before);

    const right = await change({ ...other, nationalIdCheck: ID });
    expect(right).toMatchObject({ status: 303, to: '/profile?saved=bank' });
    expect(await values()).toMatchObject({ bank: '01', branch: '01001', account: '0123456789' });
  });

  test('a branch that was not given yet does not slip past with a bank that may not change', async () => {
    await someone.post('/profile/personal', { nationalId: ID });
    await change({ bank: '68' });
    expect((await change({ bank: '01', branch: 'Kisii' })).status).toBe(422);
    expect(await values()).toMatchObject({ bank: '68' });
    expect((await values()).branch).toBeUndefined();
  });

  test('three wrong IDs: not today, even with the right one; tomorrow again', async () => {
    await someone.post('/profile/personal', { nationalId: ID });
    await change(fullProfile.bank);
    const account = '9999999999999';
    for (const nationalIdCheck of ['111111', '222222', '333333']) {
      await change({ account, nationalIdCheck });
    }
    const { status, html } = await change({ account, nationalIdCheck: ID });
    expect(status).toBe(422);
    expect(faultAt(html, 'nationalIdCheck')).toMatch(/wrong three times today/);
    expect((await values()).account).toBe(fullProfile.bank.account);
    web.setNow(new Date('2026-11-24T21:00:00Z'));
    await someone.post('/login', { phone, password: 'three blind mice' });
    expect((await change({ account, nationalIdCheck: ID })).status).toBe(303);
  });

  test('where no ID is on record there is nothing to ask for', async () => {
    await change(fullProfile.bank);
    expect((await change({ account: '9999999999999' })).status).toBe(303);
  });

  test('a new bank takes the old branch with it, whoever sends the form twice', async () => {
    await change(fullProfile.bank);
    const { html } = await someone.get('/profile/bank');
    const branch = valueAt(html, 'branch');
    const form = {
      bank: '01',
      branch,
      branchWas: hidden(html, 'branchWas'),
      account: '9876543210',
    };
    expect((await change(form)).to).toBe('/profile/bank?again=branch');
    expect((await change(form)).to).toBe('/profile?saved=bank');
    expect(await values()).toEqual({ bank: '01', account: '9876543210' });
  });
});

describe('the same number on two accounts', () => {
  const shared = 'this number is on another account as well. We kept yours';

  test('is kept, and told without a word about the other', async () => {
    const [other, number] = await newcomer();
    await other.post('/profile/personal', { ...fullProfile.personal, nationalId: '7654321' });
    const answer = await someone.post('/profile/personal', { nationalId: '07654321' });
    expect(answer).toMatchObject({ status: 303, to: '/profile?saved=personal&shared=nationalId' });
    const { html } = await someone.get(answer.to ?? '');
    expect(html).toContain(`National ID: ${shared}`);
    for (const hint of ['Wanjiku', number, `***${number.slice(-3)}`])
      expect(html).not.toContain(hint);
    expect((await values()).nationalId).toBe('07654321');
  });

  test('is not told again where something else is changed', async () => {
    const [other] = await newcomer();
    await other.post('/profile/personal', { nationalId: '6554321' });
    await someone.post('/profile/personal', { nationalId: '6554321', fullName: 'Asha Otieno' });
    const form = { nationalId: '', fullName: 'Asha Otieno', email: 'asha@example.com' };
    const { to } = await someone.post('/profile/personal', form);
    expect(to).toBe('/profile?saved=personal');
  });

  test('is told as well where something else is wrong', async () => {
    const [other] = await newcomer();
    await other.post('/profile/personal', { nationalId: '5554321' });
    const form = { nationalId: '5554321', kraPin: 'x' };
    const { status, html } = await someone.post('/profile/personal', form);
    expect(status).toBe(422);
    expect(html).toContain(`National ID: ${shared}`);
  });
});

describe('a form that is older than what was filled in elsewhere', () => {
  const open = async (group: string) => (await someone.get(`/profile/${group}`)).html;
  const send = (group: string, html: string, typed: Record<string, string> = {}) =>
    someone.post(`/profile/${group}`, sentFrom(html, typed));
  const elsewhere = (group: string, fields: Record<string, string>) =>
    someone.post(`/profile/${group}`, fields);

  test('leaves alone what it showed empty', async () => {
    const old = await open('personal');
    const { personal } = fullProfile;
    await elsewhere('personal', personal);
    const answer = await send('personal', old, { email: personal.email });
    expect(answer.to).toBe('/profile?saved=personal');
    expect(await values()).toEqual(personal);
  });

  test('leaves alone what it showed as it was before', async () => {
    await elsewhere('personal', { fullName: 'Asha Otieno', yearOfBirth: '1985', gender: 'male' });
    const old = await open('personal');
    const newer = { fullName: 'Asha Achieng', yearOfBirth: '1986', gender: 'female' };
    await elsewhere('personal', newer);
    const answer = await send('personal', old, { email: 'asha@example.com' });
    expect(answer.to).toBe('/profile?saved=personal');
    expect(await values()).toEqual({ ...newer, email: 'asha@example.com' });
  });

  test('asks before it replaces what it had not shown, and does so when it is sent again', async () => {
    const old = await open('personal');
    await elsewhere('personal', {
      fullName: 'Asha Achieng',
      gender: 'female',
      kraPin: 'A098765432B',
    });
    const typed = {
      fullName: 'Asha Otieno',
      gender: 'male',
      kraPin: 'A111222333C',
      nssf: '2098765432',
    };
    const { status, html } = await send('personal', old, typed);
    expect(status).toBe(422);
    expect(faultAt(html, 'fullName')).toMatch(
      /^This was changed after you opened the page, to Asha Achieng\./,
    );
    expect(faultAt(html, 'gender')).toMatch(/opened the page, to Female\./);
    expect(faultAt(html, 'kraPin')).toMatch(/opened the page, to \*\*\*32B\./);
    expect(html).not.toContain('A098765432B');
    expect(valueAt(html, 'fullName')).toBe('Asha Otieno');
    expect(chosenIn(html, 'gender')).toBe('male');
    expect(await values()).toMatchObject({ fullName: 'Asha Achieng', nssf: '2098765432' });
    expect((await send('personal', html)).status).toBe(303);
    expect(await values()).toMatchObject({ ...typed });
  });

  test('a branch is not put to another bank than it was typed for', async () => {
    const old = await open('bank');
    await elsewhere('bank', { bank: '68' });
    const { status, html } = await send('bank', old, { bank: '01', branch: 'Kisii' });
    expect(status).toBe(422);
    expect(faultAt(html, 'bank')).toMatch(/opened the page, to Equity/);
    expect(await values()).toEqual({ bank: '68' });
    expect((await send('bank', html)).status).toBe(303);
    expect(await values()).toEqual({ bank: '01', branch: '01001' });
  });

  test.each([
    ['one', fullProfile.bank],
    ['none', { bank: fullProfile.bank.bank }],
  ])('a number is not put to another bank than the form showed, which had %s', async (_, bank) => {
    await elsewhere('bank', bank);
    const old = await open('bank');
    await elsewhere('bank', { bank: '01' });
    const { status, html } = await send('bank', old, { account: '9999999999999' });
    expect(status).toBe(422);
    expect(faultAt(html, 'account')).toMatch(/^Bank was changed after you opened/);
    expect(html).not.toContain(fullProfile.bank.account);
    expect(await values()).toEqual({ bank: '01' });
  });

  test('the same form twice is saved once, and asks nothing', async () => {
    const old = await open('personal');
    const { personal } = fullProfile;
    for (const _ of ['sent', 'and again'])
      expect((await send('personal', old, personal)).status).toBe(303);
    expect(await values()).toEqual(personal);
  });

  test('what it says of a masked value tells nothing of it', async () => {
    await fillAll();
    const [other] = await newcomer();
    await fillAll(other);
    const [mine, others] = [await open('bank'), (await other.get('/profile/bank')).html];
    expect(hidden(mine, 'accountWas')).toMatch(/^[\w-]{22}$/);
    expect(hidden(mine, 'accountWas')).not.toBe(hidden(others, 'accountWas'));
  });
});
