import type { WireDeclaration } from '../wires/declaration.js';

/**
 * Arkesel, Ghana. The first request's `userData` is what was dialled, but no field says how much of it
 * is our code, so nothing can be dialled along with it. From Arkesel's sample applications,
 * https://github.com/ArkeselDev/express-ussd-sample.
 */
export const arkesel: WireDeclaration = {
  name: 'arkesel',
  request: 'POST json',
  session: 'sessionID',
  phone: 'msisdn',
  text: { field: 'userData', holds: 'lastAnswer' },
  network: 'network',
  step: { field: 'newSession', begins: ['true'], answers: ['false'] },
  reply: {
    goesOn: {
      sessionID: '{sessionID}',
      userID: '{userID}',
      msisdn: '{msisdn}',
      message: '{text}',
      continueSession: true,
    },
    ends: {
      sessionID: '{sessionID}',
      userID: '{userID}',
      msisdn: '{msisdn}',
      message: '{text}',
      continueSession: false,
    },
  },
};
