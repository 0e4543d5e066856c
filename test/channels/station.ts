import { once } from 'node:events';
import { type AddressInfo, createConnection } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import { onTestFinished } from 'vitest';
import type {
  CallEnding,
  Carrier,
  DeliveryReport,
  InboundSms,
  Listeners,
  UssdTurn,
} from '../../src/channels/channel.js';
import type { WebhookOptions } from '../../src/channels/webhooks/door.js';
import type { Fault } from '../../src/channels/webhooks/parsing.js';
import type { Phone } from '../../src/phone-number.js';

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
  readonly errors: { error: unknown; webhook: string }[];
  readonly faults: { fault: Fault; webhook: string }[];
};

export type Answer = {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
  readonly headers: Record<string, string>;
};

/** Where a row of a table comes from. */
export type Source = 'captured' | 'from the documentation' | 'written by hand';

export type Station = {
  readonly heard: Heard;
  readonly port: number;
  /** Sends any request to any path. */
  request(path: string, init: RequestInit & { duplex?: 'half' }): Promise<Answer>;
  /** Posts a body, as it stands on the wire, to a webhook with the right secret. */
  post(webhook: string, body: string, type?: string): Promise<Answer>;
  /** Posts JSON to the webhook for USSD. */
  postJson(body: string): Promise<Answer>;
  /** Asks the webhook for USSD with a query. */
  get(query: string): Promise<Answer>;
};

export type StationOptions = {
  readonly listeners?: Partial<Listeners>;
  readonly deadlineMs?: number;
};

/** A Koa app with a carrier's webhooks, listeners that record, and a page of its own for unknown paths. */
export async function openStation(
  open: (options: WebhookOptions) => Carrier,
  { listeners, ...more }: StationOptions = {},
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
  const carrier = open({
    secrets: [SECRET, NEXT_SECRET],
    onError: (error, { name }) => heard.errors.push({ error, webhook: name }),
    onMalformed: (fault, { name }) => heard.faults.push({ fault, webhook: name }),
    deadlineMs: 8_000,
    ...more,
  });
  const webhooks = carrier.webhooks?.({
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
  if (!webhooks) throw new Error(`${carrier.name} has no webhooks`);

  const app = new Koa();
  app.use(webhooks);
  // As in the gateway, a router that answers for other methods comes after the carriers.
  const pages = new Router();
  app.use(pages.routes()).use(pages.allowedMethods());
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

  const post = (webhook: string, body: string, type = FORM) =>
    request(`/${carrier.name}/${SECRET}/${webhook}`, {
      method: 'POST',
      headers: { 'Content-Type': type },
      body,
    });
  return {
    heard,
    port,
    request,
    post,
    postJson: (body) => post('ussd', body, 'application/json'),
    get: (query) => request(`/${carrier.name}/${SECRET}/ussd?${query}`, {}),
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
