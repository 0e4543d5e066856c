import { expect } from 'vitest';
import { conversation, conversationOnBoth } from '../../test/kit/conversation.js';

conversationOnBoth(
  'a keyword with a slip is asked about, and is no answer to a question',
  async ({ text, sms }) => {
    await text('Jisajiri');
    await sms('KNEC CP2: This is nearly JISAJILI', 'text JISAJILI');
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE');
    await sms('1. Fill what is missing');
    await text('1');
    await sms('Full name?');
    await text('REESET');
    await sms('This is nearly RESET', 'another word');
    await text('Jane Wanjiru');
    await sms('Saved.', 'Year of birth?');
  },
);

conversation(
  'a value after it is not read, and not told',
  { registered: true, language: 'sw' },
  async ({ text, sms }) => {
    await text('PROFIL KRA A012345678Z');
    const answered = await sms('inakaribia PROFILE', '*384*27#');
    expect(answered).not.toContain('78Z');
  },
);

conversation(
  'an answer of several words that begins like a keyword is an answer',
  { registered: true },
  async ({ text, sms }) => {
    await text('PROFILE');
    await sms('1. Fill what is missing');
    await text('1');
    await sms('Full name?');
    await text('Stark Otieno');
    await sms('Saved.', 'Year of birth?');
  },
);
