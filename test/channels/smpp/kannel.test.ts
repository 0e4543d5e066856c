import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Phone, readPhone } from '../../../src/phone-number.js';
import { openStation, type Station } from './station.js';

/** Kannel's own message centre, with its own reading and writing of PDUs. It knows no transceivers. */
const PROGRAM = '/usr/lib/kannel/test/drive_smpp';
const isInstalled = existsSync(PROGRAM);

const phone = readPhone('0712345678') as Phone;

describe.skipIf(!isInstalled)(
  isInstalled ? "Kannel's message centre" : "Kannel's message centre (install kannel-extras)",
  () => {
    let kannel: ChildProcess;
    let station: Station;
    let log: string;

    beforeEach(async () => {
      log = '';
      const port = await freePort();
      kannel = spawn(PROGRAM, ['-v', '0', '-p', String(port), '-m', '2']);
      kannel.stderr?.on('data', (chunk) => {
        log += chunk;
      });
      station = await openStation({
        account: { place: { host: '127.0.0.1', port, tls: false }, binds: 'pair' },
      });
    });
    afterEach(async () => {
      await station?.stop();
      kannel?.kill('SIGKILL');
    });

    const logged = (pattern: RegExp, times: number) =>
      vi.waitFor(
        () =>
          expect(log.match(pattern)?.length ?? 0, String(pattern)).toBeGreaterThanOrEqual(times),
        { timeout: 2_500, interval: 10 },
      );

    // It ends by itself three seconds after the first connection, for it misses the rest of Kannel: on a
    // machine that stood still meanwhile there is another one to ask.
    test('binds us, delivers, asks whether we are there, and takes SMS', { retry: 2 }, async () => {
      const outcome = await station.sendSms(phone, 'Habari CP2 [1]');
      // It gives its messages no ids.
      expect(outcome).toMatchObject({ accepted: true });
      await logged(/submit_sm: short_message = <Habari CP2 .<1.>>/g, 1);

      await logged(/Handling SMPP PDU of type deliver_sm_resp/g, 2);
      await logged(/Handling SMPP PDU of type enquire_link_resp/g, 2);
      // Both come from 456, which is nobody whom we serve.
      const unserved = { kind: 'unservedNumber', what: 'sender' };
      expect(station.faults).toEqual([unserved, unserved]);
      expect(station.news).toEqual(expect.arrayContaining([{ kind: 'bound' }, { kind: 'bound' }]));

      await station.close();
      await logged(/Handling SMPP PDU of type unbind/g, 2);
      expect(log).not.toMatch(/unpacking failed|garbage|too (?:short|long|large)|Unhandled/);
    });
  },
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
