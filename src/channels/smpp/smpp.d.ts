// The `smpp` package has no types: here is what the channel and its tests use of it.

declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  type Fields = Readonly<Record<string, unknown>>;

  type Pdu = {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly [field: string]: unknown;
    response(fields?: Fields): Pdu;
    toBuffer(): Buffer;
  };

  /** One end of a connection, as the server side of the package gives it. */
  type Session = EventEmitter & {
    readonly socket: Socket;
    send(pdu: Pdu, onResponse?: (response: Pdu) => void): boolean;
    deliver_sm(fields: Fields, onResponse?: (response: Pdu) => void): boolean;
    unbind(onResponse?: (response: Pdu) => void): boolean;
    close(): void;
    destroy(): void;
  };

  type Coder = {
    match(text: string): boolean;
    encode(text: string): Buffer;
    decode(bytes: Buffer): string;
  };

  const smpp: {
    readonly PDU: new (command: string, fields?: Fields) => Pdu;
    createServer(listener: (session: Session) => void): NetServer;
    /** By name, such as `ESME_RTHROTTLED`. */
    readonly errors: Readonly<Record<string, number>>;
    readonly commandsById: Readonly<Record<number, { readonly command: string }>>;
    /** `ASCII` is GSM 03.38, whatever its name says. */
    readonly encodings: { readonly ASCII: Coder };
  };

  namespace smpp {
    export type { Pdu, Session };
  }

  export = smpp;
}
