import { describe, expect, test } from 'vitest';
import { ussdWires } from '../../src/channels/carriers.js';
import type { CallEnding, UssdTurn } from '../../src/channels/channel.js';
import type { DeclaredWire } from '../../src/channels/wires/declaration.js';
import { createWireCarrier } from '../../src/channels/wires/wire-carrier.js';
import type { HostileRequest } from '../kit/hostile-requests.js';
import {
  type Answer,
  FORM,
  NEXT_SECRET,
  openStation,
  SECRET,
  type Source,
  type Station,
  type StationOptions,
} from './station.js';

/** A request as it stands on the wire, what is heard of it, and the answer to the letter. */
export type Row = {
  readonly source: Source;
  readonly label: string;
  readonly request: string;
  readonly reply: string;
} & (
  | { readonly turn: Omit<UssdTurn, 'carrier'> }
  | { readonly ending: Pick<CallEnding, 'session' | 'phone' | 'outcome' | 'network'> }
);

export type WireTable = {
  readonly wire: DeclaredWire;
  /** How a request gets to the station. */
  readonly send: (station: Station, request: string) => Promise<Answer>;
  readonly type: 'application/json; charset=utf-8' | 'text/plain; charset=utf-8';
  readonly rows: readonly Row[];
  /** Requests that are refused, with their answer to the letter. */
  readonly refused: readonly {
    readonly source: Source;
    readonly label: string;
    readonly request: string;
    readonly reply: string;
  }[];
  readonly hostile: readonly HostileRequest[];
  /** A request, and its answers to the letter when we fail and when the call is to end. */
  readonly failing: {
    readonly request: string;
    readonly apology: string;
    readonly farewell: string;
  };
};

const UNREADABLE = 'Sorry, we could not read that. Please dial again.';
const UNSERVED = 'Sorry, only Kenyan mobile numbers can use this.';

export function wireNamed(name: string): DeclaredWire {
  const wire = ussdWires.get(name);
  if (!wire) throw new Error(`there is no wire named ${name}`);
  return wire;
}

/** What is promised of a carrier that does USSD alone. */
export function describeWire({
  wire,
  send,
  type,
  rows,
  refused,
  hostile,
  failing,
}: WireTable): void {
  const open = (options: StationOptions = {}) =>
    openStation((webhooks) => createWireCarrier(wire, webhooks), options);
  const nothing = { turns: [], endings: [], sms: [], reports: [], optOuts: [] };

  test.each(rows)('$source: $label', async ({ request, reply, ...row }) => {
    const station = await open();
    expect(await send(station, request)).toMatchObject({ status: 200, type, body: reply });
    const carrier = wire.name;
    expect(station.heard).toEqual({
      ...nothing,
      ...('turn' in row
        ? { turns: [{ carrier, ...row.turn }] }
        : { endings: [{ carrier, ...row.ending, durationMs: null, hops: null, cost: null }] }),
      errors: [],
      faults: [],
    });
  });

  test.each(refused)('$source, refused: $label', async ({ request, reply }) => {
    const station = await open();
    expect(await send(station, request)).toMatchObject({ status: 200, type, body: reply });
    expect(station.heard).toMatchObject({ ...nothing, errors: [], faults: [{ webhook: 'ussd' }] });
  });

  test.each(hostile)('written by hand, refused: $label', async ({ written, kind, fields }) => {
    const station = await open();
    const { status, body } = await send(station, written);
    expect(status).toBe(200);
    expect(body).toContain(kind === 'malformed' ? UNREADABLE : UNSERVED);
    expect(station.heard).toEqual({
      ...{ ...nothing, errors: [] },
      faults: [{ fault: { kind, fields }, webhook: 'ussd' }],
    });
  });

  describe('the door', () => {
    const [method = ''] = wire.request.split(' ');
    const good = failing.request;
    const ownType = wire.request === 'POST json' ? 'application/json' : FORM;
    const path = (secret: string) =>
      `/${wire.name}/${secret}/ussd${method === 'GET' ? `?${good}` : ''}`;
    const init = (changes: RequestInit = {}): RequestInit =>
      method === 'GET'
        ? changes
        : { method, headers: { 'Content-Type': ownType }, body: good, ...changes };

    test('either of two secrets opens it; with another it is an unknown path', async () => {
      const station = await open();
      for (const secret of [SECRET, NEXT_SECRET]) {
        expect((await station.request(path(secret), init())).status).toBe(200);
      }
      const heard = structuredClone(station.heard);
      for (const secret of ['wrong', SECRET.slice(1), SECRET.toUpperCase(), '%E0%A4', '', 'é']) {
        for (const request of [init(), { method: 'OPTIONS' }, { method: 'DELETE' }]) {
          const unknown = await station.request('/nowhere', request);
          expect(await station.request(path(secret), request), secret).toEqual(unknown);
        }
      }
      expect(station.heard).toEqual(heard);
    });

    test('another method is 405', async () => {
      const station = await open();
      const others = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'];
      for (const other of others.filter((one) => one !== method)) {
        const answer = await station.request(path(SECRET), { method: other });
        expect(answer.status, other).toBe(405);
        expect(answer.headers).toMatchObject({ allow: method });
      }
      expect(station.heard.turns).toEqual([]);
    });

    if (method === 'GET') {
      test('a query of 20 KB is refused', async () => {
        const station = await open();
        expect((await station.get(`${good}&a=${'1'.repeat(20_000)}`)).status).toBe(431);
        expect(station.heard).toMatchObject(nothing);
      });
      return;
    }

    test('another content type is 415, over 16 KiB is 413', async () => {
      const station = await open();
      const types = ['text/plain', 'multipart/form-data; boundary=x', 'application/xml', 'x'];
      const other = ownType === FORM ? 'application/json' : FORM;
      for (const type of [other, ...types]) {
        expect((await station.post('ussd', good, type)).status, type).toBe(415);
      }
      const compressed = { 'Content-Type': ownType, 'Content-Encoding': 'gzip' };
      const answer = await station.request(path(SECRET), init({ headers: compressed }));
      expect(answer.status).toBe(415);
      for (const size of [16 * 1024 + 1, 1_000_000]) {
        expect((await station.post('ussd', good.padEnd(size), ownType)).status).toBe(413);
      }
      expect(station.heard).toMatchObject({ ...nothing, errors: [], faults: [] });
      expect((await station.post('ussd', good.padEnd(16 * 1024), ownType)).status).toBe(200);
      expect((await station.post('ussd', good, `${ownType}; charset=UTF-8`)).status).toBe(200);
    });
  });

  describe('what the caller sees', () => {
    test('a last screen ends the call', async () => {
      const station = await open({
        listeners: { ussd: async () => ({ text: 'Kwaheri "$&"', ended: true }) },
      });
      const answer = await send(station, failing.request);
      expect(answer).toMatchObject({ status: 200, type, body: failing.farewell });
    });

    test('an apology when the turn fails, and one report', async () => {
      const error = new Error('the database is away');
      const station = await open({ listeners: { ussd: () => Promise.reject(error) } });
      const answer = await send(station, failing.request);
      expect(answer).toMatchObject({ status: 200, type, body: failing.apology });
      expect(station.heard.errors).toEqual([{ error, webhook: 'ussd' }]);
    });

    test('an apology when the turn takes too long', async () => {
      const station = await open({
        listeners: { ussd: () => new Promise(() => {}) },
        deadlineMs: 20,
      });
      const answer = await send(station, failing.request);
      expect(answer).toMatchObject({ status: 200, type, body: failing.apology });
      expect(station.heard.errors).toMatchObject([{ webhook: 'ussd' }]);
    });
  });
}
