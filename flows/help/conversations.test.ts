import { conversation, conversationOnBoth } from '../../test/kit/conversation.js';

conversation('from the menu', { registered: true }, async ({ dial, see, reply }) => {
  await dial();
  await reply('4');
  await see('22263', 'never asks for your password', '0. Back');
  await reply('0');
  await see('1. Profile');
});

conversationOnBoth('by SMS, in both languages', async ({ text, sms }) => {
  await text('help!');
  await sms('KNEC CP2', 'Dial *384*27#', 'REGISTER', 'STOP');
  await text('Msaada');
  await sms('Piga *384*27#', 'JISAJILI', 'ONDOKA');
});

conversation('is the answer to an SMS that is nothing else', async ({ text, sms }) => {
  await text('Hello, who is this?');
  await sms('Dial *384*27#');
});
