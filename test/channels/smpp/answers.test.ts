import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createFramer } from '../../../src/channels/smpp/frames.js';
import { type Phone, readPhone } from '../../../src/phone-number.js';
import { openStation } from './station.js';

/*
 * What message centres answer to a bind and to a `submit_sm`, byte by byte, and what becomes of an
 * SMS then. The sequence number is put in.
 */

const BOUND = '00000011 80000009 00000000 00000001 00';
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);
const taken = (carrierMessageId: unknown) => ({ accepted: true, carrierMessageId, cost: null });
const failed = (failure: string) => ({ accepted: false, failure });

test.each([
  [
    'OsmoMSC 1.9, whose ids are all the same',
    'captured',
    BOUND,
    '00000027 80000004 00000000 00000003 6d73675f69645f6e6f745f696d706c656d656e74656400',
    taken('msg_id_not_implemented'),
  ],
  [
    'OsmoMSC 1.9, to who is not bound',
    'captured',
    BOUND,
    '00000010 80000004 00000004 00000003',
    failed('carrierDown'),
  ],
  [
    'OsmoMSC 1.9, to a wrong password',
    'captured',
    '00000011 80000009 0000000e 00000001 00',
    null,
    failed('badCredentials'),
  ],
  [
    'OsmoMSC 1.9, to an unknown system id',
    'captured',
    '00000011 80000009 0000000f 00000001 00',
    null,
    failed('badCredentials'),
  ],
  [
    "Kannel's drive_smpp, which gives no ids",
    'captured',
    BOUND,
    '00000011 80000004 00000000 00000002 00',
    taken(uuid),
  ],
  [
    'no body at all',
    'written by hand',
    '00000010 80000009 00000000 00000001',
    '00000010 80000004 00000000 00000002',
    taken(uuid),
  ],
  [
    'an id without an end',
    'written by hand',
    BOUND,
    '00000012 80000004 00000000 00000002 3741',
    taken('7a'),
  ],
  [
    'generic_nack, throttled',
    'written by hand',
    BOUND,
    '00000010 80000000 00000058 00000002',
    failed('rateLimited'),
  ],
  [
    'generic_nack to the bind',
    'written by hand',
    '00000010 80000000 00000003 00000001',
    null,
    failed('refused'),
  ],
])('%s (%s)', async (_name, _origin, toBind, toSubmit, outcome) => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const take = createFramer(
      ({ command, sequence }) => {
        const hex = command === 0x09 ? toBind : command === 0x04 ? toSubmit : null;
        if (hex === null) return;
        const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
        bytes.writeUInt32BE(sequence, 12);
        socket.write(bytes);
      },
      () => socket.destroy(),
    );
    socket.on('data', take);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const station = await openStation({
    account: { place: { host: '127.0.0.1', port, tls: false } },
    times: { responseMs: 300 },
  });
  if (toSubmit === null) await station.nextNews('refused');
  expect(await station.sendSms(readPhone('0712345678') as Phone, 'hi')).toEqual(outcome);
  for (const socket of sockets) socket.destroy();
  await station.stop();
  server.close();
});
