import { expect } from 'vitest';
import { detailNames } from '../../src/profile/details.js';
import {
  conversation,
  conversationOnBoth,
  conversationOnService,
} from '../../test/kit/conversation.js';

const everything: Record<string, string> = Object.fromEntries(
  detailNames.map((name) => [name, 'given']),
);
const allBut = (name: string) => {
  const { [name]: _, ...others } = everything;
  return others;
};
const counties = [
  { number: 1, label: 'Mombasa' },
  { number: 12, label: 'Meru' },
  { number: 22, label: 'Kiambu' },
  { number: 42, label: 'Kisumu' },
  { number: 47, label: 'Nairobi' },
];
const banks = [
  { number: 1, label: 'KCB' },
  { number: 2, label: 'Equity' },
];

conversation(
  'sees how far it is and what is missing',
  { registered: true, shown: { fullName: 'Al Amin' } },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('1');
    await see(
      'Profile 1 of 25',
      'Missing: Year of birth',
      '+',
      '1. Fill what is missing',
      '2. See or change',
      '0. Back',
    );
  },
);

conversation(
  'sees that it is complete',
  { registered: true, shown: everything },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('1');
    await see('Profile 25 of 25: complete', '0712***678', '23/11/2026', '1. See or change');
  },
);

conversation(
  'fills what is missing, one after the other',
  { registered: true },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('1');
    await reply('1');
    await see('Full name?', 'as on your ID', '99. Skip', '0. Back', '00. Home');
    await reply('Jane  Wanjiku O’Muthoni ');
    await see('Saved.', 'Year of birth?');
    await reply('1985');
    await see('Saved.', 'Gender?');
    await reply('99');
    await see('National ID?', '6 to 9 digits');
    await reply('12-345 678');
    await see('Saved.', 'KRA PIN?');
    await reply('P012345678Z');
    await see('P is for companies', 'KRA PIN?');
    await reply('A12');
    await see('Not accepted', 'KRA PIN?', 'A012345678Z');
  },
);

conversation(
  'goes back over the questions that it has answered, and forward again',
  { registered: true },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('1');
    await reply('1');
    await reply('Jane Muthni');
    await see('Year of birth?');
    await reply('1985');
    await reply('99');
    await see('National ID?');
    for (const asked of ['Gender?', 'Year of birth?', 'Full name?']) {
      await reply('0');
      await see(asked);
    }
    await reply('Jane Muthoni');
    await see('Saved.', 'National ID?');
    await reply('0');
    await see('Full name?');
    await reply('0');
    await see('Profile 2 of 25');
    await reply('0');
    await see('1. Profile');
  },
);

conversation('a name that is none', { registered: true }, async ({ dial, see, reply }) => {
  await dial();
  await reply('1*1');
  await see('Wrong choice');
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
    await see('Not accepted', 'Full name?');
  }
  await reply('Al');
  await see('Saved.');
});

conversation(
  'looks at a group and changes a detail',
  { registered: true, shown: { fullName: 'Al Amin', email: 'none' } },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('1');
    await reply('2');
    await see('1. Personal 2/8', '2. Bank 0/3', '5. Next of kin 0/3');
    await reply('1');
    await see('1. Full name: Al Amin', '2. Year of birth: missing');
    await reply('1');
    await see('Full name: Al Amin', '1. Change');
    await reply('1');
    await see('Full name?');
    await reply('0');
    await see('Full name: Al Amin', '1. Change');
    await reply('1');
    await reply('Ali Amin');
    await see('Saved.', '1. Full name: Ali Amin');
    await reply('0');
    await reply('0');
    await see('Profile 2 of 25');
  },
);

conversation(
  'chooses from a long list by number or by first letters',
  { registered: true, lists: { county: counties } },
  async ({ dial, see, missing, reply }) => {
    await dial();
    await reply('1');
    await reply('2');
    await reply('4');
    await reply('6');
    await see('County?', '1. Mombasa', '12. Meru', '47. Nairobi', '99. Skip');
    await reply('m');
    await see('Which one?', '1. Mombasa', '12. Meru');
    await missing('Nairobi');
    await reply('12');
    await see('Saved: Meru.', 'Work station');
    await reply('98');
    await see('6. County: Meru');
  },
);

