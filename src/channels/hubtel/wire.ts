import type { WireDeclaration } from '../wires/declaration.js';

/**
 * Hubtel, Ghana: its Programmable Services, as far as they are USSD. `Type` comes in any letter case,
 * the values of its shops (`AddToCart`, `Query`) are none of ours, and `ClientState` is not needed.
 * From https://developers.hubtel.com/docs/api-reference-prog-services and Hubtel's own SDKs.
 */
export const hubtel: WireDeclaration = {
  name: 'hubtel',
  request: 'POST json',
  session: 'SessionId',
  phone: 'Mobile',
  text: { field: 'Message', holds: 'lastAnswer' },
  network: 'Operator',
  step: {
    field: 'Type',
    begins: ['initiation'],
    answers: ['response'],
    ends: { release: 'abandoned', timeout: 'abandoned' },
  },
  number: 'Sequence',
  dialled: { field: 'Message', after: 'ServiceCode' },
  reply: {
    goesOn: { Type: 'response', Message: '{text}' },
    ends: { Type: 'release', Message: '{text}' },
  },
};
