import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect as openSocket, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect } from '../../src/database/connect.js';
import { freshDatabase, testServer } from '../kit/database.js';
import { newSessionId, ussdForm, WEBHOOK_SECRET } from '../kit/handset.js';
import { eventually, outboxEmptied } from '../kit/rows.js';
import { openService, type Service } from '../kit/service.js';

const TOKEN = 'a-metrics-token-for-tests-0003';

async function get(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, { headers });
  return { status: response.status, body: await response.text() };
}

describe('without a token for the metrics', () => {
  const { url } = inject('service');

  test.each(['/nothing', '/healthz/more', '/africastalking', '/.env'])(
    'there is no %s',
    async (path) => {
      expect(await get(url + path)).toMatchObject({ status: 404 });
    },
  );

  test('they are for this machine', async () => {
    const { status, body } = await get(`${url}/metrics`);
    expect(status).toBe(200);
    expect(body).toContain('# TYPE cp2_turns_total counter');
  });

  test.each([
    ['X-Forwarded-For', '203.0.113.7'],
    ['X-Forwarded-For', '127.0.0.1'],
    ['Forwarded', 'for=127.0.0.1'],
  ])('they are not for whom a proxy forwards: %s: %s', async (name, value) => {
    const { status, body } = await get(`${url}/metrics`, { [name]: value });
    expect(status).toBe(404);
    expect(body).not.toContain('cp2_');
  });
});

describe('a gateway with a token for its metrics', () => {
  let service: Service;
  beforeAll(async () => {
    service = await openService({
      env: { METRICS_TOKEN: TOKEN, SMS_DAILY_MESSAGES: '10' },
      fresh: await freshDatabase(),
    });
  });
  afterAll(() => service?.stop());

  test('says that nobody told it where phones find it', () => {
    expect(service.log()).toContain('PUBLIC_URL is not set');
  });

  test('is alive and ready', async () => {
    expect(await get(`${service.url}/healthz`)).toEqual({ status: 200, body: 'alive\n' });
    expect(await get(`${service.url}/readyz`)).toEqual({ status: 200, body: 'ready\n' });
  });

  test('is alive but not ready while the database lacks a migration', async () => {
    await service.db.raw('alter table knex_migrations rename to away');
    try {
      expect(await get(`${service.url}/readyz`)).toEqual({ status: 503, body: 'not ready\n' });
      expect(await get(`${service.url}/healthz`)).toMatchObject({ status: 200 });
    } finally {
      await service.db.raw('alter table away rename to knex_migrations');
    }
    expect(await get(`${service.url}/readyz`)).toMatchObject({ status: 200 });
  });

  test('counts turns, SMS and what was not readable', async () => {
    const phone = service.phone();
    const form = ussdForm({ session: newSessionId(), number: phone.number, text: '' });
    await service.post('ussd', form);
    await service.post('ussd', form);
    await service.post('ussd', { ...form, text: '7' });
    await service.post('ussd', { ...form, text: '8' });
    await service.post('ussd', { text: '8' });
    await phone.text('REGISTER');
    await outboxEmptied(service.db);
    const { id } = await service.carrier.next(phone.number);
    const report = { id, phoneNumber: phone.number, status: 'Success', networkCode: '63902' };
    for (const _ of ['first', 'again']) await service.post('delivery-reports', report);

    const { status, body } = await get(`${service.url}/metrics`, {
      authorization: `bearer ${TOKEN}`,
    });
    expect(status).toBe(200);
    for (const line of [
      'cp2_turns_total{channel="ussd",flow="home",outcome="taken"} 2',
      'cp2_turns_total{channel="ussd",flow="",outcome="repeated"} 1',
      'cp2_turns_total{channel="ussd",flow="",outcome="refused"} 1',
      'cp2_turns_total{channel="sms",flow="registration",outcome="taken"} 1',
      'cp2_turn_seconds_count{channel="ussd"} 4',
      'cp2_webhook_malformed_total{carrier="africastalking",webhook="ussd"} 1',
      'cp2_sms_sendings_total{carries="password",result="accepted",failure=""} 1',
      'cp2_sms_fates_total{network="63902",fate="accepted",cause=""} 1',
      'cp2_sms_fates_total{network="63902",fate="delivered",cause=""} 1',
      'cp2_sms_budget_used_ratio 0.1',
      'cp2_outbox_waiting 0',
      'cp2_outbox_oldest_seconds 0',
    ]) {
      expect(body.split('\n')).toContain(line);
    }
  });

  test.each([
    [
      'with it, from anywhere',
      { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '1.2.3.4' },
      200,
    ],
    ['without it, from this machine', {}, 404],
    ['with another', { authorization: `Bearer ${TOKEN}x` }, 404],
    ['with its beginning', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }, 404],
    ['with none', { authorization: 'Bearer ' }, 404],
    ['in another scheme', { authorization: `Basic ${TOKEN}` }, 404],
  ])('%s', async (_, headers, status) => {
    expect(await get(`${service.url}/metrics`, headers)).toMatchObject({ status });
  });

  test('stops after the turn and the SMS that are under way', async () => {
    const [early, late] = [service.phone(), service.phone()];
    const phones = [early, late].map(({ number }) => number.slice(1));
    const session = newSessionId();
    const turn = (text: string) => ussdForm({ session, number: late.number, text });
    await service.post('ussd', turn(''));
    await service.post('ussd', turn('1'));

    const release = service.carrier.hold();
    await early.text('REGISTER');
    await eventually(async () => {
      expect(await service.db('messages').pluck('state')).toContain('sending');
    });
    const probe = await halfARequest(service.url, '/readyz');
    const finishTurn = await beginTurn(service.url, turn('1*1'));

    const began = performance.now();
    const stopped = service.stopGateway();
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
    expect(await probe.finish()).toMatch(/^HTTP\/1.1 503 .*\r\nConnection: close\r\n/s);
    expect(await finishTurn()).toMatch(/^END Registered/);
    release();
    await stopped;
    expect(performance.now() - began, 'milliseconds').toBeLessThan(4_000);

    const database = await connect(service.database);
    const kept = await database
      .db('accounts')
      .whereIn('phone', phones)
      .orderBy('phone')
      .pluck('phone');
    const messages: { phone: string; state: string }[] = await database
      .db('messages')
      .whereIn('phone', phones)
      .orderBy('phone')
      .select('phone', 'state');
    await database.close();
    expect(kept).toEqual(phones);
    const sent = (number: string) => service.carrier.taken.some(({ to }) => to === number);
    expect(messages).toEqual([
      { phone: phones[0], state: 'accepted' },
      { phone: phones[1], state: sent(late.number) ? 'accepted' : 'queued' },
    ]);
    expect(sent(early.number)).toBe(true);
  });
});

