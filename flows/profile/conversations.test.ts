import { conversation, conversationOnBoth } from '../../test/kit/conversation.js';

conversationOnBoth('gives a name and sees it', async ({ text, dial, see, reply, sms, hangUp }) => {
  await text('REGISTER');
  await sms('Registered');
  await dial();
  await reply('1');
  await see('Name: missing', 'Phone: 07', '***', 'Language: English', 'Member since', '1. Name');
  await reply('1');
  await see('full name as on your ID');
  await reply('Jane  Wanjiku O’Muthoni ');
  await see('Saved.', "Name: Jane Wanjiku O'Muthoni");
  await hangUp();
  await dial();
  await reply('1');
  await see("Name: Jane Wanjiku O'Muthoni");
});

conversation('a name that is none', { registered: true }, async ({ dial, see, reply }) => {
  await dial();
  await reply('1');
  await reply('1');
  for (const said of [
    '7',
    '',
    '😀😀',
    'a'.repeat(61),
    'R2 D2',
    '*',
    "'; drop table accounts; --",
  ]) {
    await reply(said);
    await see('A name has letters only', 'full name');
  }
  await reply('Al');
  await see('Saved.', 'Name: Al');
});

conversation(
  'keeps the old name on 0',
  { registered: true, fullName: 'Al Amin' },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('1');
    await reply('1');
    await reply('0');
    await see('Name: Al Amin');
    await reply('0');
    await see('1. Profile');
  },
);

conversation(
  'changes the language from the profile',
  { registered: true },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('1');
    await reply('2');
    await see('Chagua lugha');
    await reply('2');
    await see('Lugha: Kiswahili.', '1. Wasifu');
  },
);

conversation('by SMS, in one message', { registered: true }, async ({ text, sms }) => {
  await text('PROFILE name Jane Wanjiku');
  await sms('Saved.', 'Name: Jane Wanjiku');
  await text('wasifujina Al Amin');
  await sms('Imehifadhiwa.', 'Jina: Al Amin');
  await text('PROFILE name 12345');
  await sms('letters only', 'Name: Al Amin');
  await text('PROFILE shoe size 44');
  await sms('not understood', 'PROFILE NAME');
});

conversation('by SMS, as a conversation', { registered: true }, async ({ text, sms }) => {
  await text('Profile');
  await sms('Name: missing', '1. Name');
  await text('1');
  await sms('full name');
  await text('Jane Wanjiku');
  await sms('Saved.', 'Name: Jane Wanjiku');
});

conversation('by SMS from a number that is not registered', async ({ text, sms }) => {
  await text('PROFILE NAME Jane');
  await sms('not registered', '1. Register');
});
