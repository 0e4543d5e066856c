import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { createCharts } from '../../src/charts/charts.js';
import type { Phone } from '../../src/phone-number.js';
import { createNetwork, type Network } from '../../src/simulator/network.js';
import { simulatorRoutes } from '../../src/simulator/routes.js';
import { allFlows } from '../kit/engine-phone.js';

export const phone = '254712345678' as Phone;
export const other = '254722000111' as Phone;
export const secret = 'a-secret-of-22-characters';
export const morning = new Date('2026-05-03T06:04:45.678Z');

/** One request as a gateway gets it: nothing decoded. */
export type Got = {
  readonly route: string;
  readonly headers: IncomingMessage['headers'];
  readonly form: string;
};

/** What a gateway answers: a body with status 200, or a status without a body. */
export type Answer = string | number | Promise<string>;

/** A network with a simulator's routes before it and a gateway behind it that only takes notes. */
export type Bench = {
  readonly network: Network;
  readonly url: string;
  readonly got: Got[];
  /** What a service would log as a failure of its own. */
  readonly failures: unknown[];
  /** The forms that came to one route, decoded. */
  forms(route: string): Record<string, string>[];
  answer: (form: URLSearchParams) => Answer;
  /** Ends the live streams, as a service that stops does first. */
  endStreams(): void;
  stop(): Promise<void>;
};

export async function openBench({ patience = 5000 } = {}): Promise<Bench> {
  const got: Got[] = [];
  const stopping = new AbortController();
  let ids = 0;
  const network = createNetwork({
    gatewayUrl: () => bench.url,
    webhookSecret: secret,
    ussdCode: '*384*27#',
    smsShortCode: '22263',
    now: () => morning,
    randomBytes: (size) => {
      ids += 1;
      return Buffer.alloc(size, ids);
    },
    randomUUID: () => {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
    },
    patience,
  });

  const app = new Koa();
  const failures: unknown[] = [];
  app.on('error', (error) => failures.push(error));
  app.use(async (ctx, next) => {
    const route = ctx.path.split(`/africastalking/${secret}/`)[1];
    if (route === undefined) return next();
    let form = '';
    for await (const chunk of ctx.req) form += chunk;
    got.push({ route, headers: ctx.req.headers, form });
    const answer = route === 'ussd' ? await bench.answer(new URLSearchParams(form)) : 'OK';
    if (typeof answer === 'number') ctx.status = answer;
    else ctx.body = answer;
  });
  const charts = createCharts(await allFlows());
  const router = simulatorRoutes({ network, charts, stopping: stopping.signal });
  app.use(router.routes()).use(router.allowedMethods());

  const server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bench: Bench = {
    network,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    failures,
    forms: (route) =>
      got
        .filter((one) => one.route === route)
        .map(({ form }) => Object.fromEntries(new URLSearchParams(form))),
    answer: () => 'CON Welcome\n1 Register',
    endStreams: () => stopping.abort(),
    async stop() {
      stopping.abort();
      await network.settled();
      const closed = new Promise((resolve) => server.close(resolve));
      // Those that a client keeps for later would hold up the end of the test.
      server.closeAllConnections();
      await closed;
    },
  };
  return bench;
}

/** An answer that is given when the test says so. */
export function heldAnswer(): { promise: Promise<string>; give: (answer: string) => void } {
  let give: (answer: string) => void = () => {};
  const promise = new Promise<string>((resolve) => {
    give = resolve;
  });
  return { promise, give };
}
