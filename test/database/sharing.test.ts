import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sharing } from '../../src/database/sharing.js';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate'] }));
afterEach(() => vi.useRealTimers());

/** Round trips that wait to be let back, each with what it took along. */
function road({ most = 10, broken = (_: string): boolean => false } = {}) {
  const trips: { items: readonly string[]; back: () => Promise<void> }[] = [];
  const send = sharing({
    run: (items: readonly string[]) =>
      new Promise<readonly string[]>((resolve, reject) => {
        const back = async () => {
          if (items.some(broken)) reject(new Error('broken'));
          else resolve(items.map((item) => item.toUpperCase()));
          await vi.advanceTimersByTimeAsync(0);
        };
        trips.push({ items, back });
      }),
    keyOf: (item) => item[0],
    most,
    gatherMs: 5,
  });
  return { trips, send, passed: () => trips.map(({ items }) => items.join(' ')) };
}

const turnOfTheLoop = () => vi.advanceTimersByTimeAsync(0);

describe('requests that share round trips', () => {
  test('one alone goes at once, and those that come meanwhile go together after it', async () => {
    const { trips, send, passed } = road();
    const first = send('a');
    await turnOfTheLoop();
    expect(passed()).toEqual(['a']);
    const others = [send('b'), send('c')];
    await turnOfTheLoop();
    expect(passed()).toEqual(['a']);
    await trips[0]?.back();
    expect(passed()).toEqual(['a', 'b c']);
    await trips[1]?.back();
    expect(await Promise.all([first, ...others])).toEqual(['A', 'B', 'C']);
  });

  test('after a trip of many, the first to come waits for half as many, and no longer than it may', async () => {
    const { trips, send, passed } = road();
    for (const item of ['a', 'b', 'c', 'd', 'e', 'f']) void send(item);
    await turnOfTheLoop();
    await trips[0]?.back();
    void send('g');
    await turnOfTheLoop();
    expect(passed()).toEqual(['a b c d e f']);
    void send('h');
    void send('i');
    await turnOfTheLoop();
    expect(passed().at(-1)).toBe('g h i');
    await trips[1]?.back();
    void send('j');
    await vi.advanceTimersByTimeAsync(4);
    expect(passed().at(-1)).toBe('g h i');
    await vi.advanceTimersByTimeAsync(1);
    expect(passed().at(-1)).toBe('j');
    await trips[2]?.back();
    void send('k');
    await turnOfTheLoop();
    expect(passed().at(-1)).toBe('k');
  });

  test('no trip takes more than it may, nor two of one key', async () => {
    const { trips, send, passed } = road({ most: 2 });
    for (const item of ['a1', 'a2', 'b', 'c']) void send(item);
    await turnOfTheLoop();
    expect(passed()).toEqual(['a1 b']);
    await trips[0]?.back();
    expect(passed()).toEqual(['a1 b', 'a2 c']);
  });

  test('where a shared one fails, each goes alone, and nobody fails for another', async () => {
    const { trips, send, passed } = road({ broken: (item) => item === 'bad' });
    const all = Promise.allSettled([send('good'), send('bad'), send('x')]);
    await turnOfTheLoop();
    for (let trip = 0; trip < 4; trip += 1) await trips[trip]?.back();
    expect(passed()).toEqual(['good bad x', 'good', 'bad', 'x']);
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
