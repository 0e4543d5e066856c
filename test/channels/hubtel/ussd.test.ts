import type { Phone } from '../../../src/phone-number.js';
import { hostileJson } from '../../kit/hostile-requests.js';
import { describeWire, type Row, wireNamed } from '../tables.js';

const phone = '254712345678' as Phone;
const session = '8d440a43a98b4614b9df22b79c8190b8';

const GOES_ON = '{"Type":"response","Message":"Welcome"}';
const GOODBYE = '{"Type":"release","Message":"Goodbye. Kwaheri."}';

const dial = (message: string, code: string) =>
  `{"Type":"Initiation","Message":"${message}","ServiceCode":"${code}","Operator":"mtn","Mobile":"254712345678","SessionId":"${session}","Sequence":1}`;

const began = (answer: string): Extract<Row, { turn: unknown }>['turn'] => ({
  ...{ session, phone, network: 'mtn' },
  said: { answer, begins: true, request: '1' },
});

const dialled: readonly (readonly [string, string, string, string])[] = [
  ['our code as it is', '*384*27#', '384*27', ''],
  ['our code with its stars', '*384*27#', '*384*27#', ''],
  ['our code and two answers', '*384*27*1*2#', '384*27', '1*2'],
  ['a longer code than ours', '*384*271*2#', '384*27', ''],
  ['somebody else’s code', '*713*1#', '384*27', ''],
  ['no code', '', '384*27', ''],
  ['an answer and no code of ours', '*384*27*1#', '', ''],
];

describeWire({
  wire: wireNamed('hubtel'),
  type: 'application/json; charset=utf-8',
  send: (station, request) => station.postJson(request),
  rows: [
    {
      source: 'from the documentation',
      label: 'a call begins (its number replaced)',
      request: `{
   "Sequence":"1",
   "Type":"initiation",
   "Message":"",
   "ServiceCode":"b230733cd56b4a0fad820e39f66bc27c",
   "Operator":"Hubtel-Android",
   "ClientState":"",
   "Mobile":"254712345678",
   "SessionId":"8d440a43a98b4614b9df22b79c8190b8"
}`,
      turn: {
        ...{ session, phone, network: 'Hubtel-Android' },
        said: { answer: '', begins: true, request: '1' },
      },
      reply: GOES_ON,
    },
    {
      source: 'from the documentation',
      label: 'an answer (its number replaced)',
      request: `{"Sequence":2,"Type":"response","Message":"1","ServiceCode":"711*2","Operator":"vodafone","ClientState":"","Mobile":"254712345678","SessionId":"${session}"}`,
      turn: {
        ...{ session, phone, network: 'vodafone' },
        said: { answer: '1', begins: false, request: '2' },
      },
      reply: GOES_ON,
    },
    {
      source: 'from the documentation',
      label: 'the caller hangs up',
      request: `{"Sequence":3,"Type":"release","Message":"","ServiceCode":"711*2","Operator":"mtn","Mobile":"254712345678","SessionId":"${session}"}`,
      ending: { session, phone, outcome: 'abandoned', network: 'mtn' },
      reply: GOODBYE,
    },
    {
      source: 'from the documentation',
      label: 'the caller did not answer',
      request: `{"Sequence":3,"Type":"Timeout","Message":"Timeout","ServiceCode":"711*2","Operator":"mtn","Mobile":"254712345678","SessionId":"${session}"}`,
      ending: { session, phone, outcome: 'abandoned', network: 'mtn' },
      reply: GOODBYE,
    },
    ...dialled.map(
      ([label, message, code, answer]): Row => ({
        source: 'written by hand',
        label: `dialled: ${label}`,
        request: dial(message, code),
        turn: began(answer),
        reply: GOES_ON,
      }),
    ),
    {
      source: 'written by hand',
      label: 'any letter case, and spaces about the type',
      request: `{"Type":" rESPONSE ","Message":" 1 ","Mobile":"+254 712-345 678","SessionId":"${session}"}`,
      turn: {
        ...{ session, phone, network: null },
        said: { answer: ' 1 ', begins: false, request: null },
      },
      reply: GOES_ON,
    },
    {
      source: 'written by hand',
      label: 'an answer that is a number, NUL, emoji and a *',
      request: `{"Type":"Response","Message":"1*2\\u0000😀","Mobile":254712345678,"SessionId":77,"Sequence":12,"Operator":null}`,
      turn: {
        ...{ session: '77', phone, network: null },
        said: { answer: '1*2😀', begins: false, request: '12' },
      },
      reply: GOES_ON,
    },
    {
      source: 'written by hand',
      label: 'fields nobody has heard of, and a network of nonsense',
      request: `{"__proto__":{"Message":"9"},"constructor":1,"message":"8","Message":"1","a":[{"Message":"2"}],"Type":"Response","Mobile":"0712345678","SessionId":"${session}","Sequence":2,"Operator":{"a":1}}`,
      turn: {
        ...{ session, phone, network: null },
        said: { answer: '1', begins: false, request: '2' },
      },
      reply: GOES_ON,
    },
  ],
  refused: [
    {
      source: 'from the documentation',
      label: 'a Ghanaian number',
      request: `{
   "Sequence":"1",
   "Type":"initiation",
   "Message":"",
   "ServiceCode":"b230733cd56b4a0fad820e39f66bc27c",
   "Operator":"Hubtel-Android",
   "ClientState":"",
   "Mobile":"233246912184",
   "SessionId":"8d440a43a98b4614b9df22b79c8190b8"
}`,
      reply:
        '{"Type":"release","Message":"Sorry, only Kenyan mobile numbers can use this.\\nSamahani, huduma hii ni ya nambari za simu za Kenya pekee."}',
    },
    {
      source: 'from the documentation',
      label: 'a step of Hubtel’s shops',
      request: `{"Sequence":2,"Type":"AddToCart","Message":"1","ServiceCode":"711*2","Operator":"mtn","Mobile":"254712345678","SessionId":"${session}"}`,
      reply:
        '{"Type":"release","Message":"Sorry, we could not read that. Please dial again.\\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena."}',
    },
    {
      source: 'written by hand',
      label: 'a sequence number in a list',
      request: `{"Sequence":[2],"Type":"Response","Message":"1","Mobile":"254712345678","SessionId":"${session}"}`,
      reply:
        '{"Type":"release","Message":"Sorry, we could not read that. Please dial again.\\nSamahani, hatukuweza kusoma hilo. Tafadhali piga tena."}',
    },
  ],
  hostile: hostileJson(
    {
      ...{ Sequence: 2, Type: 'Response', Message: '1', ServiceCode: '384*27', Operator: 'mtn' },
      ...{ ClientState: '', Mobile: '254712345678', SessionId: session },
    },
    { session: 'SessionId', phone: 'Mobile', text: 'Message', step: 'Type' },
  ),
  failing: {
    request: dial('*384*27#', '384*27'),
    apology:
      '{"Type":"release","Message":"Sorry, something went wrong. Please dial again later.\\nSamahani, kuna hitilafu. Tafadhali piga tena baadaye."}',
    farewell: '{"Type":"release","Message":"Kwaheri \\"$&\\""}',
  },
});
