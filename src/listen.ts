import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Binds the server and tells its address as this machine reaches it. Rejects where the port is taken. */
export async function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  const listening = once(server, 'listening');
  server.listen(port, host);
  await listening;
  const { port: bound } = server.address() as AddressInfo;
  return addressOf({ host, port: bound });
}

/** The address of a server as this machine reaches it. */
export function addressOf({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): string {
  return `http://${reachable(host)}:${port}`;
}

const SWEEP_MS = 50;

/** Takes no more connections, lets the requests under way finish, and closes those that are idle. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  // Connections whose answer promised to keep them would hold up the end for some seconds.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await closed.finally(() => clearInterval(sweep));
}

/** "Any address" is no address to connect to. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
