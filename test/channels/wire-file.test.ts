import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takenNames } from '../../src/channels/carriers.js';
import { readWireFile } from '../../src/channels/wires/wire-file.js';

const folder = mkdtempSync(join(tmpdir(), 'cp2-test-wires-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(written: string) {
  const path = join(folder, 'wires.json');
  writeFileSync(path, written);
  return readWireFile(path, takenNames);
}

const wire = {
  name: 'example',
  request: 'GET query',
  session: 'session_id',
  phone: 'msisdn',
  text: { field: 'ussd_string', holds: 'history' },
  reply: { goesOn: 'CON {text}', ends: 'END {text}' },
};
const step = { field: 'kind', begins: ['new'], answers: ['more'] };

test('the least that a wire needs', () => {
  expect(read(JSON.stringify([wire]))).toEqual({ wires: [wire] });
});

const faulty: readonly [string, unknown, string][] = [
  ['no list', wire, 'a list of wires'],
  ['no object', ['x'], 'in [0] '],
  ['a name with a slash', [{ ...wire, name: 'a/b' }], 'in [0].name '],
  ['a name with a capital', [{ ...wire, name: 'Example' }], 'in [0].name '],
  ['a name that is a secret path of ours', [{ ...wire, name: 'simulator' }], 'in [0].name '],
  ["Africa's Talking's name", [{ ...wire, name: 'africastalking' }], 'in [0].name '],
  ['the name of a carrier that we know', [{ ...wire, name: 'hubtel' }], 'in [0].name '],
  ['the same name twice', [wire, wire], 'in [1].name '],
  ['no session', [{ ...wire, session: undefined }], 'in [0].session the name of a field'],
  ['a field that is a prototype', [{ ...wire, phone: '__proto__' }], 'in [0].phone '],
  ['a method that is none', [{ ...wire, request: 'PUT form' }], 'in [0].request '],
  ['a guess', [{ ...wire, text: { field: 'text' } }], 'in [0].text.holds history or lastAnswer'],
  ['a word that is none of ours', [{ ...wire, numbers: 'seq' }], 'in [0] nothing named numbers'],
  ['a number beside a history', [{ ...wire, number: 'seq' }], 'in [0].number '],
  ['a dialled code without steps', [{ ...wire, dialled: { field: 'x' } }], 'in [0].dialled '],
  ['a step without values', [{ ...wire, step: { ...step, begins: [] } }], 'in [0].step.begins '],
  [
    'an end that is none',
    [{ ...wire, step: { ...step, ends: { bye: 'over' } } }],
    'in [0].step.ends.bye ',
  ],
  [
    'a reply without the screen',
    [{ ...wire, reply: { ...wire.reply, goesOn: 'CON' } }],
    'in [0].reply.goesOn ',
  ],
  [
    'a reply with the screen twice',
    [{ ...wire, reply: { ...wire.reply, ends: { a: '{text}', b: { c: '{text}' } } } }],
    'in [0].reply.ends ',
  ],
  [
    'a reply that is a list',
    [{ ...wire, reply: { ...wire.reply, ends: ['{text}'] } }],
    'in [0].reply.ends ',
  ],
  [
    'a text that repeats a field',
    [{ ...wire, reply: { ...wire.reply, ends: 'END {text} {msisdn}' } }],
    'in [0].reply.ends ',
  ],
  [
    'a value that repeats more than a field',
    [{ ...wire, reply: { ...wire.reply, ends: { a: '{text}', b: 'for {msisdn}' } } }],
    'in [0].reply.ends ',
  ],
];

test.each(faulty)('%s', (_, written, fault) => {
  const file = read(JSON.stringify(written));
  expect(file).toEqual({ faults: [expect.stringContaining(fault)] });
});

test('every fault is told at once', () => {
  const file = read(JSON.stringify([{ name: 'x' }, { ...wire, phone: 1, session: '' }]));
  expect(file).toMatchObject({ faults: expect.arrayContaining([expect.any(String)]) });
  expect('faults' in file ? file.faults.map((fault) => fault.split(' ')[1]) : []).toEqual([
    '[0].name',
    '[0].request',
    '[0].session',
    '[0].phone',
    '[0].text',
    '[0].reply',
    '[1].session',
    '[1].phone',
  ]);
});

test.each([
  ['JSON', '[{'],
  ['anything', ''],
])('a file that is no %s', (_, written) => {
  expect(read(written)).toEqual({ faults: ['a file of JSON'] });
});
