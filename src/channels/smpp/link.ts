import type { Socket } from 'node:net';
import smpp from 'smpp';
import { createFramer, type Frame, HEADER_BYTES } from './frames.js';
import { status } from './statuses.js';

/** What came of a request. `unsent`: it never left. `unanswered`: it may have arrived, nobody knows. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  | { readonly kind: 'unsent' }
  | { readonly kind: 'unanswered' };

/** One connection to a message centre, for as long as it lasts. */
export type Link = {
  /** Sends a request and waits for its answer. Never rejects. */
  request(command: string, fields?: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Waits until all that was sent so far has surely been read over there, or never will be: false. */
  arrived(): Promise<boolean>;
  /** Settles when it is over, with what is known of why. */
  readonly closed: Promise<string>;
  close(reason: string): void;
};

/** Takes a `deliver_sm` and answers it with a status, once. */
export type OnDeliver = (
  frame: Frame,
  respond: (status: number) => void,
  link: Pick<Link, 'arrived'>,
) => void;

const RESPONSE = 0x8000_0000;
const GENERIC_NACK = 0x8000_0000;
const DELIVER_SM = 0x05;
const LAST_SEQUENCE = 0x7fff_ffff;

type Waiting = {
  /** The command that answers it. */
  readonly response: number;
  readonly settle: (answer: Answer) => void;
};

/** Commands that are no requests: nothing is answered. */
const unanswerable = new Set(['outbind', 'alert_notification']);

/**
 * Speaks SMPP over a socket that is connected. The package writes the PDUs; its own session is not
 * used, for it goes deaf after a PDU that it cannot read, and forgets requests that stay unanswered.
 */
export function createLink(
  socket: Socket,
  { responseMs, onDeliver }: { responseMs: number; onDeliver: OnDeliver },
): Link {
  const waiting = new Map<number, Waiting>();
  let sequence = 0;
  let closedBecause = 'closed by the message centre';

  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => {
      for (const { settle } of waiting.values()) settle({ kind: 'unanswered' });
      resolve(closedBecause);
    });
  });

  const link: Link = {
    request(command, fields = {}) {
      if (!socket.writable) return Promise.resolve({ kind: 'unsent' });
      sequence = sequence === LAST_SEQUENCE ? 1 : sequence + 1;
      const number = sequence;
      return new Promise<Answer>((resolve) => {
        const timer = setTimeout(() => settle({ kind: 'unanswered' }), responseMs);
        const settle = (answer: Answer) => {
          clearTimeout(timer);
          waiting.delete(number);
          resolve(answer);
        };
        const bytes = new smpp.PDU(command, { ...fields, sequence_number: number }).toBuffer();
        waiting.set(number, { response: (bytes.readUInt32BE(4) | RESPONSE) >>> 0, settle });
        socket.write(bytes);
      });
    },
    arrived: shared(async () => (await link.request('enquire_link')).kind === 'answered'),
    closed,
    close(reason) {
      closedBecause = reason;
      socket.destroy();
    },
  };

  function respond(to: Frame, command: string, number: number): void {
    if (!socket.writable) return;
    const fields = { sequence_number: to.sequence, command_status: number };
    socket.write(new smpp.PDU(command, fields).toBuffer());
  }

  function onResponse(frame: Frame): void {
    const request = waiting.get(frame.sequence);
    if (frame.command === GENERIC_NACK) {
      request?.settle({
        kind: 'answered',
        status: frame.status || status.unknownCommand,
        text: '',
      });
    } else if (frame.command === request?.response) {
      request.settle({ kind: 'answered', status: frame.status, text: firstText(frame) });
    }
  }

  function onFrame(frame: Frame): void {
    if (frame.command >= RESPONSE) {
      onResponse(frame);
      return;
    }
    if (frame.command === DELIVER_SM) {
      onDeliver(frame, (number) => respond(frame, 'deliver_sm_resp', number), link);
      return;
    }
    const command = smpp.commandsById[frame.command]?.command ?? '';
    if (command === 'enquire_link') respond(frame, 'enquire_link_resp', status.ok);
    else if (command === 'unbind') {
      respond(frame, 'unbind_resp', status.ok);
      closedBecause = 'unbound by the message centre';
      socket.end();
    } else if (!unanswerable.has(command)) {
      respond(frame, 'generic_nack', status.unknownCommand);
    }
  }

  const take = createFramer(onFrame, () => {
    const fields = { sequence_number: 0, command_status: status.badLength };
    socket.write(new smpp.PDU('generic_nack', fields).toBuffer());
    link.close('the message centre does not speak SMPP');
  });
  socket.on('data', take);
  socket.on('error', (error: NodeJS.ErrnoException) => {
    closedBecause = error.code ?? 'the connection failed';
  });
  socket.once('end', () => socket.end());

  return link;
}

/** The text that an answer begins with: an id, or the system id of the message centre. */
function firstText({ bytes }: Frame): string {
  const end = bytes.indexOf(0, HEADER_BYTES);
  return bytes.toString('latin1', HEADER_BYTES, end < 0 ? bytes.length : end);
}

/** A question that many may ask at once: one that is asked while it is under way waits for the next. */
function shared(ask: () => Promise<boolean>): () => Promise<boolean> {
  let underWay: Promise<boolean> | undefined;
  let next: Promise<boolean> | undefined;
  const begin = () => {
    next = undefined;
    underWay = ask().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  return () => {
    if (!underWay) return begin();
    next ??= underWay.then(begin);
    return next;
  };
}
