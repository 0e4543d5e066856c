import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Where a message centre listens. */
export type Place = { readonly host: string; readonly port: number; readonly tls: boolean };

const schemes: Readonly<Record<string, { readonly tls: boolean; readonly port: number }>> = {
  'smpp:': { tls: false, port: 2775 },
  'smpps:': { tls: true, port: 3550 },
};

/** Reads `smpp://host:port`, or `smpps://` with TLS. Null for anything else, such as one with a password in it. */
export function readPlace(written: string): Place | null {
  if (!URL.canParse(written)) return null;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(written);
  const scheme = Object.hasOwn(schemes, protocol) ? schemes[protocol] : undefined;
  const more = username + password + pathname.replace('/', '') + search + hash;
  if (!scheme || hostname === '' || more !== '') return null;
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, tls: scheme.tls, port: port === '' ? scheme.port : Number(port) };
}

/** Connects; with TLS only to whom the system's certificates vouch for. Rejects after the time is up. */
export async function connect(
  { host, port, tls }: Place,
  { withinMs, signal }: { withinMs: number; signal: AbortSignal },
): Promise<Socket> {
  const socket = tls ? connectTls({ host, port }) : connectTcp({ host, port });
  try {
    await once(socket, tls ? 'secureConnect' : 'connect', {
      signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)]),
    });
  } catch (error) {
    // A last error may still come, and nobody would listen.
    socket.on('error', () => {});
    socket.destroy();
    throw error;
  }
  return socket.setNoDelay(true).setKeepAlive(true);
}
