import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, type Service } from '../kit/service.js';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service?.stop());

test('right after its county was answered a sub-county is chosen from that county’s list', async () => {
  const phone = service.phone();
  await phone.text('REGISTER');
  await phone.nextSms();
  await phone.dial('1');
  let shown = await phone.reply('1');
  for (let skipped = 0; !shown.text.includes('County?') && skipped < 25; skipped += 1)
    shown = await phone.reply('99');
  shown = await phone.reply('kiambu');
  expect(shown.text).toMatch(/^Saved\.\nSub-county\?/);
  expect(shown.text).toMatch(/^1\. \w+/m);
});
