import { assign } from 'xstate';
import { flowMachine } from '../../src/dialogue/machine.js';
import { back, enter, option, slip } from '../../src/dialogue/states.js';
import { readDetail } from '../../src/profile/details.js';

type Profile = {
  context: { value: string; fullName: string | null; memberSince: string };
  notes: 'saved' | 'notAName' | 'notADetail';
  messages: Record<never, never>;
};

/** What is kept about the caller, and a way to change it; by SMS also in one message, `PROFILE NAME …`. */
export const profile = flowMachine<Profile>()({
  id: 'profile',
  context: ({ input }) => ({ value: input.value, fullName: null, memberSince: '' }),
  initial: 'checking',
  states: {
    checking: {
      invoke: {
        src: 'findCaller',
        onDone: [
          { guard: ({ event }) => event.output.registered, target: 'reading' },
          { target: 'notRegistered' },
        ],
      },
    },
    notRegistered: { on: { reply: [option('register', 'toRegistration'), back('toHome')] } },
    reading: {
      invoke: {
        src: 'readProfile',
        onDone: {
          target: 'applying',
          actions: assign({
            fullName: ({ event }) => event.output.fullName,
            memberSince: ({ event }) => event.output.memberSince,
          }),
        },
      },
    },
    applying: {
      always: [
        { guard: ({ context }) => context.value === '', target: 'overview' },
        {
          guard: ({ context }) => nameIn(context.value) !== null,
          target: 'overview',
          actions: [
            {
              type: 'saveDetail',
              params: ({ context }) => ({
                detail: 'fullName',
                value: nameIn(context.value) ?? '',
              }),
            },
            assign({ fullName: ({ context }) => nameIn(context.value), value: '' }),
            { type: 'note', params: { says: 'saved' } },
          ],
        },
        {
          guard: ({ context }) => NAME.test(context.value),
          target: 'overview',
          actions: [assign({ value: '' }), { type: 'note', params: { says: 'notAName' } }],
        },
        {
          target: 'overview',
          actions: [assign({ value: '' }), { type: 'note', params: { says: 'notADetail' } }],
        },
      ],
    },
    overview: {
      on: {
        reply: [option('name', 'newName'), option('language', 'toLanguage'), back('toHome')],
      },
    },
    newName: {
      on: {
        reply: [
          back('overview'),
          {
            guard: ({ event }) => readDetail('fullName', event.said) !== null,
            target: 'overview',
            actions: [
              {
                type: 'saveDetail',
                params: ({ event }) => ({
                  detail: 'fullName',
                  value: readDetail('fullName', event.said) ?? '',
                }),
              },
              assign({ fullName: ({ event }) => readDetail('fullName', event.said) }),
              { type: 'note', params: { says: 'saved' } },
            ],
          },
          slip('notAName'),
        ],
      },
    },
    toLanguage: enter('language'),
    toRegistration: enter('registration'),
    toHome: enter('home'),
  },
});

/** The detail's name as people text it, in either language, with or without a space after it. */
const NAME = /^(?:full ?name|jina ?kamili|name|jina)[\s:,=]*/i;

function nameIn(value: string): string | null {
  return NAME.test(value) ? readDetail('fullName', value.replace(NAME, '')) : null;
}
