import { answersDialled } from '../ussd-calls.js';
import { wrap } from './box.js';

/** What happened on the phone, in the words of a conversation test. */
export type Step =
  | { readonly did: 'dial'; readonly code: string }
  | { readonly did: 'reply' | 'text'; readonly said: string }
  | { readonly did: 'see' | 'sms'; readonly text: string }
  | { readonly did: 'ended' | 'hangUp' };

/** Four digits or more, also in groups: a password, a phone number, a number of an ID. */
const TELLING_DIGITS = /\+?\d(?:[ -]?\d){3,}/;

/** Differs from machine to machine. */
const ADDRESS = /https?:\/\//;

/** What is kept of a screen, in characters, so that a line of the test fits on a line. */
const ENOUGH = 70;

/**
 * A session as the source of a conversation test. What a screen or an SMS said is kept only as far
 * as its first telling digits. Replies stay as they were given, or the test could not be played:
 * answer with made-up values when you record.
 */
export function conversationTest(name: string, steps: readonly Step[], ussdCode: string): string {
  const calls = steps.flatMap((step) => callFor(step, ussdCode));
  const verbs = ['dial', 'see', 'reply', 'ended', 'sms', 'hangUp', 'text'].filter((verb) =>
    calls.some((call) => call.startsWith(`${verb}(`)),
  );
  return [
    "import { conversation } from '../kit/conversation.js';",
    '',
    `conversation(${quote(name)}, async ({ ${verbs.join(', ')} }) => {`,
    ...calls.map((call) => `  await ${call};`),
    '});',
    '',
  ].join('\n');
}

function callFor(step: Step, ussdCode: string): string[] {
  switch (step.did) {
    case 'dial':
      return [`dial(${quoteIfAny(answersDialled(step.code, ussdCode)?.join('*'))})`];
    case 'reply':
    case 'text':
      return [`${step.did}(${quote(step.said)})`];
    case 'see':
    case 'sms': {
      const told = withoutSecrets(step.text);
      return told === null ? [] : [`${step.did}(${quote(told)})`];
    }
    case 'ended':
    case 'hangUp':
      return [`${step.did}()`];
  }
}

function quoteIfAny(answers = ''): string {
  return answers === '' ? '' : quote(answers);
}

/** The beginning of the first line that says something before any telling digits, or null. */
function withoutSecrets(text: string): string | null {
  for (const line of text.split('\n')) {
    const safe = (line.split(TELLING_DIGITS)[0]?.split(ADDRESS)[0] ?? '').trim();
    if (/\p{L}{2}/u.test(safe)) return wrap(safe, ENOUGH)[0] ?? null;
  }
  return null;
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return `${mark}${mark === "'" ? inside.replaceAll("'", "\\'") : inside}${mark}`;
}