test.skipIf(testServer === null)(
  'outlives its connections to PostgreSQL (set TEST_DATABASE_URL)',
  async () => {
    const service = await openService({ kind: 'postgresql' });
    try {
      const phone = service.phone();
      await phone.dial();
      const other = await connect(service.database);
      await other.db.raw(
        `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await other.close();
      await eventually(async () => {
        expect(await get(`${service.url}/readyz`)).toMatchObject({ status: 200 });
      });
      expect((await phone.reply('1')).text).toContain('1. I agree');
    } finally {
      await service.stop();
    }
  },
);

/** Sends a turn's head, and once the gateway has it gives the function that sends the rest. */
async function beginTurn(
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<() => Promise<string>> {
  const body = String(new URLSearchParams(form));
  const turn = request(`${url}/africastalking/${WEBHOOK_SECRET}/ussd`, {
    method: 'POST',
    // As carriers do: the connection would be kept.
    agent: new Agent({ keepAlive: true }),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  });
  turn.flushHeaders();
  await once(turn, 'continue');
  return async () => {
    turn.end(body);
    const [response] = await once(turn, 'response');
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return text;
  };
}

/** A request that has come in but for its last line. */
async function halfARequest(url: string, path: string): Promise<{ finish(): Promise<string> }> {
  const { hostname, port } = new URL(url);
  const socket: Socket = openSocket(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n`);
  await once(socket, 'connect');
  // Whoever is served after it shows that it has come.
  await get(`${url}/healthz`);
  return {
    async finish() {
      socket.write('\r\n');
      const [answer] = await once(socket, 'data');
      return String(answer);
    },
  };
}