conversation(
  'a sub-county is asked for after its county',
  { registered: true, lists: { county: counties } },
  async ({ dial, see, reply }) => {
    await dial();
    for (const said of ['1', '2', '4', '7']) await reply(said);
    await see('This comes first:', 'County?', '1. Mombasa');
    await reply('0');
    await see('Work station', '1. Employer');
    await reply('7');
    await reply('42');
    await see('Saved: Kisumu.', 'Work station');
  },
);

conversation(
  'a new bank says what has to be given again',
  { registered: true, shown: { bank: 'KCB', branch: 'Kisumu' }, lists: { bank: banks } },
  async ({ dial, see, reply }) => {
    await dial();
    for (const said of ['1', '2', '2', '1', '1', '2']) await reply(said);
    await see('Saved. Give again: Branch.', '1. Bank: Equity', '2. Branch: missing');
  },
);

conversation(
  'an unusual account number is a question, not a wall',
  { registered: true },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('1');
    await reply('2');
    await reply('2');
    await reply('3');
    await see('Account number?');
    await reply('012345678901');
    await see('Equity numbers have 13 digits, yours has 12. Keep it?', '1. Yes', '2. No');
    await reply('2');
    await see('Account number?');
    await reply('012345678901');
    await reply('0');
    await see('Account number?');
    await reply('012345678901');
    await reply('1');
    await see('Saved.', 'Account number: 012345678901');
  },
);

conversation(
  'changes a payout detail only with the ID on record',
  { registered: true, shown: everything, nationalId: '12345678' },
  async ({ dial, see, reply }) => {
    await dial();
    await reply('1');
    await reply('1');
    await reply('2');
    await reply('3');
    await reply('1');
    await see('To change: Account number', 'national ID');
    for (const slip of ['98', '99', 'Kisumu', '0722000021', 'acc 123456', 'ID']) {
      await reply(slip);
      await see('Not accepted', 'national ID');
    }
    await reply('11111111');
    await see('not the ID number that we have');
    await reply('12345678');
    await see('Account number?');
    await reply('0123456789012');
    await see('Saved.');
  },
);

conversation(
  'three wrong IDs, and not today',
  { registered: true, shown: everything, nationalId: '12345678' },
  async ({ dial, see, reply }) => {
    await dial();
    for (const said of ['1', '1', '2', '1', '1', '11111111', '222222', '33333333'])
      await reply(said);
    await see('cannot be changed today', '0. Back');
    await reply('0');
    await see('Bank: given');
  },
);

conversationOnService(
  'fills by SMS, several in one message, and as a conversation',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('Profile');
    await sms('Profile 0 of 25', 'Missing: Full name');
    await text('PROFILE KRA A012345678Z');
    await sms('Saved: KRA PIN ***78Z.', 'Profile 1 of 25', 'Next: PROFILE NAME');
    await text('profilekraA012345679Z');
    await sms('Saved: KRA PIN ***79Z.');
    await text('profile name Jane Wanjiku, id 123, county nairobi, shoe size');
    await sms(
      'Saved: Full name Jane Wanjiku, County Nairobi.',
      'Not saved: National ID: 6 to 9 digits',
      'Profile 3 of 25',
    );
    await text('WASIFU kitambulisho 12345678');
    await sms(
      'Imehifadhiwa: Nambari ya kitambulisho ***678.',
      'Wasifu 4 kati ya 25',
      'WASIFU KUZALIWA',
    );
    await text('wasifu jina la jamaa Al Amin');
    await sms('Imehifadhiwa: Jina la jamaa Al Amin.');
    await text('profile county kis');
    await sms('Which one?', 'County?', '42. Kisumu', '45. Kisii');
    await text('45');
    await sms('Saved: Kisii.', 'Profile 5 of 25');
    await text('PROFILE');
    await sms('1. Fill what is missing');
    await text('1');
    await sms('Year of birth?');
    await text('1985');
    await sms('Saved.', 'Gender?', '1. Male', '2. Female');
  },
);

conversationOnService(
  'a bank or an employer texted later takes along what does not go with it',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE BANK KCB, ACCOUNT 1234567890, EMPLOYER board, PF PF/12, BORN 1985');
    await sms('Profile 5 of 25');
    await text('PROFILE EMPLOYER TSC');
    await sms('Saved: Employer', 'Give again: TSC or PF number.', 'Profile 4 of 25');
    await text('PROFILE BANK Equity, EMPLOYER TSC');
    await sms('Give again: Account number.', 'Profile 3 of 25');
    await text('PROFILE STARTED 2002, STUDIED 1998-2001');
    await sms('Profile 5 of 25');
    await text('PROFILE BORN 1992');
    await sms('Not saved: Year of birth: You would be under 15 when work began in 2002.');
    await text('PROFILE STUDIED 2010-2013, STARTED 2014, BORN 1992');
    await sms('Saved: Year of birth 1992, Years of study 2010-2013');
  },
);

