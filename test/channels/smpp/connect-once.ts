import { connect } from '../../../src/channels/smpp/connect.js';

/** A process of its own, for only then can other certificates be trusted: connects by TLS to a port, and says how that went. */
const [host = '', port = ''] = process.argv.slice(-2);
const place = { host, port: Number(port), tls: true };
try {
  const socket = await connect(place, {
    withinMs: 5_000,
    signal: new AbortController().signal,
  });
  socket.destroy();
  process.stdout.write('connected');
} catch (error) {
  process.stdout.write(error instanceof Error && 'code' in error ? String(error.code) : 'failed');
}
process.exit();
