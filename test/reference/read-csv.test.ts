import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/reference/read-csv.js';

const header = 'key,parent,number,name_en,name_sw';

test('reads every field of every line', () => {
  expect(readCsv(`${header}\n001,1,,Changamwe,Changamwe\n002,1,7,Jomvu,Jomvu ya Pili\n`)).toEqual({
    faults: [],
    rows: [
      {
        line: 2,
        key: '001',
        parent: '1',
        number: null,
        name: { en: 'Changamwe', sw: 'Changamwe' },
      },
      { line: 3, key: '002', parent: '1', number: 7, name: { en: 'Jomvu', sw: 'Jomvu ya Pili' } },
    ],
  });
});

describe('takes a file as spreadsheets write it:', () => {
  const line = '68,,3,Equity,Equity';
  const row = { key: '68', parent: '', number: 3, name: { en: 'Equity', sw: 'Equity' } };
  test.each([
    ['byte order mark', `\ufeff${header}\n${line}\n`],
    ['CRLF', `${header}\r\n${line}\r\n`],
    ['CR', `${header}\r${line}\r`],
    ['mixed line ends', `${header}\r\n${line}\n`],
    ['no line end at the end', `${header}\n${line}`],
    ['quoted fields', `"key","parent","number","name_en","name_sw"\n"68","","3","Equity","Equity"`],
    ['spaces around', ` key , parent,number,name_en,name_sw\n 68 , , 3 , Equity , Equity \n`],
    ['columns in another order', `name_sw,name_en,number,parent,key\nEquity,Equity,3,,68\n`],
    ['header in capitals', `KEY,Parent,Number,Name_EN,Name_SW\n${line}\n`],
    ['only the English name', `${header}\n68,,3,Equity,\n`],
    ['empty lines', `\n\n${header}\n\n  \n,,,,\n${line}\n\n\n`],
  ])('%s', (_, text) => {
    const { rows, faults } = readCsv(text);
    expect(faults).toEqual([]);
    expect(rows).toEqual([{ ...row, line: expect.any(Number) }]);
  });
});

test('counts lines as an editor does', () => {
  const text = `${header}\r\n\r\n68,,3,Equity,Equity\r\n,,,,\r\n  \r\nX,,4,KCB,KCB`;
  const { rows, faults } = readCsv(text);
  expect(rows.map(({ line }) => line)).toEqual([3]);
  expect(faults.map(({ line }) => line)).toEqual([6]);
});

test('quotes protect commas and quotes', () => {
  const { rows } = readCsv(`${header}\n68001,68,1,"Moi Ave, ""Old"" wing",x\n`);
  expect(rows[0]?.name.en).toBe('Moi Ave, "Old" wing');
});

describe('refuses a file with', () => {
  test.each([
    ['nothing in it', ''],
    ['a column missing', 'key,parent,number,name_en\n68,,3,Equity\n'],
    ['a column too many', `${header},swift\n68,,3,Equity,Equity,EQBLKENA\n`],
    ['a column twice', 'key,key,number,name_en,name_sw\n68,,3,Equity,Equity\n'],
    ['no header', '68,,3,Equity,Equity\n'],
    ['semicolons', 'key;parent;number;name_en;name_sw\n68;;3;Equity;Equity\n'],
  ])('%s', (_, text) => {
    expect(readCsv(text)).toEqual({
      rows: [],
      faults: [{ line: 1, expected: 'the columns key,parent,number,name_en,name_sw' }],
    });
  });
});

describe('says what is expected of', () => {
  const keyFault = 'key: 1 to 40 small letters, digits and dashes, not ';
  const numberFault = 'number: 1 to 999999, but not 98 and 99, or empty; not ';
  const signs = 'one line of characters of GSM 03.38, so without ';
  test.each([
    [',,3,Equity,Equity', [`${keyFault}""`]],
    ['Equity,,3,Equity,Equity', [`${keyFault}"Equity"`]],
    ['-a,,3,Equity,Equity', [`${keyFault}"-a"`]],
    [`${'a'.repeat(41)},,3,Equity,Equity`, [`${keyFault}"${'a'.repeat(41)}"`]],
    ['68,,x,Equity,Equity', [`${numberFault}"x"`]],
    ['68,,0,Equity,Equity', [`${numberFault}"0"`]],
    ['68,,-3,Equity,Equity', [`${numberFault}"-3"`]],
    ['68,,1.5,Equity,Equity', [`${numberFault}"1.5"`]],
    ['68,,1e3,Equity,Equity', [`${numberFault}"1e3"`]],
    ['68,,98,Equity,Equity', [`${numberFault}"98"`]],
    ['68,,99,Equity,Equity', [`${numberFault}"99"`]],
    ['68,,1000000,Equity,Equity', [`${numberFault}"1000000"`]],
    [`68,,3,${'W'.repeat(41)},x`, ['name_en: at most 40 characters, not 41']],
    [`68,,3,x,${'['.repeat(21)}x`, ['name_sw: at most 40 characters, not 43']],
    ['68,,3,Murang’a,x', [`name_en: ${signs}"’"`]],
    ['68,,3,x,Ĩkinũ', [`name_sw: ${signs}"Ĩ" "ũ"`]],
    ['68,,3,"Equity\nBank",x', [`name_en: ${signs}"\\n"`]],
    ['68,,3,,Equity', ['name_en: a name, not ""']],
    ['68,,3,123,x', ['name_en: a name, not "123"']],
    ['68,,3,Equity', ['5 fields, not 4']],
    ['68,,3,Equity,Equity,x', ['5 fields, not 6']],
    ['68,,3,"Equity,Equity', ['quotes that open and close around a field: "…"']],
    ['68,,3,"Equity"x,Equity', ['quotes that open and close around a field: "…"']],
    [
      'X,,98,1,2',
      [
        `${keyFault}"X"`,
        `${numberFault}"98"`,
        'name_en: a name, not "1"',
        'name_sw: a name, not "2"',
      ],
    ],
  ])('%j', (line, expected) => {
    const { faults } = readCsv(`${header}\n01,,1,KCB,KCB\n${line}\n02,,2,Absa,Absa\n`);
    expect(faults.map((fault) => fault.expected)).toEqual(expected);
    for (const fault of faults) expect([3, 4]).toContain(fault.line);
  });
});

test('an open quote hides no other bad line', () => {
  const text = `${header}\n01,,1,"KCB,KCB\nX,,2,Absa,Absa\n03,,3,"Coop"s,Coop\n04,,4,Equity,Equity\n`;
  expect(
    readCsv(text)
      .faults.map(({ line }) => line)
      .sort(),
  ).toEqual([2, 3, 4]);
});
