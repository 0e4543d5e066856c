import { beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryFailure, DeliveryReport } from '../../src/channels/channel.js';
import { dropOldReports, recordDeliveryReport } from '../../src/messages/delivery-reports.js';
import type { MessageState } from '../../src/messages/message.js';
import { describeOnEachDatabase } from '../kit/database.js';
import {
  accepted,
  createClock,
  emptyOutbox,
  HOUR,
  makeOutbox,
  messages,
  onlyMessage,
  phoneNumber,
  queue,
} from './outbox-kit.js';

type Told = 'sent' | 'delivered' | DeliveryFailure;

function report(told: Told, carrierMessageId = 'id-1'): DeliveryReport {
  const about = { carrier: 'africastalking', carrierMessageId, phone: null, network: null };
  return told === 'sent' || told === 'delivered'
    ? { ...about, state: told }
    : { ...about, state: 'failed', failure: told };
}

const orders: { told: Told[]; state: MessageState; failure: DeliveryFailure | null }[] = [
  { told: ['sent'], state: 'sent', failure: null },
  { told: ['delivered'], state: 'delivered', failure: null },
  { told: ['blocked'], state: 'failed', failure: 'blocked' },
  { told: ['sent', 'delivered'], state: 'delivered', failure: null },
  { told: ['delivered', 'sent'], state: 'delivered', failure: null },
  { told: ['sent', 'expired'], state: 'failed', failure: 'expired' },
  { told: ['phoneOff', 'sent'], state: 'failed', failure: 'phoneOff' },
  { told: ['delivered', 'rejected'], state: 'delivered', failure: null },
  { told: ['rejected', 'delivered'], state: 'failed', failure: 'rejected' },
  { told: ['blocked', 'expired'], state: 'failed', failure: 'blocked' },
  { told: ['sent', 'sent', 'delivered', 'delivered', 'sent'], state: 'delivered', failure: null },
];

describeOnEachDatabase('delivery reports', (database) => {
  const db = () => database().db;
  const early = () => db()('early_delivery_reports').count({ count: '*' }).first();
  const { now } = createClock();
  const send = () => makeOutbox({ db: db(), sendSms: async () => accepted('id-1'), now }).sendDue();
  const tell = (told: Told) => recordDeliveryReport(db(), report(told), now());

  beforeEach(async () => {
    await emptyOutbox(db());
    await queue(db(), { at: now() });
  });

  describe.each(orders)('that tell $told', ({ told, state, failure }) => {
    // How many of them come before the acceptance is recorded.
    test.each(Array.from({ length: told.length + 1 }, (_, count) => count))(
      '%i of them early',
      async (count) => {
        for (const one of told.slice(0, count)) expect(await tell(one)).toBe('early');
        await send();
        for (const one of told.slice(count)) await tell(one);
        expect(await onlyMessage(db())).toMatchObject({ state, failure, body: null });
        expect(await early()).toEqual({ count: 0 });
      },
    );
  });

  test('say what they did', async () => {
    await send();
    expect(await tell('sent')).toBe('applied');
    expect(await tell('sent')).toBe('late');
    expect(await tell('delivered')).toBe('applied');
    expect(await tell('blocked')).toBe('late');
  });

  test('find their message however they race with its acceptance', async () => {
    await emptyOutbox(db());
    const racers = 40;
    for (let nth = 0; nth < racers; nth += 1) {
      await queue(db(), { at: now(), phone: phoneNumber(nth), text: `id-${nth}` });
    }
    const reports: Promise<unknown>[] = [];
    const outbox = makeOutbox({
      db: db(),
      now,
      concurrency: 4,
      async sendSms(_, id) {
        reports.push(recordDeliveryReport(db(), report('delivered', id), now()));
        return accepted(id);
      },
    });
    await outbox.sendDue();
    await Promise.all(reports);
    const rows = await messages(db());
    expect(rows.map(({ state }) => state)).toEqual(Array(racers).fill('delivered'));
    expect(await early()).toEqual({ count: 0 });
  });

  test('about messages that are not ours are kept until they are dropped', async () => {
    const clock = createClock();
    for (const id of ['a', 'b']) {
      expect(await recordDeliveryReport(db(), report('sent', id), clock.now())).toBe('early');
      clock.pass(HOUR);
    }
    const anHourAgo = new Date(clock.now().getTime() - HOUR);
    expect(await dropOldReports(db(), anHourAgo)).toBe(1);
    expect(await db()('early_delivery_reports').pluck('carrier_message_id')).toEqual(['b']);
    expect(await onlyMessage(db())).toMatchObject({ state: 'queued' });
  });
});
