import { conversation, conversationOnBoth } from '../../test/kit/conversation.js';

conversationOnBoth(
  'gets a new password in two replies',
  async ({ text, dial, see, reply, ended, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await dial();
    await reply('2');
    await see('new password', 'stops working', '1. Yes', '0. Back');
    await reply('1');
    await see('new password is coming');
    await ended();
    await sms('KNEC CP2: New password');
  },
);

conversation('thinks better of it', { registered: true }, async ({ dial, see, reply }) => {
  await dial();
  await reply('2');
  await reply('0');
  await see('1. Profile');
});

conversation('by SMS, in one message', { registered: true }, async ({ text, sms }) => {
  await text('Reset please');
  await sms('New password: 4821 9035');
});

conversation('by SMS in Swahili', { registered: true }, async ({ text, sms }) => {
  await text('nenosiri');
  await sms('Nenosiri jipya: 4821 9035');
});

conversation('by SMS from a number that is not registered', async ({ text, sms }) => {
  await text('RESET');
  await sms('not registered', '1. Register');
  await text('1');
  await sms('1. I agree');
  await text('1');
  await sms('Registered', '4821 9035');
});

conversation(
  'is refused after too many in a day, and told until when',
  { registered: true, reset: { allowed: false, againAt: '2026-11-24T06:05:00.000Z' } },
  async ({ dial, see, reply, ended, text, sms }) => {
    await dial();
    await reply('2');
    await reply('1');
    await see('Too many', '24/11/2026 09:05');
    await ended();
    await text('NENOSIRI');
    await sms('24/11/2026 09:05');
  },
);

const silent = { registered: true, silent: 'withId', nationalId: '12345678' } as const;

conversation('by SMS from a number that was silent', silent, async ({ text, sms }) => {
  await text('RESET');
  await sms('was silent for 6 months', 'national ID');
  await text('1111111');
  await sms('Not the ID that we have');
  await text('12345678');
  await sms('New password: 4821 9035');
});

conversation(
  'by SMS from a silent number without an ID on record',
  { registered: true, silent: 'withoutId' },
  async ({ text, sms }) => {
    await text('NENOSIRI');
    await sms('ilikuwa kimya', '1. Jisajili');
  },
);

conversation('says yes in a word', { registered: true }, async ({ dial, see, reply, sms }) => {
  await dial();
  await reply('2');
  await see('1. Yes, send it');
  await reply('maybe');
  await see('Wrong choice');
  await reply('Yes');
  await see('new password is coming');
  await sms('New password: 4821 9035');
});
