import { EventEmitter, once } from 'node:events';
import type { DeliveryReport, InboundSms, SendSms } from '../../../src/channels/channel.js';
import type { InboundFault } from '../../../src/channels/smpp/inbound.js';
import {
  type BindNews,
  createSmpp,
  type SmppAccount,
  type Times,
} from '../../../src/channels/smpp/index.js';
import { openSmsc, type Smsc, SYSTEM_ID } from './smsc.js';

/** A gateway's end of the line: what it hears and says, and what it makes of it. */
export type Station = {
  readonly smsc: Smsc;
  readonly sendSms: SendSms;
  readonly heard: (InboundSms | DeliveryReport)[];
  readonly faults: InboundFault[];
  readonly errors: unknown[];
  readonly news: BindNews[];
  /** Ids that are settled: the message centre knows. */
  readonly settled: string[];
  /** What is done with an inbound SMS before it is heard. */
  onSms: (message: InboundSms) => Promise<void>;
  /** The next news of the bind of a kind. */
  nextNews(kind: BindNews['kind']): Promise<BindNews>;
  nextSettled(): Promise<string>;
  close(): Promise<void>;
  stop(): Promise<void>;
};

type StationOptions = {
  readonly account?: Partial<SmppAccount>;
  readonly times?: Partial<Times>;
  readonly smsc?: Smsc;
};

/** Short, where a test is to see them pass; long, where it is not. */
const times: Times = {
  enquireMs: 60_000,
  firstWaitMs: 1,
  longestWaitMs: 20,
  responseMs: 4_000,
  waitMs: 3_000,
};

export async function openStation(options: StationOptions = {}): Promise<Station> {
  const smsc = options.smsc ?? (await openSmsc());
  const events = new EventEmitter();
  const heard: (InboundSms | DeliveryReport)[] = [];
  const faults: InboundFault[] = [];
  const errors: unknown[] = [];
  const news: BindNews[] = [];
  const settled: string[] = [];
  const ids = new Map<string, string>();
  const carrier = createSmpp({
    account: {
      place: { host: '127.0.0.1', port: smsc.port, tls: false },
      systemId: SYSTEM_ID,
      password: smsc.password,
      source: { ton: 3, npi: 0, address: '22263' },
      binds: 'transceiver',
      messageIds: 'same',
      ...options.account,
    },
    times: { ...times, ...options.times },
    identities: {
      async identify(phone, content) {
        const key = `${phone} ${content.toString('hex')}`;
        const id = ids.get(key) ?? `sms-${settled.length}-${ids.size}`;
        ids.set(key, id);
        return id;
      },
      async settle(_phone, id) {
        for (const [key, known] of ids) if (known === id) ids.delete(key);
        settled.push(id);
        events.emit('settled', id);
      },
    },
    onError: (error) => errors.push(error),
    onMalformed: (fault) => faults.push(fault),
    onNews(one) {
      news.push(one);
      events.emit(one.kind, one);
    },
  });
  const station: Station = {
    smsc,
    sendSms: carrier.sendSms,
    ...{ heard, faults, errors, news, settled },
    onSms: async () => {},
    async nextNews(kind) {
      const [one] = await once(events, kind, { signal: AbortSignal.timeout(5_000) });
      return one as BindNews;
    },
    async nextSettled() {
      const [id] = await once(events, 'settled', { signal: AbortSignal.timeout(5_000) });
      return id as string;
    },
    close: () => connection.close(),
    async stop() {
      await connection.close();
      await smsc.stop();
    },
  };
  const unexpected = () => Promise.reject(new Error('not by SMPP'));
  const connection = await carrier.connect({
    ussd: unexpected,
    callEnded: unexpected,
    optOut: unexpected,
    async sms(message) {
      await station.onSms(message);
      heard.push(message);
    },
    async deliveryReport(report) {
      heard.push(report);
    },
  });
  return station;
}
