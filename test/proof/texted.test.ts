import { expect } from 'vitest';
import { conversationOnService } from '../kit/conversation.js';

conversationOnService('what belongs together may be texted in any order', async ({ text, sms }) => {
  await text('REGISTER');
  await sms('Registered');
  await text('PROFILE SUBCOUNTY Westlands, COUNTY Nairobi');
  await sms('Saved: County Nairobi, Sub-county Westlands.', 'Profile 2 of 25');
  await text('PROFILE COUNTY Kisumu, COUNTY Kisumu');
  await sms('Saved: County Kisumu.', 'Profile 1 of 25');
  await text('PROFILE EMPLOYER police, TSC PF/12');
  await sms('Profile 3 of 25');
  await text('PROFILE TSC PF/13, EMPLOYER TSC');
  await sms('Saved: Employer TSC.', 'Not saved: TSC or PF number: 4 to 8 digits for TSC');
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
    await sms('Saved: Bank KCB, Branch Nyeri +1.', 'Profile 4 of 25', '1. Fill', '2. See');
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
    await sms('Saved: Bank KCB, Branch Nyeri +1.');
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

conversationOnService(
  'a number is the code of a bank or a county, and never a place in a list that nobody has seen',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE BANK 11');
    await sms('Saved: Bank Co-operative.', 'Profile 1 of 25');
    await text('PROFILE BANK 7');
    await sms('Not saved: Bank: its name or 2-digit code, as in Equity or 68.', 'Profile 1 of 25');
    await text('PROFILE BANK 07');
    await sms('Saved: Bank NCBA.');
    await text('PROFILE BANK 99');
    await sms('Not saved: Bank');
    await text('PROFILE BANK s');
    await sms('Which one?', 'Bank?', 'SBM');
    await text('PROFILE COUNTY 42');
    await sms('Saved: County Kisumu.');
    await text('PROFILE COUNTY 047');
    await sms('Saved: County Nairobi.');
    await text('PROFILE SUBCOUNTY 3');
    await sms('Not saved: Sub-county', 'Profile 2 of 25');
    await text('WASIFU JINSIA 2');
    await sms('Haikuhifadhiwa: Jinsia', 'Wasifu 2 kati ya 25');
    await text('WASIFU CHEO mwalimu m');
    await sms('Ipi kati ya hizi?', 'Cheo?', 'Mwalimu mkuu', 'Mwalimu mwandamizi');
  },
);

conversationOnService(
  'a number is a place in the list of a question that is open',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE NAME Jane Wanjiku, BORN 1985');
    await sms('Profile 2 of 25');
    await text('PROFILE');
    await sms('1. Fill what is missing');
    await text('1');
    await sms('1. Male', '2. Female');
    await text('2');
    await sms('Saved: Female.', 'National ID?');
    await text('PROFILE');
    await text('2');
    await text('1');
    await sms('1. Fill');
    await sms('1. Personal');
    await sms('3. Gender: Female');
  },
);

conversationOnService(
  'what was saved is told as it was read, and no secret of it',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE ID 23456783, BANK Equity, BRANCH Kisumu, ACCOUNT 1234567890456');
    const several = await sms(
      'Saved: National ID ***783, Bank Equity, Branch Kisumu, Account number ***456.',
      'Profile 4 of 25',
    );
    expect(several).not.toMatch(/23456783|1234567890456/);
    await text(`WASIFU CHUO ${'Kisumu Polytechnic '.repeat(3)}, KOZI Elimu`);
    await sms('Imehifadhiwa: Ulikosoma Kisumu Polytechnic', 'Kozi Elimu.', 'Wasifu 6 kati ya 25');
    await text('PROFILE BANK KCB');
    await sms('To change: Bank KCB', 'national ID');
    await text('23456783');
    await sms('Saved: Bank KCB. Give again: Branch, Account number.', 'Profile 4 of 25');
  },
);

conversationOnService(
  'where more was saved than fits an SMS, all of it is named or counted',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text(
      [
        `PROFILE NAME ${'Wanjiku '.repeat(7)}, BORN 1985, GENDER female, ID 23456782`,
        'KRA A012345678Z, NSSF 2012345678, SHA CR1234567-8, EMAIL none, BANK Equity',
        `COLLEGE ${'Moi University '.repeat(4)}, COURSE Education, COUNTY Kisumu, LEVEL PhD`,
      ].join(', '),
    );
    await sms('Saved: Full name Wanjiku', '+', 'Profile 13 of 25');
    await text('PROFILE KIN Al Amin, RELATIONSHIP cousin, KINPHONE 0712345678, STARTED 2012');
    await sms(
      'Saved: Year started 2012, Name of kin Al Amin +1.',
      'Not saved: Relationship: Spouse',
    );
  },
);

