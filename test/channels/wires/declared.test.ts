import { describe } from 'vitest';
import { readWireFile } from '../../../src/channels/wires/wire-file.js';
import type { Phone } from '../../../src/phone-number.js';
import { hostileQueries } from '../../kit/hostile-requests.js';
import { describeWire, type Row } from '../tables.js';

const file = readWireFile('docs/wires.example.json', []);
const wire = (name: string) => {
  const found = 'wires' in file ? file.wires.find((one) => one.name === name) : undefined;
  if (!found) throw new Error(`the example has no wire named ${name}`);
  return found;
};

const phone = '254712345678' as Phone;
const plain = {
  type: 'text/plain; charset=utf-8',
  apology:
    'END Sorry, something went wrong. Please dial again later.\nSamahani, kuna hitilafu. Tafadhali piga tena baadaye.',
  unreadable:
    'END Sorry, we could not read that. Please dial again.\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena.',
  unserved:
    'END Sorry, only Kenyan mobile numbers can use this.\nSamahani, huduma hii ni ya nambari za simu za Kenya pekee.',
} as const;

describe('by GET, with the history repeated', () => {
  const query = (text: string) =>
    `network_code=2541&msisdn=254712345678&service_code=123&session_id=70381&ussd_string=${text}`;
  const histories: readonly (readonly [string, string, string])[] = [
    ['a call begins', '', ''],
    ['a * inside an answer', '1%2A2%2a*3', '1*2**3'],
    ['spaces both ways', 'Jane+A%20B', 'Jane A B'],
    ['a real plus sign', '1%2B1', '1+1'],
    ['an = inside', 'a=b', 'a=b'],
    ['an emoji', '%F0%9F%98%80', '😀'],
    ['NUL', '1%00*%002', '1*2'],
    ['8,000 digits', '7'.repeat(8_000), '7'.repeat(8_000)],
    ['fields nobody has heard of', '1&__proto__=x&constructor=y&a[b]=c&d=1&d=2&Ussd_string=9', '1'],
  ];

  describeWire({
    wire: wire('crossgate'),
    type: plain.type,
    send: (station, request) => station.get(request),
    rows: [
      {
        source: 'from the documentation',
        label: 'two answers (its number replaced)',
        request:
          'network_code=2541&msisdn=254712345678&service_code=123&session_id=70381&ussd_string=1*2',
        turn: { session: '70381', phone, network: '2541', said: { history: '1*2' } },
        reply: 'CON Welcome',
      },
      ...histories.map(
        ([label, text, history]): Row => ({
          ...{ source: 'written by hand', label, request: query(text) },
          turn: { session: '70381', phone, network: '2541', said: { history } },
          reply: 'CON Welcome',
        }),
      ),
      {
        source: 'written by hand',
        label: 'no text, no network, a plus sign that was not escaped',
        request: 'msisdn=+254712345678&service_code=123&session_id=70381',
        turn: { session: '70381', phone, network: null, said: { history: '' } },
        reply: 'CON Welcome',
      },
    ],
    refused: [
      ...[
        ['nothing', ''],
        ['no service code', query('1').replace('service_code=123&', '')],
        ['an empty service code', query('1').replace('service_code=123', 'service_code=')],
        ['noise', '%%%=&&&==;%zz'],
      ].map(([label = '', request = '']) => ({
        ...({ source: 'written by hand', label, request, reply: plain.unreadable } as const),
      })),
      {
        source: 'from the documentation',
        label: 'the number as the documentation masks it',
        request:
          'network_code=2541&msisdn=2547XXXXXXX&service_code=123&session_id=70381&ussd_string=1*2',
        reply: plain.unserved,
      },
    ],
    hostile: hostileQueries(
      {
        ...{ network_code: '2541', msisdn: '254712345678', service_code: '123' },
        ...{ session_id: '70381', ussd_string: '1' },
      },
      { session: 'session_id', phone: 'msisdn', text: 'ussd_string' },
    ),
    failing: { request: query('1'), apology: plain.apology, farewell: 'END Kwaheri "$&"' },
  });
});

describe('by GET, with the last answer alone', () => {
  const query = (text: string) =>
    `mobile_number=254712345678&session_id=s-1&message=${text}&service_code=*384*27%23&network=Safaricom`;
  const row = (label: string, text: string, answer: string): Row => ({
    ...{ source: 'written by hand', label, request: query(text) },
    turn: {
      ...{ session: 's-1', phone, network: 'Safaricom' },
      said: { answer, begins: null, request: null },
    },
    reply: 'CON Welcome',
  });

  describeWire({
    wire: wire('bonga'),
    type: plain.type,
    send: (station, request) => station.get(request),
    rows: [row('a call begins, or nothing was answered', '', ''), row('an answer', '1*2', '1*2')],
    refused: [
      { source: 'written by hand', label: 'nothing', request: '', reply: plain.unreadable },
    ],
    hostile: hostileQueries(
      {
        ...{ mobile_number: '254712345678', session_id: 's-1', message: '1' },
        ...{ service_code: '*384*27#', network: 'Safaricom' },
      },
      { session: 'session_id', phone: 'mobile_number', text: 'message' },
    ),
    failing: { request: query('1'), apology: plain.apology, farewell: 'END Kwaheri "$&"' },
  });
});

