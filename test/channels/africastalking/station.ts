import { once } from 'node:events';
import { type AddressInfo, createConnection } from 'node:net';
import Koa from 'koa';
import { onTestFinished } from 'vitest';
import type { Fault } from '../../../src/channels/africastalking/fields.js';
import { createAfricasTalking } from '../../../src/channels/africastalking/index.js';
import type { WebhookName, WebhookOptions } from '../../../src/channels/africastalking/webhooks.js';
import type {
  CallEnding,
  DeliveryReport,
  InboundSms,
  Listeners,
  UssdTurn,
} from '../../../src/channels/channel.js';
import type { Phone } from '../../../src/phone-number.js';

export const SECRET = 'a-secret-of-22-letters-or-more';
export const NEXT_SECRET = 'another-one-that-is-coming-in';
export const FORM = 'application/x-www-form-urlencoded';

/** What got through to the listeners, in order, and what was reported. */
export type Heard = {
  readonly turns: UssdTurn[];
  readonly sms: InboundSms[];
  readonly reports: DeliveryReport[];
  readonly optOuts: Phone[];
  readonly endings: CallEnding[];
  readonly errors: { error: unknown; webhook: WebhookName }[];
  readonly faults: { fault: Fault; webhook: WebhookName }[];
};

export type Answer = {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
  readonly headers: Record<string, string>;
};

export type Station = {
  readonly heard: Heard;
  readonly port: number;
  /** Sends any request to any path. */
  request(path: string, init: RequestInit & { duplex?: 'half' }): Promise<Answer>;
  /** Posts a body, as it stands on the wire, to a webhook with the right secret. */
  post(webhook: WebhookName, body: string, type?: string): Promise<Answer>;
};

/** A Koa app with the webhooks, listeners that record, and a page of its own for unknown paths. */
export async function startStation(
  listeners: Partial<Listeners> = {},
  options: Partial<WebhookOptions> = {},
): Promise<Station> {
  const heard: Heard = {
    turns: [],
    sms: [],
    reports: [],
    optOuts: [],
    endings: [],
    errors: [],
    faults: [],
  };
  const carrier = createAfricasTalking({
    secrets: [SECRET, NEXT_SECRET],
    onError: (error, webhook) => heard.errors.push({ error, webhook }),
    onMalformed: (fault, webhook) => heard.faults.push({ fault, webhook }),
    ...options,
    sms: { username: 'test', apiKey: 'unused', baseUrl: null, senderId: null, timeoutMs: 1 },
  });
  const webhooks = carrier.webhooks({
    ussd: async (turn) => {
      heard.turns.push(turn);
      return { text: 'Welcome', ended: false };
    },
    callEnded: async (ending) => void heard.endings.push(ending),
    sms: async (message) => void heard.sms.push(message),
    deliveryReport: async (report) => void heard.reports.push(report),
    optOut: async (phone) => void heard.optOuts.push(phone),
    ...listeners,
  });

  const app = new Koa();
  app.use(webhooks.routes());
  app.use(webhooks.allowedMethods());
  app.use((ctx) => {
    ctx.status = 404;
    ctx.body = 'There is no such page.';
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;

  async function request(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    const { date: _, ...headers } = Object.fromEntries(response.headers);
    const type = response.headers.get('Content-Type');
    return { status: response.status, type, body: await response.text(), headers };
  }

  return {
    heard,
    port,
    request,
    post: (webhook, body, type = FORM) =>
      request(`/africastalking/${SECRET}/${webhook}`, {
        method: 'POST',
        headers: { 'Content-Type': type, 'User-Agent': 'at-ussd-api/1.0' },
        body,
      }),
  };
}

/** A bare connection, for requests that no HTTP client sends. */
export function connect(port: number): {
  write(bytes: string): void;
  /** The first line of the next piece that comes back. */
  firstLine(): Promise<string>;
} {
  const socket = createConnection(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  return {
    write: (bytes) => void socket.write(bytes),
    async firstLine() {
      const [piece] = await once(socket, 'data');
      return String(piece).split('\r\n', 1)[0] ?? '';
    },
  };
}
