import { assign } from 'xstate';
import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter, option } from '../../src/dialogue/states.js';

type Registration = {
  context: { asked: boolean };
  notes: never;
  messages: { yourPassword: { password: string } };
};

/** From the consent to an account and its first password. Whoever texted the keyword or sent the web form has consented by it. */
export const registration = flowMachine<Registration>()({
  id: 'registration',
  context: ({ input }) => ({ asked: input.asked }),
  initial: 'checking',
  states: {
    checking: {
      invoke: {
        src: 'findCaller',
        onDone: [
          {
            description: 'registered',
            guard: ({ event }) => event.output.registered,
            target: 'alreadyRegistered',
          },
          {
            description: 'has agreed',
            guard: ({ context }) => context.asked,
            target: 'registering',
          },
          { target: 'consent' },
        ],
      },
    },
    consent: {
      on: {
        reply: [
          // Looked at again: the number may have been registered since the question was put.
          { ...option('agree', 'checking'), actions: assign({ asked: true }) },
          back('toHome'),
        ],
      },
    },
    registering: {
      invoke: {
        src: 'makePassword',
        onDone: {
          target: 'registered',
          actions: [
            {
              type: 'createAccount',
              params: ({ event }) => ({ passwordHash: event.output.passwordHash }),
            },
            {
              type: 'sendSms',
              params: ({ event }) => ({
                message: 'yourPassword',
                carries: 'password',
                with: { password: event.output.password },
              }),
            },
          ],
        },
      },
    },
    registered: { type: 'final' },
    alreadyRegistered: { on: { reply: [option('reset', 'toReset'), back('toHome')] } },
    toReset: enter('reset', { asked: true }),
    toHome: enter('home'),
  },
});