describe('by GET, with steps, answered in JSON', () => {
  const query = (operation: string, message: string) =>
    `session_msisdn=254712345678&session_operation=${operation}&session_msg=${message}&session_id=5456657676&session_from=*7006%23&session_type=1&session_mno=MTN`;
  const call = { session: '5456657676', phone, network: 'MTN' };
  const reply = (message: string) =>
    `{"session_operation":"continue","session_type":1,"session_id":"5456657676","session_msg":"${message}"}`;
  const end = (message: string, id = '"5456657676"') =>
    `{"session_operation":"end","session_type":4,"session_id":${id},"session_msg":"${message}"}`;

  describeWire({
    wire: wire('hollatags'),
    type: 'application/json; charset=utf-8',
    send: (station, request) => station.get(request),
    rows: [
      {
        source: 'from the documentation',
        label: 'a call begins (its number replaced)',
        request: query('begin', 'Hello,%20this%20is%20a%20test%20message'),
        turn: { ...call, said: { answer: '', begins: true, request: null } },
        reply: reply('Welcome'),
      },
      {
        source: 'written by hand',
        label: 'answers dialled along with the code',
        request: query('begin', '*7006*1*2%23'),
        turn: { ...call, said: { answer: '1*2', begins: true, request: null } },
        reply: reply('Welcome'),
      },
      {
        source: 'from the documentation',
        label: 'an answer (its number replaced)',
        request: query('continue', '1'),
        turn: { ...call, said: { answer: '1', begins: false, request: null } },
        reply: reply('Welcome'),
      },
      {
        source: 'from the documentation',
        label: 'the call is over (its number replaced)',
        request: query('end', ''),
        ending: { ...call, outcome: 'abandoned' },
        reply: end('Goodbye. Kwaheri.'),
      },
    ],
    refused: [
      {
        source: 'from the documentation',
        label: 'a Nigerian number',
        request: query('begin', '').replace('254712345678', '2347000000000'),
        reply: end(
          'Sorry, only Kenyan mobile numbers can use this.\\nSamahani, huduma hii ni ya nambari za simu za Kenya pekee.',
        ),
      },
      {
        source: 'written by hand',
        label: 'a doubled session, which is not sent back',
        request: `${query('continue', '1')}&session_id=2`,
        reply: end(
          'Sorry, we could not read that. Please dial again.\\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena.',
          'null',
        ),
      },
    ],
    hostile: hostileQueries(
      {
        ...{ session_msisdn: '254712345678', session_operation: 'continue', session_msg: '1' },
        ...{ session_id: '5456657676', session_from: '*7006#', session_mno: 'MTN' },
      },
      {
        ...{ session: 'session_id', phone: 'session_msisdn', text: 'session_msg' },
        step: 'session_operation',
      },
    ),
    failing: {
      request: query('continue', '1'),
      apology: end(
        'Sorry, something went wrong. Please dial again later.\\nSamahani, kuna hitilafu. Tafadhali piga tena baadaye.',
      ),
      farewell: end('Kwaheri \\"$&\\"'),
    },
  });
});

describe('by form, with the last answer and a number for each request', () => {
  const form = (text: string) => `session=s-1&phone=0712345678&text=${text}&request=r-7`;

  describeWire({
    wire: wire('answers'),
    type: plain.type,
    send: (station, request) => station.post('ussd', request),
    rows: [
      {
        ...{ source: 'written by hand', label: 'an answer', request: form('1*%ZZ') },
        turn: {
          ...{ session: 's-1', phone, network: null },
          said: { answer: '1*%ZZ', begins: null, request: 'r-7' },
        },
        reply: 'CON Welcome',
      },
      {
        source: 'written by hand',
        label: 'no number for the request',
        request: 'session=s-1&phone=0712345678&text=1',
        turn: {
          ...{ session: 's-1', phone, network: null },
          said: { answer: '1', begins: null, request: null },
        },
        reply: 'CON Welcome',
      },
    ],
    refused: [
      {
        source: 'written by hand',
        label: 'a doubled number for the request',
        request: `${form('1')}&request=r-8`,
        reply: plain.unreadable,
      },
      {
        source: 'written by hand',
        label: 'JSON in a form',
        request: '{"session":"s-1","phone":"0712345678","text":"1"}',
        reply: plain.unreadable,
      },
    ],
    hostile: hostileQueries(
      { session: 's-1', phone: '0712345678', text: '1', request: 'r-7' },
      { session: 'session', phone: 'phone', text: 'text' },
    ),
    failing: { request: form('1'), apology: plain.apology, farewell: 'END Kwaheri "$&"' },
  });
});
