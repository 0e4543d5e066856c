import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readRejection } from '../../../src/channels/africastalking/send-outcome.js';
import {
  createSender,
  messagingUrl,
  type SenderOptions,
} from '../../../src/channels/africastalking/sender.js';
import type { SendFailure, SendOutcome } from '../../../src/channels/channel.js';
import { type Phone, readPhone } from '../../../src/phone-number.js';

const KEY = 'atsk_0123456789abcdef-the-api-key';
const TEXT = 'KNEC: your password is 1234 5678';
const PHONE = readPhone('0712345678') as Phone;

type Seen = { method: string | undefined; path: string | undefined; apiKey: unknown; form: object };
type Respond = (response: ServerResponse, request: IncomingMessage) => void;

/** Plays Africa's Talking's API, with literal answers. */
async function startApi(respond: Respond): Promise<{ root: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await readAll(request)));
    const { method, url: path } = request;
    const { apikey: apiKey } = request.headers;
    seen.push({ method, path, apiKey, form });
    respond(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function answer(status: number, body: string, headers: Record<string, string> = {}): Respond {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
  };
}

function sender(baseUrl: string, options: Partial<SenderOptions> = {}) {
  return createSender({
    username: 'knec',
    apiKey: KEY,
    baseUrl,
    senderId: null,
    timeoutMs: 5_000,
    ...options,
  });
}

function toOne(statusCode: number | string, status: string, messageId = 'None'): string {
  return `{"SMSMessageData":{"Message":"Sent to 0/1 Total Cost: 0","Recipients":[{"statusCode":${JSON.stringify(
    statusCode,
  )},"number":"+254712345678","status":"${status}","cost":"0","messageId":"${messageId}"}]}}`;
}

function toNobody(message: string): string {
  return `{"SMSMessageData":{"Message":"${message}","Recipients":[]}}`;
}

const failed = (failure: SendFailure): SendOutcome => ({ accepted: false, failure });

const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words.join(' ')));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  expect(printed).toEqual([]);
});

async function outcomeOf(respond: Respond): Promise<SendOutcome> {
  const { root } = await startApi(respond);
  const outcome = await sender(root)(PHONE, TEXT);
  expect(JSON.stringify(outcome)).not.toContain(KEY);
  expect(JSON.stringify(outcome)).not.toContain('1234 5678');
  return outcome;
}

describe('an SMS on the wire', () => {
  const success = answer(
    201,
    '{"SMSMessageData":{"Message":"Sent to 1/1 Total Cost: KES 0.8000","Recipients":[{"statusCode":101,"number":"+254712345678","status":"Success","cost":"KES 0.8000","messageId":"ATXid_0123"}]}}',
  );

  test('from the documentation: what is sent, and what comes back', async () => {
    const { root, seen } = await startApi(success);
    expect(await sender(root)(PHONE, TEXT)).toEqual({
      accepted: true,
      carrierMessageId: 'ATXid_0123',
      cost: 'KES 0.8000',
    });
    const form = { username: 'knec', to: '+254712345678', message: TEXT, bulkSMSMode: '1' };
    expect(seen).toEqual([{ method: 'POST', path: '/version1/messaging', apiKey: KEY, form }]);
  });

  test.each(['', '/', '/simulator/africastalking', '/simulator/africastalking/'])(
    'below a root that ends in "%s", with a sender id and unusual letters',
    async (path) => {
      const { root, seen } = await startApi(success);
      const send = sender(`${root}${path}`, { senderId: 'KNEC' });
      expect(await send(PHONE, 'Ñ & + = %\n😀')).toMatchObject({ accepted: true });
      expect(seen).toMatchObject([
        {
          path: `${path.replace(/\/$/, '')}/version1/messaging`,
          form: { from: 'KNEC', message: 'Ñ & + = %\n😀' },
        },
      ]);
    },
  );

  test('senders of one process at the same time do not mix', async () => {
    const one = await startApi(success);
    const two = await startApi(success);
    const quick = sender(one.root, { username: 'sandbox' });
    const slow = sender(two.root, { timeoutMs: 10_000 });
    await Promise.all([quick(PHONE, 'a'), slow(PHONE, 'b'), quick(PHONE, 'c'), slow(PHONE, 'd')]);
    expect(messagesOf(one.seen)).toEqual(['a', 'c']);
    expect(messagesOf(two.seen)).toEqual(['b', 'd']);
  });

  test('a proxy in the environment is no way to the own machine', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1');
    expect(await outcomeOf(success)).toMatchObject({ accepted: true });
  });

  test('every Kenyan mobile prefix passes', async () => {
    const { root } = await startApi(success);
    for (const written of ['0700000000', '0799999999', '0100000000', '0199999999']) {
      const outcome = await sender(root)(readPhone(written) as Phone, TEXT);
      expect(outcome, written).toMatchObject({ accepted: true });
    }
  });
});

