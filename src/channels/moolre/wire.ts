import type { WireDeclaration } from '../wires/declaration.js';

/**
 * Moolre, Ghana. `network` is a number (3 MTN, 5 AirtelTigo, 6 Telecel), and `data` is what was dialled
 * along with the code. From https://docs.moolre.com/ussd.
 */
export const moolre: WireDeclaration = {
  name: 'moolre',
  request: 'POST json',
  session: 'sessionid',
  phone: 'msisdn',
  text: { field: 'message', holds: 'lastAnswer' },
  network: 'network',
  step: { field: 'new', begins: ['true'], answers: ['false'] },
  dialled: { field: 'data' },
  reply: {
    goesOn: { message: '{text}', reply: true },
    ends: { message: '{text}', reply: false },
  },
};
