import { conversationOnService } from '../kit/conversation.js';

conversationOnService(
  'an ID that was given on a call that dropped does not hold for the next',
  async ({ text, sms, dial, see, reply, hangUp }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE ID 23456711, BANK Equity, BRANCH Kisumu, ACCOUNT 1234567890123');
    await sms('Profile 4 of 25');
    await dial();
    for (const said of ['1', '2', '2', '1', '1']) await reply(said);
    await see('To change: Bank', 'national ID');
    await reply('My ID is 23 456 711');
    await see('Bank? Number or first letters');
    await hangUp();
    await dial();
    await see('in the middle of: Profile');
    await reply('1');
    await see('Bank? Number or first letters');
    await reply('KCB');
    await see('To change: Bank KCB', 'national ID');
    await reply('11111111');
    await see('not the ID number that we have');
    await reply('23456711');
    await see('Saved. Give again: Branch, Account number.', '1. Bank: KCB');
  },
);

conversationOnService(
  'first letters are those of the language that is spoken',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE GENDER M');
    await sms('Saved: Gender Male.');
    await text('KISWAHILI');
    await sms();
    await text('WASIFU JINSIA M');
    await sms('1. Mume', '2. Mke');
    await text('WASIFU JINSIA Female');
    await sms('Imehifadhiwa: Jinsia Mke.');
  },
);

conversationOnService('an ID holds for the change that it was asked for', async (phone) => {
  const { text, sms } = phone;
  await text('REGISTER');
  await sms('Registered');
  await text('PROFILE ID 23456712, BANK Equity, BRANCH Kisumu, ACCOUNT 1234567890123');
  await sms('Profile 4 of 25');
  await text('PROFILE BRANCH Thika');
  await sms('To change: Branch Thika', 'national ID');
  await text('23456712');
  await sms('Saved: Branch Thika.');
  for (const said of ['2', '2', '3']) {
    await text(said);
    await sms();
  }
  await text('1');
  await sms('To change: Account number', 'national ID');
});

conversationOnService(
  'an answer to a question from before there was anything to guard wants the ID all the same',
  async ({ text, sms, dial, see, reply, hangUp }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE ID 23456713, BANK Equity');
    await sms('Profile 2 of 25');
    await dial();
    for (const said of ['1', '2', '2', '3']) await reply(said);
    await see('Account number?');
    await hangUp();
    await text('PROFILE ACCOUNT 1234567890123');
    await sms('Saved: Account number ***123.');
    await dial();
    await reply('1');
    await see('Account number?');
    await reply('9999999999999');
    await see('To change: Account number', 'national ID');
    await reply('0');
    await hangUp();
    await dial();
    for (const said of ['1', '2', '2']) await reply(said);
    await see('3. Account number: ***123');
  },
);

conversationOnService(
  'a yes to what was asked before a detail changed puts nothing back',
  async ({ text, sms, dial, see, reply }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE BANK KCB, ACCOUNT 123456789');
    await sms('KCB numbers have 10 digits, yours has 9. Keep it?');
    await dial();
    for (const said of ['1', '2', '2', '3']) await reply(said);
    await reply('1234567149');
    await see('Saved.');
    await text('yes');
    await sms('changed meanwhile. Nothing was saved', 'Account number?');
    await dial();
    for (const said of ['1', '2', '2']) await reply(said);
    await see('3. Account number: ***149');
  },
);

conversationOnService(
  'who is asked which one means one of those, by its number or its code',
  async ({ text, sms, dial, see, reply }) => {
    await text('REGISTER');
    await sms('Registered');
    for (const [first, others, right, bank] of [
      ['stan', ['1', '11', '68'], '02', 'Standard Chartered'],
      ['co', ['1', '02'], '11', 'Co-operative'],
    ] as const) {
      await text(`PROFILE BANK ${first}`);
      await sms('Which one?', bank);
      for (const other of others) {
        await text(other);
        await sms('Not accepted', bank);
      }
      await text(right);
      await sms(`Saved: ${bank}.`);
    }
    await dial();
    for (const said of ['1', '2', '4', '6']) await reply(said);
    await see('County? Number or first letters');
    await reply('m');
    await see('Which one?', '1. Mombasa');
    await reply('3');
    await see('Not accepted', '1. Mombasa');
    await reply('1');
    await see('Saved: Mombasa.');
  },
);
