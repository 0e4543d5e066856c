import { conversation } from '../../test/kit/conversation.js';

conversation('reads the data notice to the end and back', async ({ dial, see, missing, reply }) => {
  await dial();
  await reply('3');
  await see('run by KNEC', '98. More', '0. Back');
  await reply('98');
  await missing('run by KNEC');
  await reply('98');
  await see('/privacy');
  await missing('98.');
  await reply('0');
  await reply('0');
  await see('run by KNEC');
  await reply('0');
  await see('1. Register');
});

conversation('a wrong choice on a later page', { language: 'sw' }, async ({ dial, see, reply }) => {
  await dial();
  await reply('3');
  await reply('98');
  await reply('7');
  await see('Chaguo si sahihi', 'inaendeshwa na KNEC', '98. Zaidi');
});
