import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../proof/random.js';
import { type DrawFor, hexFrom } from './drawing.js';
import { delivered, type Report, reportsFor } from './reports.js';

/** One request of a process to send an SMS, and what the API made of it. */
export type Posting = {
  readonly to: string;
  readonly text: string;
  /** Which process sent it. */
  readonly by: number;
  readonly at: number;
  /** The id under which it was taken; null where it was refused, or went lost on its way here. */
  readonly id: string | null;
  /** `refused` and `accepted` are answers; `none`: the sender was told nothing. */
  answer: 'refused' | 'accepted' | 'none';
  /** When the sender had been told that it was accepted; null where it never was. */
  heardAt: number | null;
  /** What the network has reported of it in the end. */
  reported: 'delivered' | 'failed' | null;
};

/** What to do at an instant that matters, with the process that it matters to. */
type Strike = (by: number) => void;

/**
 * A stand-in for Africa's Talking's sending API that fails as the real one does: it refuses one SMS in
 * five for now, leaves one in twenty without an answer (one half of them taken all the same), and
 * reports on some of those that it has taken, early, late, twice, in any order.
 */
export type SendingApi = {
  /** The root of the API for each of the senders. */
  url(by: number): string;
  readonly postings: readonly Posting[];
  /** At the next SMS that is taken, before its sender is told, or right after; until the returned function is called. */
  strikeAt(when: 'taken' | 'heard', strike: Strike): () => void;
  /** Settles when the network has reported all that it will. */
  reported(): Promise<void>;
  /** Breaks the connections on which somebody still waits for an answer, and from now on at once. */
  breakOff(): void;
  /** From now on takes everything, delivers it at once, and reports so. */
  recover(): void;
  stop(): Promise<void>;
};

/** A sender gives up after ten seconds: so few are kept waiting that the test need not. */
const MOST_HANGING = 3;
const HANGING_SHARE = 0.2;

export async function openSendingApi(
  draw: DrawFor,
  report: (report: Report) => Promise<unknown>,
): Promise<SendingApi> {
  const postings: Posting[] = [];
  const nextFate = dealing(draw);
  const countOf = new Map<string, number>();
  const strikes = { taken: new Set<Strike>(), heard: new Set<Strike>() };
  const underWay = new Set<Promise<void>>();
  let recovered = false;
  let mayHang = true;
  const hanging = new Set<ServerResponse>();

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await read(request).catch(() => null);
    if (!form) return;
    const by = Number(/^\/(\d+)\//.exec(request.url ?? '')?.[1]);
    const [to, text] = [form.get('to') ?? '', form.get('message') ?? ''];
    const nth = (countOf.get(to) ?? 0) + 1;
    countOf.set(to, nth);
    const random = draw('sending', to, nth);
    const about = { to, text, by, at: Date.now() };
    const fate = recovered ? 'taken' : nextFate();
    if (fate === 'refused') {
      postings.push({ ...about, id: null, answer: 'refused', heardAt: null, reported: null });
      return refuse(response, to, random);
    }
    const isTaken = fate !== 'lost';
    const id = isTaken ? `ATXid_${hexFrom(random)}` : null;
    const posting: Posting = { ...about, id, answer: 'none', heardAt: null, reported: null };
    postings.push(posting);
    const { early, late } = recovered ? delivered(posting) : reportsFor(random, posting);
    for (const one of early) await report(one);
    for (const strike of strikes.taken) strike(by);
    const reporting = sendLater(late).finally(() => underWay.delete(reporting));
    underWay.add(reporting);
    if (fate === 'taken') await accept(response, posting, random);
    // Most connections break; some stay as if somebody might still say something.
    else if (mayHang && hanging.size < MOST_HANGING && random.chance(HANGING_SHARE))
      hanging.add(response);
    else response.destroy();
  }

  async function accept(response: ServerResponse, posting: Posting, random: Random): Promise<void> {
    await pause(random.below(20));
    response.on('finish', () => {
      posting.heardAt = Date.now();
      for (const strike of strikes.heard) strike(posting.by);
    });
    posting.answer = 'accepted';
    answerWith(response, 201, {
      ...{ number: posting.to, messageId: posting.id, cost: 'KES 0.8000' },
      ...{ statusCode: 101, status: 'Success' },
    });
  }

  async function sendLater(reports: readonly Report[]): Promise<void> {
    for (const one of reports) {
      await pause(one.afterMs);
      await report(one);
    }
  }

  const server = createServer((request, response) => {
    response.on('error', () => {});
    void take(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: (by) => `http://127.0.0.1:${port}/${by}`,
    postings,
    strikeAt(when, strike) {
      const once = (by: number) => {
        strikes[when].delete(once);
        strike(by);
      };
      strikes[when].add(once);
      return () => strikes[when].delete(once);
    },
    async reported() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    breakOff() {
      mayHang = false;
      for (const response of hanging) response.destroy();
    },
    recover() {
      recovered = true;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Fate = 'taken' | 'refused' | 'lost' | 'kept';

/** Of forty, eight are refused and two get no answer: one that is `lost`, one that is `kept` all the same. */
const deck: readonly Fate[] = [
  ...Array<Fate>(30).fill('taken'),
  ...Array<Fate>(8).fill('refused'),
  ...(['lost', 'kept'] as const),
];

/** Deals one fate after the other, each deck in an order of its own. */
function dealing(draw: DrawFor): () => Fate {
  let dealt = 0;
  let hand: Fate[] = [];
  return () => {
    if (hand.length === 0) {
      hand = [...deck];
      dealt += 1;
    }
    const [fate = 'taken'] = hand.splice(draw('deck', dealt, hand.length).below(hand.length), 1);
    return fate;
  };
}

/** In every way that asks to try again. */
function refuse(response: ServerResponse, number: string, random: Random): void {
  const code = random.pick([500, 501, 502, null] as const);
  if (code === null) {
    response.writeHead(random.pick([429, 500, 503]), { 'content-type': 'text/html' });
    response.end('<h1>Sorry</h1>');
    return;
  }
  const status = { 500: 'InternalServerError', 501: 'GatewayError', 502: 'RejectedByGateway' }[
    code
  ];
  answerWith(response, 201, { number, statusCode: code, status, messageId: 'None', cost: '0' });
}

function answerWith(response: ServerResponse, status: number, recipient: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  const data = { Message: 'Sent to 1/1', Recipients: [recipient] };
  response.end(JSON.stringify({ SMSMessageData: data }));
}

async function read(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
