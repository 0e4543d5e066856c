import { conversationTest, type Step as TestStep } from '../../replay/conversation-test.js';
import { answersDialled } from '../ussd-calls.js';

/** What happened on the phone. */
export type Step =
  /** By a registered caller, where the first screen has told. */
  | { readonly did: 'dial'; readonly code: string; readonly registered?: true }
  | { readonly did: 'reply' | 'text'; readonly said: string }
  | { readonly did: 'see' | 'sms'; readonly text: string }
  | { readonly did: 'ended' | 'hangUp' };

/**
 * A session as the source of a conversation test. Replies stay as they were given, or the test could
 * not be played: answer with made-up values when you record.
 */
export function recordedTest(name: string, steps: readonly Step[], ussdCode: string): string {
  return conversationTest(
    name,
    steps.map((step): TestStep => {
      if (step.did !== 'dial') return step;
      return { did: 'dial', answers: answersDialled(step.code, ussdCode)?.join('*') ?? '' };
    }),
    steps.some((step) => step.did === 'dial' && step.registered) ? { registered: true } : {},
  );
}
