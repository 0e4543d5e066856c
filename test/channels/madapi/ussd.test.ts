import type { Phone } from '../../../src/phone-number.js';
import { hostileJson } from '../../kit/hostile-requests.js';
import { describeWire, type Row, wireNamed } from '../tables.js';

const phone = '254712345678' as Phone;
const session = '01235';

const request = (type: string, said: string, code = '321123') =>
  `{"sessionId":"01235","messageType":"${type}","msisdn":"254712345678","serviceCode":"${code}","ussdString":"${said}"}`;

const reply = (
  message: string,
  end: string,
  echoed = '"serviceCode":"321123","msisdn":"254712345678"',
) =>
  `{"statusCode":"0000","statusMessage":"Success","transactionId":"01235","data":{"inboundResponse":"${message}",${end},${echoed}},"_link":{"self":{"href":""}}}`;
const GOES_ON = '"userInputRequired":true,"messageType":1';
const ENDS = '"userInputRequired":false,"messageType":2';

const ending = (label: string, type: string, outcome: 'completed' | 'abandoned'): Row => ({
  ...{ source: 'from the documentation', label, request: request(type, '') },
  ending: { session, phone, outcome, network: null },
  reply: reply('Goodbye. Kwaheri.', ENDS),
});

describeWire({
  wire: wireNamed('madapi'),
  type: 'application/json; charset=utf-8',
  send: (station, body) => station.postJson(body),
  rows: [
    {
      source: 'from the documentation',
      label: 'a call begins (its number replaced)',
      request: `{
  "sessionId": "01235",
  "messageType": "0",
  "msisdn": "254712345678",
  "serviceCode": "321123",
  "ussdString": "Please vote for xxx."
}`,
      turn: {
        ...{ session, phone, network: null },
        said: { answer: '', begins: true, request: null },
      },
      reply:
        '{"statusCode":"0000","statusMessage":"Success","transactionId":"01235","data":{"inboundResponse":"Welcome","userInputRequired":true,"messageType":1,"serviceCode":"321123","msisdn":"254712345678"},"_link":{"self":{"href":""}}}',
    },
    {
      source: 'from the documentation',
      label: 'an answer, with all that may come along (its number replaced)',
      request: `{"sessionId":"01235","messageType":"1","msisdn":"254712345678","serviceCode":"321123","ussdString":"1","cellId":"1-2-3","language":"en","imsi":"639021234567890"}`,
      turn: {
        ...{ session, phone, network: null },
        said: { answer: '1', begins: false, request: null },
      },
      reply: reply('Welcome', GOES_ON),
    },
    ending('the call has ended', '2', 'completed'),
    ending('the call was cancelled', '4', 'abandoned'),
    ending('the caller did not answer', '5', 'abandoned'),
    {
      source: 'written by hand',
      label: 'answers dialled along with the code',
      request: request('0', '*1234*356*1*2#', '*1234*356#'),
      turn: {
        ...{ session, phone, network: null },
        said: { answer: '1*2', begins: true, request: null },
      },
      reply: reply('Welcome', GOES_ON, '"serviceCode":"*1234*356#","msisdn":"254712345678"'),
    },
    {
      source: 'written by hand',
      label: 'numbers for words',
      request:
        '{"sessionId":1235,"messageType":1,"msisdn":254712345678,"serviceCode":321123,"ussdString":2}',
      turn: {
        ...{ session: '1235', phone, network: null },
        said: { answer: '2', begins: false, request: null },
      },
      reply:
        '{"statusCode":"0000","statusMessage":"Success","transactionId":1235,"data":{"inboundResponse":"Welcome","userInputRequired":true,"messageType":1,"serviceCode":321123,"msisdn":254712345678},"_link":{"self":{"href":""}}}',
    },
  ],
  refused: [
    {
      source: 'from the documentation',
      label: 'an Ivorian number',
      request: `{"sessionId":"01235","messageType":"0","msisdn":"2252312345","serviceCode":"321123","ussdString":"*123#"}`,
      reply: reply(
        'Sorry, only Kenyan mobile numbers can use this.\\nSamahani, huduma hii ni ya nambari za simu za Kenya pekee.',
        ENDS,
        '"serviceCode":"321123","msisdn":"2252312345"',
      ),
    },
    {
      source: 'from the documentation',
      label: 'a notification, which is no step of a call',
      request: request('3', 'Please vote for xxx.'),
      reply: reply(
        'Sorry, we could not read that. Please dial again.\\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena.',
        ENDS,
      ),
    },
    {
      source: 'written by hand',
      label: 'nothing in it',
      request: '{}',
      reply:
        '{"statusCode":"0000","statusMessage":"Success","transactionId":null,"data":{"inboundResponse":"Sorry, we could not read that. Please dial again.\\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena.","userInputRequired":false,"messageType":2,"serviceCode":null,"msisdn":null},"_link":{"self":{"href":""}}}',
    },
  ],
  hostile: hostileJson(JSON.parse(request('1', '1')), {
    ...{ session: 'sessionId', phone: 'msisdn', text: 'ussdString', step: 'messageType' },
  }),
  failing: {
    request: request('1', '1'),
    apology: reply(
      'Sorry, something went wrong. Please dial again later.\\nSamahani, kuna hitilafu. Tafadhali piga tena baadaye.',
      ENDS,
    ),
    farewell: reply('Kwaheri \\"$&\\"', ENDS),
  },
});
