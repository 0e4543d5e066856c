import { beforeEach, describe, expect, test } from 'vitest';
import type {
  DeliveryFailure,
  DeliveryReport,
  SendOutcome,
  SendSms,
} from '../../src/channels/channel.js';
import { dropOldReports, recordDeliveryReport } from '../../src/messages/delivery-reports.js';
import type { MessageState } from '../../src/messages/message.js';
import type { Phone } from '../../src/phone-number.js';
import { describeOnEachDatabase } from '../kit/database.js';
import {
  accepted,
  createClock,
  emptyOutbox,
  HOUR,
  MINUTE,
  makeOutbox,
  messages,
  onlyMessage,
  phoneNumber,
  queue,
  SECOND,
} from './outbox-kit.js';

type Told = 'sent' | 'delivered' | DeliveryFailure;

type About = Partial<Pick<DeliveryReport, 'carrier' | 'phone' | 'network'>>;

function report(told: Told, carrierMessageId = 'id-1', more: About = {}): DeliveryReport {
  const about = {
    ...{ carrier: 'africastalking', carrierMessageId, phone: null, network: null },
    ...more,
  };
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
        for (const one of told.slice(0, count)) expect((await tell(one)).kind).toBe('early');
        await send();
        for (const one of told.slice(count)) await tell(one);
        expect(await onlyMessage(db())).toMatchObject({ state, failure, body: null });
        expect(await early()).toEqual({ count: 0 });
      },
    );
  });

  test('say what they did', async () => {
    await send();
    const kinds = [];
    for (const told of ['sent', 'sent', 'delivered', 'blocked'] as const) {
      kinds.push((await tell(told)).kind);
    }
    expect(kinds).toEqual(['applied', 'late', 'applied', 'late']);
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
      const { kind } = await recordDeliveryReport(db(), report('sent', id), clock.now());
      expect(kind).toBe('early');
      clock.pass(HOUR);
    }
    const anHourAgo = new Date(clock.now().getTime() - HOUR);
    expect(await dropOldReports(db(), anHourAgo)).toBe(1);
    expect(await db()('early_delivery_reports').pluck('carrier_message_id')).toEqual(['b']);
    expect(await onlyMessage(db())).toMatchObject({ state: 'queued' });
  });

  test('tell the network, by the metrics and in the table', async () => {
    await send();
    const told = report('delivered', 'id-1', { phone: phoneNumber(), network: '63902' });
    expect(await recordDeliveryReport(db(), told, now())).toEqual({
      kind: 'applied',
      fates: [{ network: '63902', state: 'delivered', failure: null }],
    });
    expect(await onlyMessage(db())).toMatchObject({ network: '63902' });
  });

  test.each<[string, About, string]>([
    ['of another carrier', { carrier: 'another' }, 'early'],
    ['about another number of ours', { phone: phoneNumber(1) }, 'early'],
    ['about a number that is none of ours', { phone: phoneNumber(2) }, 'nobodys'],
  ])('%s with the same id move nothing', async (_, more, kind) => {
    await queue(db(), { at: now(), phone: phoneNumber(1) });
    await db()('messages')
      .where({ phone: phoneNumber(1) })
      .delete();
    await send();
    const told = report('delivered', 'id-1', more);
    expect((await recordDeliveryReport(db(), told, now())).kind).toBe(kind);
    expect(await onlyMessage(db())).toMatchObject({ state: 'accepted' });
    expect(await early()).toEqual({ count: kind === 'early' ? 1 : 0 });
  });
});

describeOnEachDatabase('a delivery report with an id that nobody knows', (database) => {
  const db = () => database().db;
  const phone = phoneNumber();
  const timedOut: SendOutcome = { accepted: false, failure: 'timedOut' };
  let clock = createClock();

  beforeEach(async () => {
    await emptyOutbox(db());
    clock = createClock();
  });

  const send = (sendSms: SendSms) => makeOutbox({ db: db(), sendSms, now: clock.now }).sendDue();
  async function unknown(sms: { phone?: Phone } = {}): Promise<void> {
    await queue(db(), { at: clock.now(), ...sms });
    await send(async () => timedOut);
    clock.pass(SECOND);
  }
  const tell = (told: Told, id: string, more: About = { phone }) =>
    recordDeliveryReport(db(), report(told, id, more), clock.now());
  const states = async () =>
    (await messages(db())).map(({ state, carrier_message_id: id }) => [state, id]);

  test('belongs to the one message of unknown fate to its number', async () => {
    await unknown();
    await unknown({ phone: phoneNumber(1) });
    expect((await tell('sent', 'X')).kind).toBe('applied');
    expect((await tell('blocked', 'X')).kind).toBe('applied');
    expect(await states()).toEqual([
      ['failed', 'X'],
      ['unknown', null],
    ]);
    expect((await tell('delivered', 'Y')).kind).toBe('early');
  });

  test('may come while the carrier still has not answered', async () => {
    await queue(db(), { at: clock.now() });
    const sending = makeOutbox({
      db: db(),
      now: clock.now,
      async sendSms() {
        expect((await tell('delivered', 'X')).kind).toBe('early');
        return timedOut;
      },
    });
    await sending.sendDue();
    expect(await states()).toEqual([['delivered', 'X']]);
    expect(sending.fates.map(({ state }) => state)).toEqual(['unknown', 'delivered']);
  });

  test('and before the process that was killed is missed', async () => {
    await queue(db(), { at: clock.now() });
    void send(() => new Promise(() => {}));
    await expect.poll(async () => (await onlyMessage(db())).state).toBe('sending');
    await tell('delivered', 'X');
    clock.pass(MINUTE);
    await send(async () => accepted('other'));
    expect(await states()).toEqual([['delivered', 'X']]);
  });

  test('waits until it can only be about one', async () => {
    await unknown();
    await queue(db(), { at: clock.now() });
    await send(async () => {
      expect((await tell('delivered', 'X')).kind).toBe('early');
      return accepted('Y');
    });
    expect(await states()).toEqual([
      ['delivered', 'X'],
      ['accepted', 'Y'],
    ]);
  });

  test('is nobody’s where it may be about two, or two may be about one', async () => {
    await unknown();
    await unknown();
    await tell('delivered', 'X');
    expect((await states()).map(([state]) => state)).toEqual(['unknown', 'unknown']);
    await emptyOutbox(db());
    await queue(db(), { at: clock.now() });
    await send(async () => {
      for (const id of ['X', 'Y']) await tell('delivered', id);
      return timedOut;
    });
    expect(await states()).toEqual([['unknown', null]]);
  });

  test('is not about what was sent after it, or three days before it', async () => {
    await queue(db(), { at: clock.now() });
    await tell('delivered', 'X');
    clock.pass(SECOND);
    await send(async () => timedOut);
    expect(await states()).toEqual([['unknown', null]]);
    clock.pass(72 * HOUR);
    await tell('delivered', 'Y');
    expect(await states()).toEqual([['unknown', null]]);
  });

  test('of another carrier, or without a number, is nobody’s', async () => {
    await unknown();
    await tell('delivered', 'X', { phone, carrier: 'another' });
    await tell('delivered', 'Y', {});
    expect(await states()).toEqual([['unknown', null]]);
  });
});
