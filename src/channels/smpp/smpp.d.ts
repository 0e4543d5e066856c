// The `smpp` package has no types: here is what the channel and its tests use of it.

declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  type Fields = Readonly<Record<string, unknown>>;

  class PDU {
    constructor(command: string, fields?: Fields);
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly [field: string]: unknown;
    response(fields?: Fields): PDU;
    toBuffer(): Buffer;
  }

  /** One end of a connection, as the server side of the package gives it. */
  class Session extends EventEmitter {
    readonly socket: Socket;
    send(pdu: PDU, onResponse?: (response: PDU) => void): boolean;
    deliver_sm(fields: Fields, onResponse?: (response: PDU) => void): boolean;
    enquire_link(onResponse?: (response: PDU) => void): boolean;
    unbind(onResponse?: (response: PDU) => void): boolean;
    close(onClosed?: () => void): void;
    destroy(onClosed?: () => void): void;
  }

  type Coder = {
    match(text: string): boolean;
    encode(text: string): Buffer;
    decode(bytes: Buffer): string;
  };

  const smpp: {
    readonly PDU: typeof PDU;
    createServer(listener: (session: Session) => void): NetServer;
    /** By name, such as `ESME_RTHROTTLED`. */
    readonly errors: Readonly<Record<string, number>>;
    readonly commandsById: Readonly<Record<number, { readonly command: string }>>;
    /** `ASCII` is GSM 03.38, whatever its name says. */
    readonly encodings: { readonly ASCII: Coder };
  };

  namespace smpp {
    export type { PDU, Session };
  }

  export = smpp;
}