conversationOnService(
  'an account that is withdrawn or wrong does not stay with the new bank',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE BANK KCB, ACCOUNT 1234567890, ID 12345678');
    await sms('Profile 3 of 25');
    await text('PROFILE BANK Equity, ACCOUNT 123456789012');
    await sms('To change: Bank Equity');
    await text('12345678');
    await sms('Equity numbers have 13 digits');
    await text('2');
    await sms('Account number?');
    await text('0');
    await sms('Profile 2 of 25');
    await text('PROFILE ACCOUNT 1234567890123');
    await sms('Profile 3 of 25');
    await text('PROFILE BANK KCB, ACCOUNT abc, EMPLOYER TSC');
    await sms('The rest is saved.');
    await text('12345678');
    await sms('Bank KCB', 'Give again: Account number.', 'Profile 3 of 25');
  },
);

conversationOnService(
  'what an SMS drops is told also where it raises a question',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE EMPLOYER board, PF PF/12, BANK KCB, ID 12345678');
    await sms('Profile 4 of 25');
    await text('PROFILE EMPLOYER TSC, BANK Family');
    await sms('The rest is saved.');
    await text('12345678');
    await sms('Give again: TSC or PF number.', 'Profile 3 of 25');
  },
);

conversationOnService(
  'a year of birth does not slip past with a year that is refused',
  async ({ text, sms }) => {
    await text('REGISTER');
    await sms('Registered');
    await text('PROFILE BORN 1985, STARTED 2002');
    await sms('Profile 2 of 25');
    await text('PROFILE BORN 1992, STARTED 1800, COUNTY Kisumu');
    await sms('Saved: County Kisumu.', 'Not saved: Year started', 'Also not saved: Year of birth.');
  },
);

conversation('by SMS from a number that is not registered', async ({ text, sms }) => {
  await text('PROFILE NAME Jane');
  await sms('not registered', '1. Register');
});

conversationOnService(
  'goes on where the last call dropped',
  async ({ text, dial, see, reply, sms, hangUp }) => {
    await text('REGISTER');
    await sms('Registered');
    await dial();
    await reply('1');
    await reply('1');
    await reply('Jane Wanjiku');
    await see('Year of birth?');
    await hangUp();
    await dial();
    await see('Your last call ended in the middle of: Profile', '1. Go on', '2. Menu');
    await hangUp();
    await dial();
    await see('Your last call ended in the middle of: Profile', '1. Go on', '2. Menu');
    await reply('1');
    await see('Year of birth?');
    await reply('1985');
    await see('Saved.', 'Gender?');
    await hangUp();
    await dial();
    await reply('2');
    await see('1. Profile');
    await hangUp();
    await dial();
    await see('1. Profile');
  },
);

conversationOnBoth('back leads out again', async ({ text, sms, dial, see, reply }) => {
  await text('REGISTER');
  await sms('Registered');
  await dial();
  await reply('1');
  await reply('2');
  await reply('3');
  await see('Qualification');
  await reply('0');
  await reply('0');
  await reply('0');
  await see('1. Profile', '2. Password');
});

conversation(
  'fills the last detail and is thanked',
  { registered: true, shown: allBut('email') },
  async ({ dial, see, missing, reply }) => {
    await dial();
    await reply('1');
    await see('Profile 24 of 25. Missing: E-mail');
    await reply('1');
    await reply('none');
    await see('complete. Thank you', 'Profile 25 of 25');
    await missing('Fill');
  },
);

conversation(
  'by SMS from a number that was silent: what was texted waits for the ID',
  {
    registered: true,
    silent: 'withId',
    nationalId: '12345678',
    shown: { kraPin: '***78Z' },
    texted: {
      changes: [{ detail: 'kraPin', sealed: '' }],
      conflicts: [],
      faults: [],
      pending: null,
    },
  },
  async ({ text, sms }) => {
    await text('PROFILE KRA A012345678Z');
    const asked = await sms('was silent for 6 months');
    expect(asked).not.toContain('KRA');
    await text('12345678');
    await sms('Saved: KRA PIN ***78Z.');
  },
);