conversationOnService(
  'a question that takes a yes or a no takes it in words, of either language',
  async ({ text, sms }) => {
    const doubted = 'Equity numbers have 13 digits, yours has 12. Keep it?';
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE BANK Equity, ACCOUNT 123456789012');
    await sms('Saved: Bank Equity.', doubted, '1. Yes, keep it', '2. No, type again');
    await text('N');
    await sms('Wrong choice', doubted);
    await text('No.');
    await sms('Account number?');
    await text('123456789013');
    await sms(doubted);
    await text('hapana');
    await sms('Account number?');
    await text('123456789014');
    await sms(doubted);
    await text('Ndiyo');
    await sms('Saved: Account number ***014', 'Profile 2 of 25');
    await text('PROFILE ACCOUNT 123456789015');
    await sms(doubted);
    await text('YES please');
    await sms('Wrong choice', doubted);
    await text(' yes! ');
    await sms('Saved: Account number ***015.');
  },
);

conversationOnService(
  'a number that was doubted is corrected by the next SMS, and what waited with it is kept',
  async ({ text, sms, dial, see, reply }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE ID 23456784, BANK Equity, ACCOUNT 123456789016');
    await sms('Equity numbers have 13 digits, yours has 12. Keep it?');
    await text('123456789017');
    await sms('Equity numbers have 13 digits, yours has 12. Keep it?');
    await text('1234-5678-90173');
    await sms('Saved: Account number ***173', 'Profile 3 of 25');
    await text('PROFILE BANK KCB, ACCOUNT 12345');
    await sms('To change: Bank KCB');
    await text('23456784');
    await sms('Saved: Bank KCB.');
    await text('PROFILE BANK Absa, ACCOUNT 12345678');
    await sms('national ID');
    await text('23456784');
    await sms('Absa numbers have 10 digits, yours has 8. Keep it?');
    await text('12345');
    await sms('Not accepted', 'Account number?');
    await text('1234567890');
    await sms('Saved: Bank Absa, Account number ***890.');
    await dial();
    for (const said of ['1', '2', '2']) await reply(said);
    await see('1. Bank: Absa', '3. Account number: ***890');
  },
);

conversationOnService(
  'what can be chosen is named where it fits, and how to say it where not',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE GENDER 2');
    await sms('Not saved: Gender: Male or Female.', 'Profile 0 of 25');
    await text('WASIFU JINSIA x');
    await sms('Haikuhifadhiwa: Jinsia: Mume au Mke.');
    await text('PROFILE LEVEL standard eight');
    await sms(
      "Highest level: Certificate, Diploma, Higher Diploma, Bachelor's, Postgraduate Diploma, Master's or PhD.",
    );
    await text('WASIFU UHUSIANO binamu');
    await sms('Uhusiano: Mume au mke, Mzazi, Mtoto, Kaka au dada, Mlezi au Mwingine.');
    await text('PROFILE COUNTY Mombasa, SUBCOUNTY Westlands');
    await sms(
      'Saved: County Mombasa.',
      'Not saved: Sub-county: Changamwe, Jomvu, Kisauni, Likoni, Mvita or Nyali.',
    );
    await text('WASIFU MWAJIRI hakuna');
    await sms('Haikuhifadhiwa: Mwajiri: herufi zake za kwanza, mfano TSC.');
    await text('PROFILE COUNTY Atlantis');
    await sms('Not saved: County: its number 1 to 47, or first letters.');
    await text('PROFILE BANK Atlantis');
    await sms('Not saved: Bank: its name or 2-digit code, as in Equity or 68.');
    await text('WASIFU BENKI Atlantis');
    await sms('Haikuhifadhiwa: Benki: jina lake au msimbo wa tarakimu 2, mfano Equity au 68.');
  },
);

conversationOnService(
  'all that was not saved is named, and what was saved beside it',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE RELATIONSHIP cousin, GENDER x, KIN Al Amin');
    await sms(
      'Saved: Name of kin Al Amin.',
      'Not saved: Gender: Male or Female.',
      'Also not saved: Relationship.',
      'Profile 1 of 25',
    );
    await text('WASIFU KIWANGO x, JINSIA x, SIMUYAJAMAA 7, JAMAA Al Amin');
    await sms(
      'Imehifadhiwa: Jina la jamaa Al Amin.',
      'Haikuhifadhiwa: Jinsia: Mume au Mke.',
      'Pia haikuhifadhiwa: Kiwango cha elimu',
    );
  },
);

conversationOnService('several details need no commas between them', async ({ text, sms }) => {
  await text('REGISTER');
  await sms('Registered');
  await text('PROFILE COUNTY Kisumu BANK 11');
  await sms('Saved: Bank Co-operative, County Kisumu.', 'Profile 2 of 25');
  await text('PROFILE NAME Jane Wanjiku ID 23456785 SUB COUNTY Seme');
  await sms('Saved: Full name Jane Wanjiku, National ID ***785, Sub-county Seme.');
  await text('PROFILE SCHOOL Moi Girls COUNTY Nairobi GENDER x');
  await sms('Saved: Institution Moi Girls, County Nairobi.', 'Not saved: Gender: Male or Female.');
  await text('PROFILE COLLEGE Kenya School of Law');
  await sms(
    'Saved: Where you studied Kenya School of Law.',
    'Several details? Put a comma between them.',
  );
  await text('WASIFU CHUO Kenya School of Law');
  await sms('Maelezo kadhaa? Weka koma kati yake.');
});
