import { conversation, conversationOnBoth } from '../../test/kit/conversation.js';

conversation('offers a new number to register', async ({ dial, see, missing }) => {
  await dial();
  await see('KNEC CP2', '1. Register', '2. Lugha / Language', '3. About and your data');
  await missing('Back');
  await missing('Profile');
});

conversation(
  'offers a member the profile',
  { registered: true },
  async ({ dial, see, missing }) => {
    await dial();
    await see('1. Profile', '2. Password', '3. Lugha / Language', '4. Help');
    await missing('Register');
  },
);

conversation('00 leads home from anywhere', { registered: true }, async ({ dial, see, reply }) => {
  await dial();
  await reply('1');
  await reply('1');
  await see('Full name?', '00. Home');
  await reply('00');
  await see('1. Profile');
  await reply('00');
  await see('1. Profile');
});

conversation('an unknown choice asks again', async ({ dial, see, reply }) => {
  await dial();
  for (const said of ['9', '0', '98', '', '#', 'Register', '-1', '1.5', '😀', '7'.repeat(200)]) {
    await reply(said);
    await see('Wrong choice', '1. Register');
  }
});

conversation(
  'explains a password SMS that was blocked, and sends another in one reply',
  { registered: true, undelivered: 'blocked' },
  async ({ dial, see, reply, ended, sms }) => {
    await dial();
    await see('blocks promotional SMS', '*456*9*5*5*1#', '1. Send me a new one', '2. Go on');
    await reply('1');
    await see('new password is coming');
    await ended();
    await sms('4821 9035');
  },
);

conversation(
  'lets a member go on without another password',
  { registered: true, undelivered: 'phoneOff', language: 'sw' },
  async ({ dial, see, reply }) => {
    await dial();
    await see('simu ilikuwa imezimwa', '2. Endelea');
    await reply('2');
    await see('1. Wasifu');
  },
);

conversationOnBoth(
  'begins at home again after a call that dropped',
  async ({ dial, see, reply, hangUp }) => {
    await dial();
    await reply('1');
    await see('1. I agree');
    await hangUp();
    await dial();
    await see('1. Register');
  },
);
