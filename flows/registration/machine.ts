import { assign } from 'xstate';
import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter, no, option, yes } from '../../src/dialogue/states.js';
import type { Tasks } from '../../src/dialogue/world.js';

type Registration = {
  context: {
    asked: boolean;
    /** The number's silent account is another's: the caller has said so. */
    anew: boolean;
  };
  notes: never;
  messages: { yourPassword: { password: string } };
};

type Made = { event: { output: Tasks['makePassword']['output'] } };

const createAccount = {
  type: 'createAccount',
  params: ({ event }: Made) => ({ passwordHash: event.output.passwordHash }),
} as const;

const sendPassword = {
  type: 'sendSms',
  params: ({ event }: Made) =>
    ({
      message: 'yourPassword',
      carries: 'password',
      with: { password: event.output.password },
    }) as const,
} as const;

/** From the consent to an account and its first password. Whoever texted the keyword or sent the web form has consented by it. */
export const registration = flowMachine<Registration>()({
  id: 'registration',
  context: ({ input }) => ({ asked: input.asked, anew: false }),
  initial: 'checking',
  states: {
    checking: {
      invoke: {
        src: 'findCaller',
        onDone: [
          {
            description: 'registers a silent number anew',
            guard: ({ context, event }) => event.output.silent !== null && context.anew,
            target: 'renewing',
          },
          {
            description: 'the number was silent',
            guard: ({ event }) => event.output.silent === 'withId',
            target: 'newHolder',
          },
          {
            description: 'it was, and there is no ID on record',
            guard: ({ event }) => event.output.silent === 'withoutId',
            target: 'again',
          },
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
    // What a number that was silent is asked: it may have another holder by now, or the same.
    newHolder: {
      on: {
        reply: [
          { ...yes('agree', 'checking'), actions: assign({ asked: true, anew: true }) },
          no('mine', 'toProof'),
          back('toHome'),
        ],
      },
    },
    again: {
      on: {
        reply: [
          { ...option('agree', 'checking'), actions: assign({ asked: true, anew: true }) },
          back('toHome'),
        ],
      },
    },
    registering: {
      invoke: {
        src: 'makePassword',
        onDone: { target: 'registered', actions: [createAccount, sendPassword] },
      },
    },
    renewing: {
      invoke: {
        src: 'makePassword',
        onDone: {
          target: 'registered',
          actions: [{ type: 'setAside', params: undefined }, createAccount, sendPassword],
        },
      },
    },
    registered: { type: 'final' },
    alreadyRegistered: { on: { reply: [option('reset', 'toReset'), back('toHome')] } },
    toProof: enter('home', { next: 'registration' }),
    toReset: enter('reset', { asked: true }),
    toHome: enter('home'),
  },
});
