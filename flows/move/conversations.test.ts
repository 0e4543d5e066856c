import { expect } from 'vitest';
import { conversation } from '../../test/kit/conversation.js';

conversation('asks for the account of an old number', async ({ dial, see, reply, ended }) => {
  await dial();
  await see('4. My number changed');
  await reply('4');
  await see('move your account to 0712***678', 'Which number', '0. Back');
  await reply('0733 444 555');
  await see('national ID number', '0733***555', '0. Back');
  await reply('12345678');
  await see('KNEC will look at it', 'SMS to 0712***678', 'nothing changes');
  await ended();
});

conversation('is told what no number and no ID is', async ({ dial, see, reply }) => {
  await dial();
  await reply('4');
  for (const said of ['7', '', '+256712345678', '12345678', '😀', '9'.repeat(200)]) {
    await reply(said);
    await see('That is no number', 'Which number did you have before?');
  }
  await reply('0733444555');
  for (const said of ['', '1', 'Jane', '😀']) {
    await reply(said);
    await see('Type the digits of your ID', '0733***555');
  }
  await reply('0');
  await see('Which number');
  await reply('0');
  await see('1. Register');
});

conversation('by SMS, the number in the first one', async ({ text, sms }) => {
  await text('Move 0733444555');
  await sms('KNEC CP2: Type the national ID number', '0733***555');
  await text('12345678');
  await sms('KNEC will look at it');
});

conversation('by SMS in Swahili', { language: 'sw' }, async ({ text, sms }) => {
  await text('hamisha');
  await sms('kuhamishia akaunti yako', 'nambari gani awali?');
  await text('0733444555');
  await sms('nambari ya kitambulisho');
  await text('12345678');
  await sms('KNEC itaangalia');
});

conversation(
  'hears nothing of whether anything fits',
  { claim: { accountId: null, idFits: false } },
  async ({ text, sms }) => {
    await text('MOVE 0733444555');
    await sms('national ID');
    await text('87654321');
    const answered = await sms('KNEC will look at it');
    expect(answered).not.toMatch(/no account|wrong|match/i);
  },
);

conversation(
  'is refused after too many in a day, and told until when',
  { move: { allowed: false, againAt: '2026-11-24T06:05:00.000Z' } },
  async ({ dial, see, reply, ended }) => {
    await dial();
    await reply('4');
    await reply('0733444555');
    await reply('12345678');
    await see('asked often today', '24/11/2026 09:05');
    await ended();
  },
);
