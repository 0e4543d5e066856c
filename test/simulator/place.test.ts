import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bench, openBench, other, phone } from './kit.js';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(async () => {
  await bench.stop();
  expect(bench.failures).toEqual([]);
});

/** Dials; the service says where the call is as it answers. */
async function dialTo(flow: string, state: string): Promise<void> {
  bench.answer = (form) => {
    bench.network.observe(form.get('sessionId') ?? '', { flow, state });
    return 'CON Welcome';
  };
  await bench.network.dial(phone, '*384*27#');
}

test('a phone shows where its call is, and no other does', async () => {
  await dialTo('home', 'welcome');
  expect(bench.network.handset(phone).place).toEqual({ flow: 'home', state: 'welcome' });
  expect(bench.network.handset(other).place).toBeNull();
  bench.network.observe('ATUid_of_another_carrier', { flow: 'home', state: 'menu' });
  expect(bench.network.handset(phone).place).toEqual({ flow: 'home', state: 'welcome' });
});

test('the place at which a call ended stays until it is hung up', async () => {
  await dialTo('home', 'welcome');
  bench.answer = (form) => {
    bench.network.observe(form.get('sessionId') ?? '', {
      flow: 'registration',
      state: 'registered',
    });
    return 'END Registered';
  };
  await bench.network.reply(phone, '1');
  expect(bench.network.handset(phone)).toMatchObject({
    screen: { kind: 'ended' },
    place: { flow: 'registration', state: 'registered' },
  });
  bench.network.hangUp(phone);
  expect(bench.network.handset(phone).place).toBeNull();
});

test('a new call has no place yet', async () => {
  await dialTo('home', 'welcome');
  bench.answer = () => 'END Sorry';
  await bench.network.reply(phone, '1');
  await bench.network.dial(phone, '*384*27#');
  expect(bench.network.handset(phone).place).toBeNull();
});

test('every flow has a chart', async () => {
  const names = await fetch(`${bench.url}/simulator/api/charts`);
  const flows: { flow: string; title: string }[] = await names.json();
  expect(flows).toContainEqual({ flow: 'profile', title: 'Profile' });
  for (const { flow } of flows) {
    const response = await fetch(`${bench.url}/simulator/api/charts/${flow}`);
    expect(response.headers.get('content-type')).toBe('image/svg+xml');
    expect(await response.text()).toContain(`data-flow="${flow}"`);
  }
  for (const none of ['nothing', '..%2F..%2Fpackage.json', '__proto__']) {
    expect((await fetch(`${bench.url}/simulator/api/charts/${none}`)).status).toBe(404);
  }
});
