import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { connect } from '../../../src/channels/smpp/connect.js';

/** Of localhost, signed by itself, good for a hundred years and for nothing but this test. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdAW+FZ8Xjp1dq+kh
xlfgG+FVDguH5v+6VqjzY09f/MChRANCAARR6C2+myU+volTWEUm2ptONJEe7Sfe
mR71+WkpqH+4EMiVh0HFWac8co/HKE56tGWzvgiE9tGFt8V3z8gtqMRu
-----END PRIVATE KEY-----
`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIULc9JSrdHP9E3LF8ZWW0blrFwBpAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDE2MDE1N1oYDzIxMjYxMDMx
MTYwMTU3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARR6C2+myU+volTWEUm2ptONJEe7SfemR71+WkpqH+4EMiVh0HFWac8
co/HKE56tGWzvgiE9tGFt8V3z8gtqMRuo28wbTAdBgNVHQ4EFgQUtgfFpO+AHEOt
Ni376N5KDTxryMkwHwYDVR0jBBgwFoAUtgfFpO+AHEOtNi376N5KDTxryMkwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAPcWOtVH4z5lKY1YkHxzqXDyjzn7c35mU4Ygsy5HtMhHAiEA
g1oseFXXo2jGvO+ICigmfkiTt6YmRYQX0fk64DSUzkw=
-----END CERTIFICATE-----
`;

const signal = new AbortController().signal;

test('by TLS, only to whom the certificates of the system vouch for', async () => {
  const server = createTlsServer({ key, cert }, (socket) => socket.resume());
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const folder = await mkdtemp(join(tmpdir(), 'cp2-tls-'));
  try {
    const place = { host: '127.0.0.1', port, tls: true };
    await expect(connect(place, { withinMs: 5_000, signal })).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    const trusted = join(folder, 'trusted.pem');
    await writeFile(trusted, cert);
    expect(await connectOnce('127.0.0.1', port, trusted)).toBe('connected');
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
});

test('gives up on who does not answer', async () => {
  const server = createTcpServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const place = { host: '127.0.0.1', port, tls: true };
  await expect(connect(place, { withinMs: 50, signal })).rejects.toThrow('aborted');
  server.close();
});

async function connectOnce(host: string, port: number, trusted: string): Promise<string> {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [path('../../database/run-typescript.js'), path('connect-once.ts'), host, `${port}`],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted } },
  );
  return stdout;
}
