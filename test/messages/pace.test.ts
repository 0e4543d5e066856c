import { describe, expect, test } from 'vitest';
import { createPace } from '../../src/messages/pace.js';
import { createClock, MINUTE, SECOND } from './outbox-kit.js';

function makePace(perSecond: number) {
  const clock = createClock();
  return { clock, pace: createPace({ perSecond, now: clock.now }) };
}

describe('a pace', () => {
  test('lets through in a second what it is for, evenly', () => {
    const { clock, pace } = makePace(50);
    expect(pace.take(100)).toBe(5);
    let taken = 0;
    for (let ms = 0; ms < SECOND; ms += 10) {
      clock.pass(10);
      taken += pace.take(100);
    }
    expect(taken).toBe(50);
  });

  test('does not save up for a burst', () => {
    const { clock, pace } = makePace(50);
    clock.pass(60 * MINUTE);
    expect(pace.take(100)).toBe(5);
    expect(pace.take(1)).toBe(0);
  });

  test('lets one through where it is for few, and says when the next may go', () => {
    const { clock, pace } = makePace(2);
    expect(pace.waitMs()).toBe(0);
    expect([pace.take(3), pace.take(3)]).toEqual([1, 0]);
    expect(pace.waitMs()).toBe(500);
    clock.pass(499);
    expect([pace.take(3), pace.waitMs()]).toEqual([0, 1]);
    clock.pass(1);
    expect(pace.take(3)).toBe(1);
  });

  test('takes back what was not used', () => {
    const { pace } = makePace(50);
    expect(pace.take(5)).toBe(5);
    pace.giveBack(3);
    expect(pace.take(5)).toBe(3);
  });

  test('stands still for longer each time that the carrier wants less, up to a minute', () => {
    const { clock, pace } = makePace(50);
    const waits: number[] = [];
    for (let nth = 0; nth < 8; nth += 1) {
      // All that were under way together are told the same.
      for (let times = 0; times < 6; times += 1) pace.slowDown();
      expect(pace.take(1)).toBe(0);
      waits.push(pace.waitMs());
      clock.pass(pace.waitMs());
      expect(pace.take(1)).toBe(1);
    }
    expect(waits.map((ms) => ms / SECOND)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    pace.goOn();
    pace.slowDown();
    expect(pace.waitMs()).toBe(SECOND);
  });

  test('an SMS that was taken before does not end the pause', () => {
    const { clock, pace } = makePace(50);
    pace.slowDown();
    clock.pass(SECOND);
    pace.slowDown();
    pace.goOn();
    clock.pass(2 * SECOND);
    pace.slowDown();
    expect(pace.waitMs()).toBe(4 * SECOND);
  });
});
