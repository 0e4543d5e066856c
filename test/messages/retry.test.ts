import { describe, expect, test } from 'vitest';
import type { Carries, MessageFailure } from '../../src/messages/message.js';
import { isWorthRetrying, nextAttemptAt, waitAfter } from '../../src/messages/retry.js';
import { HOUR, MINUTE, SECOND } from './outbox-kit.js';

describe('the wait after an attempt', () => {
  test.each([
    [1, 0.5, 5 * SECOND],
    [2, 0.5, 15 * SECOND],
    [3, 0.5, 45 * SECOND],
    [4, 0.5, 135 * SECOND],
    [5, 0.5, 405 * SECOND],
    [6, 0.5, 15 * MINUTE],
    [300, 0.5, 15 * MINUTE],
    [1, 0, 4 * SECOND],
    [1, 1, 6 * SECOND],
    [300, 1, 18 * MINUTE],
  ])('%i, by chance %d: %i ms', (attempts, random, wait) => {
    expect(waitAfter(attempts, random)).toBe(wait);
  });
});

describe('a failure that is worth a retry', () => {
  test.each<[MessageFailure, boolean]>([
    ['carrierDown', true],
    ['rateLimited', true],
    ['noCredit', true],
    ['badCredentials', true],
    ['unreadable', true],
    ['blocked', false],
    ['invalidNumber', false],
    ['invalidSender', false],
    ['refused', false],
  ])('%s: %s', (failure, worth) => {
    expect(isWorthRetrying(failure)).toBe(worth);
  });
});

describe('the end of the retries', () => {
  const createdAt = new Date('2026-05-03T06:00:00Z');
  test.each<[Carries, number, boolean]>([
    ['reply', 24 * HOUR - 16 * MINUTE, true],
    ['reply', 24 * HOUR - 15 * MINUTE, false],
    ['notice', 72 * HOUR - 16 * MINUTE, true],
    ['notice', 72 * HOUR - 15 * MINUTE, false],
    ['password', 72 * HOUR - 16 * MINUTE, true],
    ['password', 72 * HOUR - 15 * MINUTE, false],
  ])('a %s that failed after %i ms is tried again: %s', (carries, age, again) => {
    const at = new Date(createdAt.getTime() + age);
    const message = { id: 'one', carries, createdAt, attempts: 100, failure: null };
    const next = nextAttemptAt(message, { failure: 'carrierDown', at, random: 0.5 });
    expect(next).toEqual(again ? new Date(at.getTime() + 15 * MINUTE) : null);
  });
});
