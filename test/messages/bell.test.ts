import { expect, test } from 'vitest';
import { createBell } from '../../src/messages/bell.js';
import { HOUR } from './outbox-kit.js';

test('a bell ends the wait', async () => {
  const bell = createBell();
  const waited = bell.wait(HOUR);
  bell.ring();
  await waited;
});

test('a bell that rang while nobody waited ends the next wait, and only that', async () => {
  const bell = createBell();
  bell.ring();
  bell.ring();
  await bell.wait(HOUR);

  let ended = false;
  const second = bell.wait(HOUR).then(() => {
    ended = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(false);
  bell.ring();
  await second;
});

test('without a bell the wait ends by itself', async () => {
  await createBell().wait(1);
});
