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

conversation('a # after an answer is no part of it', { registered: true }, async (phone) => {
  const { dial, see, reply } = phone;
  await dial();
  await reply('4#');
  await see('My number changed');
  await reply('0 #');
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
  'tells that nobody knows whether the password SMS arrived, and sends another in one reply',
  { registered: true, undelivered: 'noNews' },
  async ({ dial, see, reply, ended, sms }) => {
    await dial();
    await see('We have no word that your password SMS arrived', '1. Send me a new one');
    await reply('1');
    await see('new password is coming');
    await ended();
    await sms('4821 9035');
  },
);

conversation(
  'explains a full inbox',
  { registered: true, undelivered: 'inboxFull', language: 'sw' },
  async ({ dial, see, reply, ended }) => {
    await dial();
    await see('kimejaa', '1. Nitumie nyingine', '2. Endelea');
    await reply('1');
    await ended();
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

conversation(
  'explains an SMS that did not arrive before it offers to go on, however often the call drops',
  { registered: true, undelivered: 'phoneOff' },
  async ({ dial, see, reply, hangUp }) => {
    await dial();
    await reply('2');
    await reply('1');
    await reply('1');
    await see('Full name?');
    for (const _ of ['dropped', 'and again']) {
      await hangUp();
      await dial();
      await see('phone was off', '2. Go on');
    }
    await reply('2');
    await see('in the middle of: Profile');
    await hangUp();
    await dial();
    await reply('2');
    await reply('1');
    await see('Full name?');
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

const silent = { registered: true, silent: 'withId', nationalId: '12345678' } as const;

conversation(
  'asks a number that was silent for the ID, and goes on',
  silent,
  async ({ dial, see, missing, reply }) => {
    await dial();
    await see('0712***678 was silent', 'national ID', '1. I am new on this number');
    await missing('Profile');
    await reply('12345678');
    await see('1. Profile', '2. Password');
  },
);

conversation(
  'does not take for a try what is no ID',
  { ...silent, language: 'sw' },
  async ({ dial, see, reply }) => {
    await dial();
    for (const said of ['0', '9', '98', '', 'Jane', '1234', '😀']) {
      await reply(said);
      await see('Chaguo si sahihi', 'nambari ya kitambulisho');
    }
    await reply('12345678');
    await see('1. Wasifu');
  },
);

conversation(
  'lets nobody guess the ID, and still lets a new holder in',
  silent,
  async ({ dial, see, reply, ended }) => {
    await dial();
    for (const said of ['11111111', '22222222']) {
      await reply(said);
      await see('Not the ID that we have', 'national ID');
    }
    await reply('33333333');
    await see('try again tomorrow', 'New on this number?');
    await ended();
    await dial();
    await reply('12345678');
    await see('try again tomorrow');
    await dial();
    await reply('1');
    await see('New on 0712***678?', '1. Yes, register me');
  },
);

conversation(
  'speaks the language of whoever has the number now',
  { ...silent, language: 'sw' },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('2');
    await reply('1');
    await see('Language: English.', 'was silent');
  },
);

conversation(
  'has a number without an ID on record registered again',
  { registered: true, silent: 'withoutId' },
  async ({ dial, see, missing, reply, ended, sms }) => {
    await dial();
    await see('was silent', 'register it again', '1. Register', '2. Lugha');
    await missing('ID');
    await reply('1');
    await see('was silent', 'KNEC keeps your number', '1. I agree');
    await reply('1');
    await see('Registered');
    await ended();
    await sms('Registered', '4821 9035');
  },
);

conversation(
  'a longer code leads past no question of a silent number',
  silent,
  async ({ dial, see }) => {
    await dial('1*1');
    await see('New on 0712***678?');
    await dial('12345678');
    await see('Type your national ID');
    await dial('11111111*1');
    await see('Type your national ID');
  },
);
