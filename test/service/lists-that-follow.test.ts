import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, type Service } from '../kit/service.js';

let service: Service;
beforeAll(async () => {
  service = await openService();
});
afterAll(() => service?.stop());

async function reachCounty(phone: ReturnType<Service['phone']>): Promise<string> {
  await phone.text('REGISTER');
  await phone.nextSms();
  await phone.dial('1');
  let { text } = await phone.reply('1');
  for (let skipped = 0; !text.includes('County?') && skipped < 25; skipped += 1)
    text = (await phone.reply('99')).text;
  return text;
}

test('right after its county was answered a sub-county is chosen from that county’s list', async () => {
  const phone = service.phone();
  await reachCounty(phone);
  const shown = await phone.reply('kiambu');
  expect(shown.text).toMatch(/^Saved: Kiambu\.\nSub-county\?/);
  expect(shown.text).toMatch(/^1\. \w+/m);
});

test('whose county is skipped is not asked for a sub-county, which there would be no list of', async () => {
  const phone = service.phone();
  expect(await reachCounty(phone)).toContain('County?');
  expect((await phone.reply('99')).text).toMatch(/^Name of kin\?/);
});
