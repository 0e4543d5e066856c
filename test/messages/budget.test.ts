import { beforeEach, describe, expect, test } from 'vitest';
import { type Budget, budgetUsed, shillingsIn } from '../../src/messages/budget.js';
import type { Carries } from '../../src/messages/message.js';
import { describeOnEachDatabase } from '../kit/database.js';
import {
  accepted,
  createCarrier,
  createClock,
  emptyOutbox,
  HOUR,
  MINUTE,
  makeOutbox,
  messages,
  NO_BUDGET,
  phoneNumber,
  queue,
  SECOND,
} from './outbox-kit.js';

describe('the shillings in a cost', () => {
  test.each([
    ['KES 0.8000', 0.8],
    ['kes 12', 12],
    ['0.8', 0.8],
    ['0', 0],
    ['USD 0.02', null],
    ['free', null],
    ['', null],
    [null, null],
  ])('%s', (cost, shillings) => {
    expect(shillingsIn(cost)).toBe(shillings);
  });
});

describeOnEachDatabase('the budget of a day', (database) => {
  const db = () => database().db;
  const carrierName = 'africastalking';
  let clock = createClock();
  let numbers = 0;

  beforeEach(async () => {
    await emptyOutbox(db());
    // In Kenya, three hours ahead: 3 May 2026, 09:00.
    clock = createClock();
    numbers = 0;
  });

  const outboxOf = (budget: Partial<Budget>, options = {}) =>
    makeOutbox({
      ...{ db: db(), now: clock.now, budget: { ...NO_BUDGET, ...budget } },
      ...{ sendSms: createCarrier().sendSms, ...options },
    });
  async function have(count: number, carries: Carries = 'reply', text = 'Hello'): Promise<void> {
    for (let nth = 0; nth < count; nth += 1) {
      numbers += 1;
      await queue(db(), { at: clock.now(), phone: phoneNumber(numbers), carries, text });
    }
  }
  const gone = async () => {
    const rows = await messages(db());
    return rows.filter(({ state }) => state !== 'queued').length;
  };
  const spent = () => db()('sms_spending').where({ carrier: carrierName }).first();

  test('holds back what would exceed its messages, until the next day in Kenya', async () => {
    const outbox = outboxOf({ messages: 10 });
    await have(12, 'password');
    expect(await outbox.sendDue()).toBe(10);
    clock.pass(15 * HOUR - SECOND);
    expect(await outbox.sendDue()).toBe(0);
    expect((await messages(db())).filter(({ state }) => state === 'queued')).toHaveLength(2);
    clock.pass(SECOND);
    expect(await outbox.sendDue()).toBe(2);
  });

  test('keeps its last fifth for passwords', async () => {
    const outbox = outboxOf({ messages: 10 });
    await have(20, 'notice');
    expect(await outbox.sendDue()).toBe(8);
    expect(outbox.lines.map(({ text }) => text)).toEqual([
      expect.stringContaining('only passwords are sent until tomorrow'),
    ]);
    await have(5, 'password');
    expect(await outbox.sendDue()).toBe(2);
    expect(outbox.lines.map(({ level, text }) => [level, text])).toEqual([
      ['error', expect.stringContaining('only passwords')],
      ['error', expect.stringContaining('no SMS is sent until tomorrow')],
    ]);
  });

  test('calls somebody once a minute for as long as SMS are held back', async () => {
    const outbox = outboxOf({ messages: 1 });
    await have(2, 'password');
    for (let seconds = 0; seconds < 120; seconds += 10) {
      await outbox.sendDue();
      clock.pass(10 * SECOND);
    }
    expect(outbox.lines.map(({ level }) => level)).toEqual(['error', 'error']);
  });

  test('sends passwords first, however many others wait', async () => {
    const carrier = createCarrier();
    await have(5, 'notice', 'a notice');
    clock.pass(MINUTE);
    await have(3, 'password', 'a password');
    await outboxOf({}, { sendSms: carrier.sendSms, concurrency: 1 }).sendDue();
    const texts = carrier.taken.map(({ text }) => text);
    expect(texts).toEqual([...Array(3).fill('a password'), ...Array(5).fill('a notice')]);
  });

  test('counts shillings by the segment, and then by what the carrier says', async () => {
    const cheap = async () => accepted(`id-${Math.random()}`);
    const outbox = outboxOf({ shillings: 4 }, { sendSms: cheap, concurrency: 1 });
    // Two segments at 0.8: 1.6 are kept free for each before the carrier says 0.8.
    await have(10, 'password', 'x'.repeat(161));
    expect(await outbox.sendDue()).toBe(4);
    expect(await spent()).toMatchObject({ messages: 4, shillings: '3.2000' });
    expect((await messages(db())).map(({ charged }) => Number(charged)).sort()).toEqual([
      ...Array(6).fill(0),
      ...Array(4).fill(0.8),
    ]);
  });

  test.each<[string, number, number]>([
    ['refused', 0, 0],
    ['carrierDown', 0, 0],
    // It may have been sent, and paid for.
    ['timedOut', 1, 0.8],
  ])('of an SMS that is %s: %i messages, %d shillings', async (failure, count, shillings) => {
    await have(1);
    await outboxOf({}, { sendSms: async () => ({ accepted: false, failure }) }).sendDue();
    const { messages: counted, shillings: cost } = await spent();
    expect([counted, Number(cost)]).toEqual([count, shillings]);
  });

  test('is given back on the day on which it was taken', async () => {
    clock.pass(15 * HOUR - SECOND);
    await have(1);
    const outbox = outboxOf(
      {},
      {
        async sendSms() {
          clock.pass(2 * SECOND);
          return { accepted: false, failure: 'refused' };
        },
      },
    );
    await outbox.sendDue();
    const days = await db()('sms_spending').select('day', 'messages');
    expect(days).toEqual([{ day: '2026-05-03', messages: 0 }]);
  });

  test('is one for all processes, to the message', async () => {
    await have(60, 'password');
    const outboxes = Array.from({ length: 3 }, () => outboxOf({ messages: 20 }));
    for (let look = 0; look < 4; look += 1) {
      await Promise.all(outboxes.map((outbox) => outbox.sendDue()));
    }
    expect(await gone()).toBe(20);
    expect(await spent()).toMatchObject({ messages: 20 });
  });

  test('tells how much of it is used', async () => {
    const budget = { ...NO_BUDGET, messages: 10, shillings: 4 };
    const used = (of = budget) =>
      budgetUsed(db(), { carrier: carrierName, budget: of, at: clock.now() });
    expect(await used()).toBe(0);
    await have(2);
    await outboxOf(budget).sendDue();
    expect(await used()).toBeCloseTo(0.4);
    expect(await used({ ...budget, shillings: 160 })).toBeCloseTo(0.2);
    expect(
      await budgetUsed(db(), { carrier: carrierName, budget: NO_BUDGET, at: clock.now() }),
    ).toBe(0);
    clock.pass(24 * HOUR);
    expect(await used()).toBe(0);
  });
});

