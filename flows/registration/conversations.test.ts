import { conversation, conversationOnBoth } from '../../test/kit/conversation.js';

conversationOnBoth(
  'registers in two replies and gets a password',
  async ({ dial, see, reply, ended, sms }) => {
    await dial();
    await see('1. Register');
    await reply('1');
    await see('KNEC keeps your number', '1. I agree', '0. Back');
    await reply('1');
    await see('Registered', 'by SMS');
    await ended();
    await sms('KNEC CP2', '72 hours');
  },
);

conversation(
  'registers in Swahili',
  { language: 'sw' },
  async ({ dial, see, reply, ended, sms }) => {
    await dial();
    await see('1. Jisajili');
    await reply('1');
    await see('1. Nakubali');
    await reply('1');
    await see('Umesajiliwa');
    await ended();
    await sms('Nenosiri: 4821 9035');
  },
);

conversation('changes their mind at the consent', async ({ dial, see, reply }) => {
  await dial();
  await reply('1');
  await see('1. I agree');
  await reply('0');
  await see('1. Register');
});

conversation('answers the consent with something else', async ({ dial, see, reply, ended }) => {
  await dial();
  await reply('1');
  for (const said of ['2', 'yes', '', '*', '1*1', '😀', '9'.repeat(200), '١']) {
    await reply(said);
    await see('Wrong choice', '1. I agree');
  }
  await reply(' 1. ');
  await see('Registered');
  await ended();
});

conversationOnBoth('registers by one SMS and is answered by one', async ({ text, sms }) => {
  await text('register');
  await sms('KNEC CP2: Registered');
  await text('REGISTER');
  await sms('already registered', '1. Get a new password');
  await text('1');
  await sms('New password');
});

conversation('registers by SMS in Swahili', async ({ text, sms, dial, see }) => {
  await text('Jisajili.');
  await sms('KNEC CP2: Umesajiliwa', '4821 9035');
  await dial();
  await see('KNEC CP2');
});

conversation(
  'dials the way through, but not past the consent',
  async ({ dial, see, reply, ended }) => {
    await dial('1*1');
    await see('1. I agree');
    await reply('1');
    await see('Registered');
    await ended();
  },
);

const silent = { registered: true, silent: 'withId', nationalId: '12345678' } as const;

conversation('registers anew on a number that was silent', silent, async (call) => {
  const { dial, reply, see, ended, sms } = call;
  await dial();
  await reply('1');
  await see('New on 0712***678?', '1. Yes, register me', '2. No, it is mine', '0. Back');
  await reply('0');
  await see('was silent');
  await reply('1');
  await reply('1');
  await see('Registered');
  await ended();
  await sms('Registered', '4821 9035');
  await dial();
  await see('1. Profile');
});

conversation('registers a silent number twice, and is reminded', silent, async ({ text, sms }) => {
  await text('REGISTER');
  await sms('New on 0712***678?', '2. No, it is mine');
  await text('Hapana');
  await sms('Type your national ID');
  await text('12345678');
  await sms('already registered', '1. Get a new password');
});
