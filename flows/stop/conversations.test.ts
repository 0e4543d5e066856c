import { conversation, conversationOnBoth } from '../../test/kit/conversation.js';

conversationOnBoth('stops and starts without an account', async ({ text, sms }) => {
  await text('STOP');
  await sms('no more messages', 'START');
  await text('Anza');
  await sms('ONDOKA');
});

conversation(
  'in Swahili, by either word, and in the middle of a dialogue',
  { registered: true },
  async ({ text, sms }) => {
    await text('Profile');
    await sms('Profile 0 of 25');
    await text('toka');
    await sms('Hatutakutumia', 'ANZA');
    await text('ONDOKA.');
    await sms('Hatutakutumia');
  },
);
