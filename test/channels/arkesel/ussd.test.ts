import type { Phone } from '../../../src/phone-number.js';
import { hostileJson } from '../../kit/hostile-requests.js';
import { describeWire, wireNamed } from '../tables.js';

const phone = '254712345678' as Phone;
const session = 'test-session-123';

const reply = (message: string, goesOn: boolean, msisdn = '"254712345678"') =>
  `{"sessionID":"test-session-123","userID":"USSD_DEMO","msisdn":${msisdn},"message":"${message}","continueSession":${goesOn}}`;

describeWire({
  wire: wireNamed('arkesel'),
  type: 'application/json; charset=utf-8',
  send: (station, request) => station.postJson(request),
  rows: [
    {
      source: 'from the documentation',
      label: 'a call begins (its number replaced)',
      request: `{
  "sessionID": "test-session-123",
  "userID": "USSD_DEMO",
  "msisdn": "254712345678",
  "userData": "",
  "newSession": true,
  "network": "MTN"
}`,
      turn: {
        ...{ session, phone, network: 'MTN' },
        said: { answer: '', begins: true, request: null },
      },
      reply:
        '{"sessionID":"test-session-123","userID":"USSD_DEMO","msisdn":"254712345678","message":"Welcome","continueSession":true}',
    },
    {
      source: 'from the documentation',
      label: 'an answer (its number replaced)',
      request: `{
  "sessionID": "test-session-123",
  "userID": "USSD_DEMO",
  "msisdn": "254712345678",
  "userData": "1",
  "newSession": false,
  "network": "MTN"
}`,
      turn: {
        ...{ session, phone, network: 'MTN' },
        said: { answer: '1', begins: false, request: null },
      },
      reply: reply('Welcome', true),
    },
    {
      source: 'written by hand',
      label: 'what was dialled is no answer',
      request: `{"sessionID":"test-session-123","userID":"USSD_DEMO","newSession":true,"msisdn":"254712345678","userData":"*384*27*1*2#","network":"MTN"}`,
      turn: {
        ...{ session, phone, network: 'MTN' },
        said: { answer: '', begins: true, request: null },
      },
      reply: reply('Welcome', true),
    },
    {
      source: 'written by hand',
      label: 'words for truths, a number for a number, no network, an answer of * and #',
      request: `{"sessionID":"test-session-123","userID":"USSD_DEMO","newSession":"False","msisdn":254712345678,"userData":"*1#\\u0000"}`,
      turn: {
        ...{ session, phone, network: null },
        said: { answer: '*1#', begins: false, request: null },
      },
      reply: reply('Welcome', true, '254712345678'),
    },
    {
      source: 'written by hand',
      label: 'what is sent back is a word or nothing',
      request: `{"sessionID":"test-session-123","userID":{"a":"{text}"},"newSession":false,"msisdn":" 0712 345 678","userData":"1"}`,
      turn: {
        ...{ session, phone, network: null },
        said: { answer: '1', begins: false, request: null },
      },
      reply:
        '{"sessionID":"test-session-123","userID":null,"msisdn":" 0712 345 678","message":"Welcome","continueSession":true}',
    },
  ],
  refused: [
    {
      source: 'from the documentation',
      label: 'a Ghanaian number',
      request: `{
  "sessionID": "test-session-123",
  "userID": "USSD_DEMO",
  "msisdn": "233271234567",
  "userData": "",
  "newSession": true,
  "network": "MTN"
}`,
      reply: reply(
        'Sorry, only Kenyan mobile numbers can use this.\\nSamahani, huduma hii ni ya nambari za simu za Kenya pekee.',
        false,
        '"233271234567"',
      ),
    },
    {
      source: 'written by hand',
      label: 'nothing in it',
      request: '{}',
      reply:
        '{"sessionID":null,"userID":null,"msisdn":null,"message":"Sorry, we could not read that. Please dial again.\\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena.","continueSession":false}',
    },
    {
      source: 'written by hand',
      label: 'too much to send back',
      request: `{"sessionID":"${'a'.repeat(200)}","userID":"${'{text}'.repeat(30)}","msisdn":[1],"newSession":true}`,
      reply:
        '{"sessionID":null,"userID":null,"msisdn":null,"message":"Sorry, we could not read that. Please dial again.\\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena.","continueSession":false}',
    },
  ],
  hostile: hostileJson(
    {
      ...{ sessionID: session, userID: 'USSD_DEMO', newSession: false, msisdn: '254712345678' },
      ...{ userData: '1', network: 'MTN' },
    },
    { session: 'sessionID', phone: 'msisdn', text: 'userData', step: 'newSession' },
  ),
  failing: {
    request: `{"sessionID":"test-session-123","userID":"USSD_DEMO","newSession":false,"msisdn":"254712345678","userData":"1","network":"MTN"}`,
    apology: reply(
      'Sorry, something went wrong. Please dial again later.\\nSamahani, kuna hitilafu. Tafadhali piga tena baadaye.',
      false,
    ),
    farewell: reply('Kwaheri \\"$&\\"', false),
  },
});
