import { expect, test } from 'vitest';
import { addTimes, countTime, noTimes, quantile, type Times } from '../../src/funnel/times.js';

const of = (...seconds: number[]): Times =>
  seconds.reduce((times, second) => countTime(times, second * 1000), noTimes);

test('nothing has no median', () => {
  expect(quantile(noTimes, 0.5)).toBeNull();
});

test('quantiles lie within the bounds about the true ones', () => {
  // The 50th of a hundred answers of 1 to 100 seconds took 50 s, the 90th 90 s.
  const times = of(...Array.from({ length: 100 }, (_, index) => index + 1));
  expect(quantile(times, 0.5)).toBeCloseTo(50, 0);
  expect(quantile(times, 0.9)).toBeCloseTo(90, 0);
  expect(quantile(times, 0.01)).toBeCloseTo(1, 0);
});

test('what takes longer than anybody measures is beyond all bounds', () => {
  expect(quantile(of(3, 4000), 0.9)).toBe(Number.POSITIVE_INFINITY);
  expect(quantile(of(3, 3, 3, 4000), 0.5)).toBeLessThanOrEqual(3);
});

test('a clock that went back counts as no time', () => {
  expect(quantile(of(-5), 0.5)).toBeLessThanOrEqual(1);
});

test('counts add up, whichever are there', () => {
  const sum = addTimes(of(2, 7), of(7, 7));
  expect(sum).toEqual(of(2, 7, 7, 7));
  expect(addTimes(noTimes, of(300))).toEqual(of(300));
});
