import type { WireDeclaration } from '../wires/declaration.js';

/**
 * MTN's MADAPI. `messageType` is 0 begin, 1 continue, 2 end, 3 notification, 4 cancel, 5 time-out; a
 * notification asks for nothing, so it is no step of a call. The answer must have a `transactionId` and a
 * `_link`, of which nothing is known but their form. From https://developers.mtn.com/products/ussd.
 */
export const madapi: WireDeclaration = {
  name: 'madapi',
  request: 'POST json',
  session: 'sessionId',
  phone: 'msisdn',
  text: { field: 'ussdString', holds: 'lastAnswer' },
  step: {
    field: 'messageType',
    begins: ['0'],
    answers: ['1'],
    ends: { '2': 'completed', '4': 'abandoned', '5': 'abandoned' },
  },
  dialled: { field: 'ussdString', after: 'serviceCode' },
  reply: {
    goesOn: reply({ userInputRequired: true, messageType: 1 }),
    ends: reply({ userInputRequired: false, messageType: 2 }),
  },
};

function reply(end: { readonly userInputRequired: boolean; readonly messageType: number }) {
  return {
    statusCode: '0000',
    statusMessage: 'Success',
    transactionId: '{sessionId}',
    data: {
      inboundResponse: '{text}',
      ...end,
      serviceCode: '{serviceCode}',
      msisdn: '{msisdn}',
    },
    _link: { self: { href: '' } },
  };
}
