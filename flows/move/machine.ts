import { assign } from 'xstate';
import { saidIn, textedIn } from '../../src/dialogue/events.js';
import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter } from '../../src/dialogue/states.js';
import { looksLikeNationalId } from '../../src/profile/details.js';

type Move = {
  context: {
    /** The old number, sealed, and as screens show it. */
    number: string;
    shown: string;
    againAt: string;
  };
  notes: 'noNumber' | 'noId';
  messages: Record<never, never>;
};

/** Somebody's number has changed: asks KNEC to move the account of the old one. Nobody hears whether there is one, or whether the ID fits. */
export const move = flowMachine<Move>()({
  id: 'move',
  context: { number: '', shown: '', againAt: '' },
  initial: 'entering',
  states: {
    // What came with the keyword may be the number.
    entering: {
      invoke: {
        src: 'readOldNumber',
        input: ({ event }) => ({ said: textedIn(event) }),
        onDone: [
          {
            description: 'the number was texted',
            guard: ({ event }) => event.output !== null,
            target: 'identity',
            actions: assign(({ event }) => event.output ?? {}),
          },
          { target: 'oldNumber' },
        ],
      },
    },
    oldNumber: { on: { reply: [back('toHome'), { target: 'reading' }] } },
    reading: {
      invoke: {
        src: 'readOldNumber',
        input: ({ event }) => ({ said: saidIn(event) }),
        onDone: [
          {
            description: 'no number',
            guard: ({ event }) => event.output === null,
            target: 'oldNumber',
            actions: { type: 'note', params: { says: 'noNumber' } },
          },
          { target: 'identity', actions: assign(({ event }) => event.output ?? {}) },
        ],
      },
    },
    identity: {
      on: {
        reply: [
          back('oldNumber'),
          { guard: ({ event }) => looksLikeNationalId(event.said), target: 'checking' },
          { actions: { type: 'note', params: { says: 'noId' } } },
        ],
      },
    },
    checking: {
      invoke: {
        src: 'checkMove',
        input: ({ context, event }) => ({ number: context.number, said: saidIn(event) }),
        onDone: [
          {
            description: 'not too often today',
            guard: ({ event }) => event.output.permit.allowed,
            target: 'requested',
            actions: {
              type: 'requestMove',
              params: ({ context, event }) => ({
                ...event.output.claim,
                number: context.number,
              }),
            },
          },
          {
            target: 'tooMany',
            actions: assign({
              againAt: ({ event }) => {
                const { permit } = event.output;
                return permit.allowed ? '' : permit.againAt;
              },
            }),
          },
        ],
      },
    },
    requested: { type: 'final' },
    tooMany: { type: 'final' },
    toHome: enter('home'),
  },
});
