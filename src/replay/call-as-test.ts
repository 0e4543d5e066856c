import type { Dialogue } from '../dialogue/dialogue.js';
import { detailOf, isDetailName } from '../profile/details.js';
import { conversationTest, type Step } from './conversation-test.js';
import type { MaskedCall, MaskedTurn } from './masked-call.js';
import { HIDDEN } from './masking.js';
import type { StoredCall } from './stored-call.js';

/** What is typed where nobody knows what was. */
const UNKNOWN = 'TODO';
const NATIONAL_ID = '12345678';

/**
 * A call as the source of a conversation test. What was typed freely is not stored: an example of what
 * the question expects stands for it, or something to be filled in, with a note.
 *
 * @param call as it is stored, for what its flows had in mind; of that only names of details are told.
 */
export function callAsTest(
  dialogue: Dialogue,
  name: string,
  call: StoredCall,
  masked: MaskedCall,
): string {
  return conversationTest(name, stepsOf(dialogue, call, masked), givenFor(call));
}

function stepsOf(dialogue: Dialogue, stored: StoredCall, call: MaskedCall): Step[] {
  const { channel, turns } = call;
  const steps = turns.flatMap((turn, index): Step[] => {
    const before = turns[index - 1];
    const remarked = stored.turns[index]?.exchange?.position?.remark != null;
    return [
      before ? answerTo(before, turn, channel) : beginning(dialogue, call, turn),
      ...(channel === 'sms' ? [] : seen(turn.screen, remarked)),
      ...(channel !== 'sms' && turn.ended ? [{ did: 'ended' } as const] : []),
      ...turn.sms.map(({ carries }): Step => {
        if (channel === 'sms' && carries === 'reply') return { did: 'sms', text: turn.screen };
        return { did: 'sms', text: '', note: `a ${carries}: its text is not stored` };
      }),
    ];
  });
  return channel === 'ussd' && !turns.at(-1)?.ended ? [...steps, { did: 'hangUp' }] : steps;
}

/** A remark and the screen below it are each worth a look. */
function seen(screen: string, remarked: boolean): Step[] {
  const [remark = '', ...rest] = screen.split('\n');
  const texts = remarked && rest.length > 0 ? [remark, rest.join('\n')] : [screen];
  return texts.map((text) => ({ did: 'see', text }));
}

function beginning(dialogue: Dialogue, { channel, language }: MaskedCall, turn: MaskedTurn): Step {
  const { flow, state } = turn;
  if (channel === 'sms') {
    const words = dialogue.flows.get(flow)?.words[language];
    const said = words?.keywords[0] ?? UNKNOWN;
    return { did: 'text', said, note: 'which keyword, and what came with it, is not stored' };
  }
  const note =
    flow !== 'home'
      ? `answers were dialled with the code, up to ${state}`
      : state === 'unfinished'
        ? 'an earlier call was left: play that first'
        : '';
  return { did: 'dial', answers: '', note };
}

function answerTo(before: MaskedTurn, turn: MaskedTurn, channel: MaskedCall['channel']): Step {
  const did = channel === 'sms' ? 'text' : 'reply';
  if (turn.said !== HIDDEN) return { did, said: turn.said };
  const { topic, state } = before;
  const asked = isDetailName(topic) ? detailOf(topic).label.en : (topic ?? state);
  if (turn.slipped) return { did, said: '?', note: `${asked}: what was typed was not accepted` };
  const example = exampleFor(before);
  return example === null
    ? { did, said: UNKNOWN, note: `${asked}: what was typed is not stored, fill it in` }
    : { did, said: example, note: `${asked}: an example for what was typed` };
}

/** What fits a question; null where nothing is known to. */
function exampleFor({ topic, state }: MaskedTurn): string | null {
  if (state === 'list') return '1';
  if (state === 'identity' || state === 'silent') return NATIONAL_ID;
  return isDetailName(topic) ? exampleOf(topic) : null;
}

/** The example that a detail's own words give. */
function exampleOf(detail: Parameters<typeof detailOf>[0]): string | null {
  return /\bas in ([^,;]+)/.exec(detailOf(detail).expects.en)?.[1] ?? null;
}

/** Screens that tell who calls, in the terms of the tests' world. */
const telling: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'home.menu': { registered: true },
  'home.unfinished': { registered: true },
  'home.undelivered': { registered: true, undelivered: 'other' },
  'home.silent': { registered: true, silent: 'withId', nationalId: NATIONAL_ID },
  'home.forgotten': { registered: true, silent: 'withoutId' },
  'registration.alreadyRegistered': { registered: true },
  'reset.confirm': { registered: true },
  'reset.passwordSent': { registered: true },
  'profile.overview': { registered: true },
  'profile.complete': { registered: true },
  'profile.applied': { registered: true },
  'profile.identity': { registered: true, nationalId: NATIONAL_ID },
};

function givenFor({ turns, language }: StoredCall): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const { flow, state } of turns) Object.assign(given, telling[`${flow}.${state}`]);
  const choosing = turns.some(({ flow }) => flow === 'language');
  if (language !== 'en' && !choosing) given['language'] = language;
  const shown = turns
    .map(({ exchange }) => exchange?.position?.context['shown'])
    .find((details) => typeof details === 'object');
  const known = Object.keys(shown ?? {}).filter(isDetailName);
  if (known.length > 0) {
    given['shown'] = Object.fromEntries(known.map((name) => [name, exampleOf(name) ?? '-']));
  }
  const listed = new Set(turns.flatMap(({ state, topic }) => (state === 'list' && topic) || []));
  if (listed.size > 0) {
    const items = [{ number: 1, label: 'One' }];
    given['lists'] = Object.fromEntries([...listed].map((topic) => [topic, items]));
  }
  return given;
}