describe('what Africa’s Talking says of the SMS', () => {
  test.each([100, 101, 102, '101'])('%s is accepted', async (code) => {
    const outcome = await outcomeOf(answer(201, toOne(code, 'Success', 'ATXid_1')));
    expect(outcome).toEqual({ accepted: true, carrierMessageId: 'ATXid_1', cost: '0' });
  });

  test.each<[number, string, SendFailure]>([
    [401, 'RiskHold', 'refused'],
    [402, 'InvalidSenderId', 'invalidSender'],
    [403, 'InvalidPhoneNumber', 'invalidNumber'],
    [404, 'UnsupportedNumberType', 'invalidNumber'],
    [405, 'InsufficientBalance', 'noCredit'],
    [406, 'UserInBlacklist', 'blocked'],
    [407, 'CouldNotRoute', 'refused'],
    [408, 'SomethingNew', 'refused'],
    [409, 'DoNotDisturbRejection', 'blocked'],
    [500, 'InternalServerError', 'carrierDown'],
    [501, 'GatewayError', 'carrierDown'],
    [502, 'RejectedByGateway', 'carrierDown'],
    [599, 'SomethingNew', 'carrierDown'],
    [0, 'SomethingNew', 'refused'],
  ])('from the documentation: %i %s is %s', async (code, word, failure) => {
    expect(await outcomeOf(answer(201, toOne(code, word)))).toEqual(failed(failure));
  });

  test.each<[string, SendFailure]>([
    ['InvalidSenderId', 'invalidSender'],
    ['InsufficientBalance', 'noCredit'],
    ['Sent to 0/1 Total Cost: 0 Message: Insufficientbalance', 'noCredit'],
    ['Sent to 0/1 Total Cost: 0', 'refused'],
    ['', 'refused'],
  ])('written by hand: no recipient, and the message "%s", is %s', async (message, failure) => {
    expect(await outcomeOf(answer(201, toNobody(message)))).toEqual(failed(failure));
  });

  test.each<[string, number, string, SendFailure]>([
    ['accepted, but without an id', 201, toOne(101, 'Success'), 'timedOut'],
    ['a 200 where 201 is due', 200, toOne(406, 'UserInBlacklist'), 'blocked'],
    ['a conflict in full', 409, toOne(409, 'DoNotDisturbRejection'), 'blocked'],
    ['a bad request in full', 400, toNobody('InvalidSenderId'), 'invalidSender'],
    ['a bad request', 400, 'Bad Request', 'refused'],
    ['wrong credentials', 401, 'The supplied authentication is invalid', 'badCredentials'],
    ['no right to it', 403, '', 'badCredentials'],
    ['no such path', 404, 'Not Found', 'carrierDown'],
    ['too many', 429, '', 'rateLimited'],
    ['a failure', 500, `{"error":"${KEY}"}`, 'carrierDown'],
    ['a gateway without a service', 503, '<html><h1>Maintenance</h1></html>', 'carrierDown'],
    ['a gateway that has waited too long', 504, '', 'timedOut'],
    ['a page instead of an answer', 200, '<html><h1>Pay for Wi-Fi</h1></html>', 'carrierDown'],
    ['a page with the status of success', 201, '<html></html>', 'timedOut'],
    ['null', 201, 'null', 'timedOut'],
    ['null with the wrong status', 200, 'null', 'carrierDown'],
    ['nothing', 201, '', 'timedOut'],
    ['nothing, and so many words', 204, '', 'carrierDown'],
    ['JSON cut short', 201, '{"SMSMessageData":{"Mess', 'timedOut'],
    ['another JSON', 201, '{"errorMessage":"no"}', 'timedOut'],
    ['no recipients at all', 201, '{"SMSMessageData":{}}', 'refused'],
    ['recipients of no sense', 201, '{"SMSMessageData":{"Recipients":"x"}}', 'refused'],
    ['a megabyte', 201, `"${'x'.repeat(1_000_000)}"`, 'timedOut'],
  ])('written by hand: %s (%i) is a failure', async (_, status, body, failure) => {
    expect(await outcomeOf(answer(status, body))).toEqual(failed(failure));
  });

  test('a redirect is not followed: the API key stays here', async () => {
    const elsewhere = await startApi(answer(201, toOne(101, 'Success', 'ATXid_1')));
    const redirect = answer(307, '', { Location: `${elsewhere.root}/version1/messaging` });
    expect(await outcomeOf(redirect)).toEqual(failed('carrierDown'));
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('no answer', () => {
  test.each<[string, Respond]>([
    ['never begins', () => {}],
    ['never ends', (response) => response.writeHead(201).write('{"SMSMess')],
  ])('one that %s is given up in time, and its connection closed', async (_, respond) => {
    const connections: Promise<unknown>[] = [];
    const { root } = await startApi((response, request) => {
      connections.push(once(request.socket, 'close'));
      respond(response, request);
    });
    expect(await sender(root, { timeoutMs: 100 })(PHONE, TEXT)).toEqual(failed('timedOut'));
    expect(connections).toHaveLength(1);
    await Promise.all(connections);
  });

  test('a connection cut in the middle leaves the outcome unknown', async () => {
    const cut: Respond = (_, request) => request.socket.destroy();
    expect(await outcomeOf(cut)).toEqual(failed('timedOut'));
  });

  test('nobody listens', async () => {
    expect(await sender('http://127.0.0.1:1')(PHONE, TEXT)).toEqual(failed('carrierDown'));
  });

  test.each<[string, SendFailure]>([
    ['ENOTFOUND', 'carrierDown'],
    ['EAI_AGAIN', 'carrierDown'],
    ['CERT_HAS_EXPIRED', 'carrierDown'],
    ['ETIMEDOUT', 'timedOut'],
    ['ECONNABORTED', 'timedOut'],
  ])('written by hand: the network says %s', (code, failure) => {
    const reason = Object.assign(new Error('no'), {
      isAxiosError: true,
      code,
      config: { headers: { apikey: KEY } },
    });
    expect(readRejection(reason)).toEqual(failed(failure));
  });
});

test('a number that the SDK itself refuses', async () => {
  const { root, seen } = await startApi(answer(201, toOne(101, 'Success', 'ATXid_1')));
  // The type says that this cannot be; a row from elsewhere could still hold it.
  expect(await sender(root)('123' as Phone, TEXT)).toEqual(failed('invalidNumber'));
  expect(seen).toEqual([]);
});

test.each<[string | null, string, string]>([
  [null, 'knec', 'https://api.africastalking.com/version1/messaging'],
  [null, 'sandbox', 'https://api.sandbox.africastalking.com/version1/messaging'],
  [null, 'Sandbox', 'https://api.sandbox.africastalking.com/version1/messaging'],
  ['http://127.0.0.1:3000', 'sandbox', 'http://127.0.0.1:3000/version1/messaging'],
  ['https://proxy.example/at/', 'knec', 'https://proxy.example/at/version1/messaging'],
])('with the root %s, %s posts to %s', (baseUrl, username, url) => {
  expect(messagingUrl(baseUrl, username).href).toBe(url);
});

function messagesOf(seen: readonly Seen[]): unknown[] {
  return seen.map(({ form }) => ('message' in form ? form.message : undefined)).sort();
}
