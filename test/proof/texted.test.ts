import { conversationOnService } from '../kit/conversation.js';

conversationOnService('what belongs together may be texted in any order', async ({ text, sms }) => {
  await text('REGISTER');
  await sms('Registered');
  await text('PROFILE SUBCOUNTY Westlands, COUNTY Nairobi');
  await sms('Saved: County, Sub-county.', 'Profile 2 of 25');
  await text('PROFILE COUNTY Kisumu');
  await sms('Saved: County.', 'Profile 1 of 25');
  await text('PROFILE EMPLOYER police, TSC PF/12');
  await sms('Profile 3 of 25');
  await text('PROFILE TSC PF/13, EMPLOYER TSC');
  await sms('Saved: Employer.', 'Not saved: TSC or PF number: 4 to 8 digits for TSC');
});

conversationOnService(
  'a new bank, its branch and its account wait for the ID together, and are kept together',
  async ({ text, sms, dial, see, reply }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE ID 23456781, BANK Equity, BRANCH Kisumu, ACCOUNT 1234567890123');
    await sms('Profile 4 of 25');
    await text('PROFILE BRANCH Nyeri, ACCOUNT 12345678, BANK KCB');
    await sms('national ID');
    await text('23456781');
    await sms('KCB numbers have 10 digits, yours has 8. Keep it?');
    await text('1');
    await sms('Saved.', 'Profile 4 of 25');
    await dial();
    for (const said of ['1', '2', '2']) await reply(said);
    await see('1. Bank: KCB', '2. Branch: Nyeri', '3. Account number: ***678');
  },
);

conversationOnService(
  'an account number that is to be typed again does not hold up its bank',
  async ({ text, sms, dial, see, reply }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE ID 23456781, BANK Equity, BRANCH Kisumu, ACCOUNT 1234567890123');
    await sms('Profile 4 of 25');
    await text('PROFILE BANK KCB, BRANCH Nyeri, ACCOUNT 12345678');
    await sms('national ID');
    await text('23456781');
    await sms('KCB numbers have 10 digits, yours has 8. Keep it?');
    await text('2');
    await sms('Account number?');
    await text('1234567899');
    await sms('Saved.');
    await dial();
    for (const said of ['1', '2', '2']) await reply(said);
    await see('1. Bank: KCB', '2. Branch: Nyeri', '3. Account number: ***899');
  },
);

conversationOnService(
  'the same county again leaves the sub-county as it is',
  async ({ text, sms, dial, see, reply }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE COUNTY Nairobi, SUBCOUNTY Westlands');
    await sms('Profile 2 of 25');
    await dial();
    for (const said of ['1', '2', '4', '6', '1', '47', '98']) await reply(said);
    await see('6. County: Nairobi', '7. Sub-county: Westlands');
  },
);
