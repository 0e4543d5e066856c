import { connect, type Socket } from 'node:net';

/** A carrier gives up after some seconds; so does the load. */
const GIVE_UP_AFTER_MS = 5_000;

/** Node's servers close a connection that has been idle for five seconds; a moment later may be too late. */
const IDLE_AT_MOST_MS = 4_000;

/** A kept connection on which one request at a time is asked. */
export type Connection = {
  /** Calls back with the body, or with null where it broke, took too long or made no sense. */
  ask(path: string, form: string, answered: (body: string | null) => void): void;
  isWaiting(): boolean;
  close(): void;
};

/**
 * Speaks just enough HTTP/1.1 for a form and an answer with a length, straight on a socket: a client
 * that costs as much as a server would measure itself.
 */
export function openConnection(port: number): Connection {
  let socket: Socket | null = null;
  let waiting: ((body: string | null) => void) | null = null;
  let heard = '';
  let asked = 0;
  const late = setTimeout(() => socket?.destroy(), GIVE_UP_AFTER_MS);

  const settle = (body: string | null) => {
    const answered = waiting;
    waiting = null;
    heard = '';
    answered?.(body);
  };

  const drop = () => {
    const dropped = socket;
    socket = null;
    dropped?.destroy();
  };

  const hear = (chunk: string) => {
    heard += chunk;
    const headEnds = heard.indexOf('\r\n\r\n');
    if (headEnds < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(heard);
    if (!length || length.index > headEnds) return settle(null);
    const ends = headEnds + 4 + Number(length[1]);
    if (heard.length < ends) return;
    const isOk = heard.startsWith('HTTP/1.1 200');
    settle(isOk ? heard.slice(headEnds + 4, ends) : null);
  };

  const dial = (): Socket => {
    const fresh = connect({ port, host: '127.0.0.1', noDelay: true });
    // One character a byte: lengths in HTTP are bytes.
    fresh.setEncoding('latin1');
    fresh.on('data', hear);
    fresh.on('error', () => {});
    fresh.on('close', () => {
      if (socket !== fresh) return;
      socket = null;
      if (waiting) settle(null);
    });
    return fresh;
  };

  return {
    ask(path, form, answered) {
      waiting = answered;
      const now = performance.now();
      if (now - asked > IDLE_AT_MOST_MS) drop();
      asked = now;
      socket ??= dial();
      late.refresh();
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
          `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
        'latin1',
      );
    },
    isWaiting: () => waiting !== null,
    close() {
      clearTimeout(late);
      drop();
    },
  };
}
