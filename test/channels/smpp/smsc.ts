import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';

type Fields = Readonly<Record<string, unknown>>;

/** What a `submit_sm` is answered with; null: with nothing. */
type Submitted = { readonly status?: number; readonly id?: string } | null;

export type Submit = {
  readonly to: string;
  readonly bytes: Buffer;
  /** As the package decodes it. */
  readonly text: string;
  readonly fields: Pdu;
};

/** A message centre made of the package's own server side, for what a test wants of one. */
export type Smsc = {
  readonly port: number;
  readonly password: string;
  /** Every bind that was accepted, and what it said. */
  readonly binds: readonly { readonly session: Session; readonly fields: Pdu }[];
  /** The number of binds so far that were accepted reaches this; gives the last session. */
  bound(count?: number): Promise<Session>;
  readonly submitted: readonly Submit[];
  /** Decides what becomes of submitted SMS; accepted with running ids unless told otherwise. */
  onSubmit: (submit: Submit) => Submitted;
  /** What a bind is answered with; 0 unless told otherwise. */
  onBind: (fields: Pdu) => number;
  /** Waits until so many SMS were submitted. */
  submits(count: number): Promise<readonly Submit[]>;
  /** Delivers, and waits for the status that it is answered with. */
  deliver(fields: Fields, session?: Session): Promise<number>;
  /** Sends bytes as they are. */
  raw(hex: string, session?: Session): void;
  /** The next PDU of a kind that comes in. */
  next(command: string, session?: Session): Promise<Pdu>;
  stop(): Promise<void>;
};

export const SYSTEM_ID = 'gateway';
const PASSWORD = 'pa55w0rd';
const WAIT_MS = 5_000;

export async function openSmsc(port = 0): Promise<Smsc> {
  const sessions = new Set<Session>();
  const binds: { session: Session; fields: Pdu }[] = [];
  const submitted: (Submit & { fields: Pdu })[] = [];
  const changed = new Set<() => void>();
  const announce = () => {
    for (const look of changed) look();
  };

  const smsc: Smsc = {
    port: 0,
    password: PASSWORD,
    binds,
    submitted,
    onSubmit: () => ({}),
    onBind: ({ system_id, password }) => {
      if (system_id !== SYSTEM_ID) return smpp.errors['ESME_RINVSYSID'] ?? 1;
      return password === PASSWORD ? 0 : (smpp.errors['ESME_RINVPASWD'] ?? 1);
    },
    async bound(count = 1) {
      await until(() => binds.length >= count, 'no bind has come');
      const last = binds.at(-1);
      if (!last) throw new Error('nobody is bound');
      return last.session;
    },
    async submits(count) {
      await until(() => submitted.length >= count, `fewer than ${count} SMS were submitted`);
      return submitted;
    },
    async deliver(fields, session = lastSession()) {
      return new Promise((resolve, reject) => {
        session.once('close', () => reject(new Error('the link broke before the answer')));
        session.deliver_sm(fields, (response) => resolve(response.command_status));
      });
    },
    raw(hex, session = lastSession()) {
      session.socket.write(Buffer.from(hex.replace(/\s/g, ''), 'hex'));
    },
    async next(command, session = lastSession()) {
      const [pdu] = await once(session, command, { signal: AbortSignal.timeout(WAIT_MS) });
      return pdu as Pdu;
    },
    async stop() {
      for (const session of sessions) session.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };

  const server = smpp.createServer((session) => {
    sessions.add(session);
    session.on('error', () => session.destroy());
    session.on('close', () => sessions.delete(session));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    for (const command of ['bind_transceiver', 'bind_transmitter', 'bind_receiver']) {
      session.on(command, (pdu: Pdu) => {
        const status = smsc.onBind(pdu);
        session.send(pdu.response({ command_status: status, system_id: 'test' }));
        if (status !== 0) return;
        binds.push({ session, fields: pdu });
        announce();
      });
    }
    session.on('submit_sm', (pdu: Pdu) => {
      const { message, udh } = pdu['short_message'] as { message: string; udh?: Buffer[] };
      const submit = {
        to: String(pdu['destination_addr']),
        bytes: Buffer.concat(udh ?? []),
        text: message,
        fields: pdu,
      };
      submitted.push(submit);
      const answer = smsc.onSubmit(submit);
      if (answer) {
        const { status = 0, id = `id-${submitted.length}` } = answer;
        session.send(pdu.response({ command_status: status, message_id: id }));
      }
      announce();
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(smsc, { port: (server.address() as AddressInfo).port });

  function lastSession(): Session {
    const last = binds.at(-1);
    if (!last) throw new Error('nobody is bound');
    return last.session;
  }

  function until(isSo: () => boolean, otherwise: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!isSo()) return;
        finish();
        resolve();
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(otherwise));
      }, WAIT_MS);
      const finish = () => {
        clearTimeout(timer);
        changed.delete(look);
      };
      changed.add(look);
      look();
    });
  }
}
