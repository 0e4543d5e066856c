import { conversation, conversationOnBoth } from '../../test/kit/conversation.js';

conversationOnBoth(
  'changes the language, for this call and the next',
  async ({ dial, see, reply, hangUp }) => {
    await dial();
    await reply('2');
    await see('Chagua lugha', '1. English', '2. Kiswahili');
    await reply('2');
    await see('Lugha: Kiswahili.', '1. Jisajili');
    await hangUp();
    await dial();
    await see('1. Jisajili');
  },
);

conversation('goes back without a change', async ({ dial, see, reply }) => {
  await dial();
  await reply('2');
  await reply('0');
  await see('1. Register');
});

conversationOnBoth('by SMS', async ({ text, sms, dial, see }) => {
  await text('kiswahili');
  await sms('Kiswahili');
  await dial();
  await see('1. Jisajili');
  await text('English');
  await sms('in English');
  await dial();
  await see('1. Register');
});
