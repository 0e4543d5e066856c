import { assign } from 'xstate';
import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter, option, yes } from '../../src/dialogue/states.js';

type Reset = {
  context: { asked: boolean; againAt: string };
  notes: never;
  messages: { yourPassword: { password: string } };
};

/** A new password in place of the old one, at most a few times a day. */
export const reset = flowMachine<Reset>()({
  id: 'reset',
  context: ({ input }) => ({ asked: input.asked, againAt: '' }),
  initial: 'checking',
  states: {
    checking: {
      invoke: {
        src: 'findCaller',
        onDone: [
          {
            description: 'not registered',
            guard: ({ event }) => !event.output.registered,
            target: 'notRegistered',
          },
          {
            description: 'the number was silent',
            guard: ({ event }) => event.output.silent !== null,
            target: 'toProof',
          },
          {
            description: 'asked for by name',
            guard: ({ context }) => context.asked,
            target: 'limiting',
          },
          { target: 'confirm' },
        ],
      },
    },
    notRegistered: { on: { reply: [option('register', 'toRegistration'), back('toHome')] } },
    confirm: { on: { reply: [yes('yes', 'limiting'), back('toHome')] } },
    limiting: {
      invoke: {
        src: 'checkReset',
        onDone: [
          {
            description: 'allowed',
            guard: ({ event }) => event.output.allowed,
            target: 'resetting',
          },
          {
            target: 'tooMany',
            actions: assign({
              againAt: ({ event }) => (event.output.allowed ? '' : event.output.againAt),
            }),
          },
        ],
      },
    },
    resetting: {
      invoke: {
        src: 'makePassword',
        onDone: {
          target: 'passwordSent',
          actions: [
            {
              type: 'replacePassword',
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
    passwordSent: { type: 'final' },
    tooMany: { type: 'final' },
    toProof: enter('home', { next: 'reset' }),
    toRegistration: enter('registration'),
    toHome: enter('home'),
  },
});