describeOnEachDatabase('the pace of an outbox', (database) => {
  const db = () => database().db;
  beforeEach(() => emptyOutbox(db()));

  test('is that of its process, whatever waits', async () => {
    const clock = createClock();
    const outbox = makeOutbox({
      ...{ db: db(), now: clock.now, perSecond: 20, concurrency: 10 },
      sendSms: createCarrier().sendSms,
    });
    for (let nth = 0; nth < 30; nth += 1) {
      await queue(db(), { at: clock.now(), phone: phoneNumber(nth) });
    }
    const sent: number[] = [];
    for (let look = 0; look < 4; look += 1) {
      sent.push(await outbox.sendDue());
      clock.pass(100);
    }
    expect(sent).toEqual([2, 2, 2, 2]);
  });

  test('stands still for all SMS when the carrier wants less', async () => {
    const clock = createClock();
    const carrier = createCarrier({ accepted: false, failure: 'rateLimited' });
    const outbox = makeOutbox({ db: db(), now: clock.now, sendSms: carrier.sendSms });
    await queue(db(), { at: clock.now() });
    await outbox.sendDue();
    await queue(db(), { at: clock.now(), phone: phoneNumber(1) });
    expect(await outbox.sendDue()).toBe(0);
    clock.pass(SECOND - 1);
    expect(await outbox.sendDue()).toBe(0);
    clock.pass(1);
    expect(await outbox.sendDue()).toBe(1);
  });
});
