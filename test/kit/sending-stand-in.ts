import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An SMS as Africa's Talking's API was given it, and the id under which reports speak of it. */
export type TakenSms = { readonly to: string; readonly message: string; readonly id: string };

/** How Africa's Talking refuses a number: 403 InvalidPhoneNumber, 406 UserInBlacklist and so on. */
export type Refusal = { readonly statusCode: number; readonly status: string };

/** A stand-in for Africa's Talking's sending API, at `<url>/version1/messaging`. */
export type SendingStandIn = {
  readonly url: string;
  readonly taken: readonly TakenSms[];
  /**
   * The oldest SMS to a number that nobody has asked for yet; waits for it up to five seconds. Other
   * processes ask by `GET <url>/next?to=…`, see {@link nextSmsAt}.
   */
  next(to: string): Promise<TakenSms>;
  /** From now on refuses SMS to a number; with null, takes them again. */
  refuse(to: string, refusal: Refusal | null): void;
  /** Keeps every sender waiting for an answer until the returned function is called. */
  hold(): () => void;
  stop(): Promise<void>;
};

const WAIT_MS = 15_000;

export async function openSendingStandIn(): Promise<SendingStandIn> {
  const taken: TakenSms[] = [];
  const given = new Set<string>();
  const waiting = new Set<() => void>();
  const refusals = new Map<string, Refusal>();
  let held: Promise<void> = Promise.resolve();

  const next = (to: string) =>
    new Promise<TakenSms>((resolve, reject) => {
      const look = () => {
        const sms = taken.find((one) => one.to === to && !given.has(one.id));
        if (!sms) return;
        given.add(sms.id);
        finish();
        resolve(sms);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error('no SMS has come'));
      }, WAIT_MS);
      const finish = () => {
        clearTimeout(timer);
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
    if (pathname === '/next') {
      next(searchParams.get('to') ?? '').then(
        ({ message }) => response.end(message),
        () => response.writeHead(404).end(),
      );
      return;
    }
    void read(request).then(async (form) => {
      const sms = {
        to: form.get('to') ?? '',
        message: form.get('message') ?? '',
        id: `ATXid_${randomUUID()}`,
      };
      await held;
      const refusal = refusals.get(sms.to);
      const recipient = {
        number: sms.to,
        ...(refusal
          ? { ...refusal, cost: '0', messageId: 'None' }
          : { statusCode: 101, status: 'Success', cost: 'KES 0.8000', messageId: sms.id }),
      };
      response.writeHead(201, { 'content-type': 'application/json' });
      const body = { SMSMessageData: { Message: 'Sent to 1/1', Recipients: [recipient] } };
      response.end(JSON.stringify(body));
      if (refusal) return;
      taken.push(sms);
      for (const look of waiting) look();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    next,
    refuse(to, refusal) {
      if (refusal) refusals.set(to, refusal);
      else refusals.delete(to);
    },
    hold() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The next SMS to a number from a stand-in in another process. */
export async function nextSmsAt(standIn: string, to: string): Promise<string> {
  const response = await fetch(`${standIn}/next?${new URLSearchParams({ to })}`);
  if (!response.ok) throw new Error('no SMS has come');
  return response.text();
}

async function read(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
