import {
  conversation,
  conversationOnBoth,
  conversationOnService,
} from '../../test/kit/conversation.js';

conversation('from the menu', { registered: true }, async ({ dial, see, reply }) => {
  await dial();
  await reply('4');
  await see('22263', 'never ask for your password', '0. Back');
  await reply('0');
  await see('1. Profile');
});

conversation(
  'leads a member to what visitors find in the menu',
  { registered: true },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('4');
    await see('1. About and your data', '2. My number changed');
    await reply('3');
    await see('Wrong choice', '2. My number changed');
    await reply('1');
    await see('CP2 is run by KNEC');
    await reply('0');
    await see('1. Profile');
    await reply('4');
    await reply('2');
    await see('move your account to 0712***678', 'Which number');
    await reply('0');
    await see('1. Profile');
  },
);

conversationOnBoth('by SMS, in both languages', async ({ text, sms }) => {
  await text('help!');
  await sms('KNEC CP2', 'Dial *384*27#', 'REGISTER', 'STOP');
  await text('Msaada');
  await sms('Piga *384*27#', 'JISAJILI', 'ONDOKA');
});

conversationOnBoth(
  'in the middle of a question, which can be answered all the same',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE');
    await sms('1. Fill what is missing');
    await text('1');
    await sms('Full name?');
    await text('HELP');
    await sms('Dial *384*27#');
    await text('Jane Wanjiru');
    await sms('Saved.', 'Year of birth?');
  },
);

conversation('is the answer to an SMS that is nothing else', async ({ text, sms }) => {
  await text('Hello, who is this?');
  await sms('Dial *384*27#');
});

conversationOnService(
  'a slip does not choose a language, the keyword after it does',
  async ({ text, sms, dial, see }) => {
    await text('JISAJIRI');
    await sms('This is nearly JISAJILI');
    await text('JISAJILI');
    await sms('Umesajiliwa');
    await dial();
    await see('1. Wasifu');
  },
);

conversationOnBoth('a command ends a question that it makes untrue', async ({ text, sms }) => {
  await text('PROFILE KRA A012345678Z');
  await sms('not registered yet', '1. Register');
  await text('REGISTER');
  await sms('Registered');
  await text('1');
  await sms('Dial *384*27#');
});
