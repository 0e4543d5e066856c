import type { Phone } from '../../../src/phone-number.js';
import { hostileJson } from '../../kit/hostile-requests.js';
import { describeWire, wireNamed } from '../tables.js';

const phone = '254712345678' as Phone;
const session = '16836425241234';

describeWire({
  wire: wireNamed('moolre'),
  type: 'application/json; charset=utf-8',
  send: (station, request) => station.postJson(request),
  rows: [
    {
      source: 'from the documentation',
      label: 'a call begins, with something dialled along with the code (its number replaced)',
      request: `{"sessionid":"16836425241234","new":true,"msisdn":"254712345678","network":3,"message":"","extension":109,"data":"11005"}`,
      turn: {
        ...{ session, phone, network: '3' },
        said: { answer: '11005', begins: true, request: null },
      },
      reply: '{"message":"Welcome","reply":true}',
    },
    {
      source: 'from the documentation',
      label: 'an answer (its number replaced)',
      request: `{"sessionid":"16836425241234","new":false,"msisdn":"254712345678","network":6,"message":"1","extension":109,"data":""}`,
      turn: {
        ...{ session, phone, network: '6' },
        said: { answer: '1', begins: false, request: null },
      },
      reply: '{"message":"Welcome","reply":true}',
    },
    {
      source: 'written by hand',
      label: 'what is dialled stands in data alone',
      request: `{"sessionid":"16836425241234","new":true,"msisdn":"254712345678","network":3,"message":"*203*109#","extension":109,"data":"1*2#"}`,
      turn: {
        ...{ session, phone, network: '3' },
        said: { answer: '1*2', begins: true, request: null },
      },
      reply: '{"message":"Welcome","reply":true}',
    },
    {
      source: 'written by hand',
      label: 'data that makes no sense is none',
      request: `{"sessionid":"16836425241234","new":true,"msisdn":"0712345678","network":"MTN!","message":"","data":["1"]}`,
      turn: {
        ...{ session, phone, network: null },
        said: { answer: '', begins: true, request: null },
      },
      reply: '{"message":"Welcome","reply":true}',
    },
    {
      source: 'written by hand',
      label: 'a session and an answer that are numbers, and data that came before',
      request: `{"sessionid":16836425241234,"new":"false","msisdn":254712345678,"message":2,"data":"9"}`,
      turn: {
        ...{ session, phone, network: null },
        said: { answer: '2', begins: false, request: null },
      },
      reply: '{"message":"Welcome","reply":true}',
    },
  ],
  refused: [
    {
      source: 'from the documentation',
      label: 'a Ghanaian number',
      request: `{"sessionid":"16836425241234","new":true,"msisdn":"233501234567","network":3,"message":"","extension":109,"data":""}`,
      reply:
        '{"message":"Sorry, only Kenyan mobile numbers can use this.\\nSamahani, huduma hii ni ya nambari za simu za Kenya pekee.","reply":false}',
    },
    {
      source: 'written by hand',
      label: 'nothing in it',
      request: '{}',
      reply:
        '{"message":"Sorry, we could not read that. Please dial again.\\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena.","reply":false}',
    },
  ],
  hostile: hostileJson(
    {
      ...{ sessionid: session, new: false, msisdn: '254712345678', network: 3, message: '1' },
      ...{ extension: 109, data: '' },
    },
    { session: 'sessionid', phone: 'msisdn', text: 'message', step: 'new' },
  ),
  failing: {
    request: `{"sessionid":"16836425241234","new":false,"msisdn":"254712345678","message":"1"}`,
    apology:
      '{"message":"Sorry, something went wrong. Please dial again later.\\nSamahani, kuna hitilafu. Tafadhali piga tena baadaye.","reply":false}',
    farewell: '{"message":"Kwaheri \\"$&\\"","reply":false}',
  },
});
