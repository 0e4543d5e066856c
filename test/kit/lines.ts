import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type CallSoFar, historyOf, type Line, shownIn, WEBHOOK_SECRET } from './handset.js';
import {
  type FieldNames,
  type HostileRequest,
  hostileJson,
  hostileQueries,
} from './hostile-requests.js';

/** The environment of a gateway that has all these wires open. */
export const ALL_WIRES = {
  USSD_CARRIERS: 'hubtel,arkesel,moolre,madapi',
  USSD_WIRES: fileURLToPath(new URL('../../docs/wires.example.json', import.meta.url)),
};

type Fields = Readonly<Record<string, unknown>>;

/** How a carrier writes what its calls say. */
export type Wire = {
  readonly name: string;
  readonly sends: 'json' | 'query';
  readonly names: FieldNames;
  turn(call: CallSoFar): Fields;
  hangUp?(call: CallSoFar): Fields;
  /** Reads an answer in JSON; without it, it is one of CON and END. */
  readJson?(answer: never): { readonly text: unknown; readonly ended: unknown };
};

const CODE = '*384*27#';
const bare = (number: string) => number.slice(1);
const lastOf = ({ answers }: CallSoFar) => answers.at(-1) ?? '';
const isFirst = ({ answers }: CallSoFar) => answers.length === 0;
/** The whole code as it was dialled: `*384*27*1*2#`. */
const dialledCode = ({ dialled }: CallSoFar) =>
  dialled === '' ? CODE : `${CODE.slice(0, -1)}*${dialled}#`;

const hubtel: Wire = {
  name: 'hubtel',
  sends: 'json',
  names: { session: 'SessionId', phone: 'Mobile', text: 'Message', step: 'Type' },
  turn: (call) => ({
    Sequence: call.answers.length + 1,
    Type: isFirst(call) ? 'Initiation' : 'Response',
    Message: isFirst(call) ? dialledCode(call) : lastOf(call),
    ServiceCode: '384*27',
    Operator: 'safaricom',
    ClientState: '',
    Mobile: bare(call.number),
    SessionId: call.session,
    Platform: 'USSD',
  }),
  hangUp: (call) => ({
    Sequence: call.answers.length + 2,
    Type: 'Release',
    Message: '',
    ServiceCode: '384*27',
    Operator: 'safaricom',
    ClientState: '',
    Mobile: bare(call.number),
    SessionId: call.session,
    Platform: 'USSD',
  }),
  readJson: ({ Type, Message }: { Type: string; Message: string }) => ({
    text: Message,
    ended: { response: false, release: true }[Type],
  }),
};

const arkesel: Wire = {
  name: 'arkesel',
  sends: 'json',
  names: { session: 'sessionID', phone: 'msisdn', text: 'userData', step: 'newSession' },
  turn: (call) => ({
    sessionID: call.session,
    userID: 'KNEC_USER',
    newSession: isFirst(call),
    msisdn: bare(call.number),
    userData: isFirst(call) ? dialledCode(call) : lastOf(call),
    network: 'SAFARICOM',
  }),
  readJson: ({ message, continueSession }: { message: string; continueSession: boolean }) => ({
    text: message,
    ended: continueSession === false,
  }),
};

const moolre: Wire = {
  name: 'moolre',
  sends: 'json',
  names: { session: 'sessionid', phone: 'msisdn', text: 'message', step: 'new' },
  turn: (call) => ({
    sessionid: call.session,
    new: isFirst(call),
    msisdn: bare(call.number),
    network: 3,
    message: lastOf(call),
    extension: 109,
    data: isFirst(call) ? call.dialled : '',
  }),
  readJson: ({ message, reply }: { message: string; reply: boolean }) => ({
    text: message,
    ended: reply === false,
  }),
};

type MadapiAnswer = {
  readonly statusCode: string;
  readonly data: { readonly inboundResponse: string; readonly userInputRequired: boolean };
};

const madapi: Wire = {
  name: 'madapi',
  sends: 'json',
  names: { session: 'sessionId', phone: 'msisdn', text: 'ussdString', step: 'messageType' },
  turn: (call) => ({
    sessionId: call.session,
    messageType: isFirst(call) ? '0' : '1',
    msisdn: bare(call.number),
    serviceCode: CODE,
    ussdString: isFirst(call) ? dialledCode(call) : lastOf(call),
  }),
  hangUp: (call) => ({
    sessionId: call.session,
    messageType: '4',
    msisdn: bare(call.number),
    serviceCode: CODE,
    ussdString: 'user abort',
  }),
  readJson: ({ data }: MadapiAnswer) => ({
    text: data.inboundResponse,
    ended: data.userInputRequired === false,
  }),
};

const crossgate: Wire = {
  name: 'crossgate',
  sends: 'query',
  names: { session: 'session_id', phone: 'msisdn', text: 'ussd_string' },
  turn: (call) => ({
    network_code: '2541',
    msisdn: bare(call.number),
    service_code: CODE,
    session_id: call.session,
    ussd_string: historyOf(call),
  }),
};

const bonga: Wire = {
  name: 'bonga',
  sends: 'query',
  names: { session: 'session_id', phone: 'mobile_number', text: 'message' },
  turn: (call) => ({
    mobile_number: bare(call.number),
    session_id: call.session,
    message: isFirst(call) ? call.dialled : lastOf(call),
    service_code: CODE,
    network: 'Safaricom',
  }),
};

type HollatagsAnswer = { readonly session_operation: string; readonly session_msg: string };

const hollatags: Wire = {
  name: 'hollatags',
  sends: 'query',
  names: {
    session: 'session_id',
    phone: 'session_msisdn',
    text: 'session_msg',
    step: 'session_operation',
  },
  turn: (call) => ({
    session_msisdn: bare(call.number),
    session_operation: isFirst(call) ? 'begin' : 'continue',
    session_msg: isFirst(call) ? dialledCode(call) : lastOf(call),
    session_id: call.session,
    session_from: CODE,
    session_type: '1',
    session_mno: 'MTN',
  }),
  hangUp: (call) => ({
    session_msisdn: bare(call.number),
    session_operation: 'end',
    session_id: call.session,
    session_from: CODE,
  }),
  readJson: ({ session_operation, session_msg }: HollatagsAnswer) => ({
    text: session_msg,
    ended: session_operation === 'end',
  }),
};

/** Every wire besides Africa's Talking's. */
export const wires: readonly Wire[] = [
  hubtel,
  arkesel,
  moolre,
  madapi,
  crossgate,
  bonga,
  hollatags,
];

/** Sends a request as it stands on the wire, a body of JSON or a query. */
export function sendWritten(
  { name, sends }: Wire,
  url: string,
  written: string,
): Promise<Response> {
  const path = `${url}/${name}/${WEBHOOK_SECRET}/ussd`;
  if (sends === 'query') return fetch(`${path}?${written}`);
  const headers = { 'content-type': 'application/json' };
  return fetch(path, { method: 'POST', headers, body: written });
}

/** Everything hostile that may come in place of a step of a call. */
export function hostileTo(wire: Wire, call: CallSoFar): readonly HostileRequest[] {
  const good = wire.turn(call);
  return wire.sends === 'json'
    ? hostileJson(good, wire.names)
    : hostileQueries(good as Readonly<Record<string, string>>, wire.names);
}

/** The line of a wire to the gateway at an address. */
export function lineOf(wire: Wire, url: string): Line {
  const send = (fields: Fields) =>
    sendWritten(
      wire,
      url,
      wire.sends === 'json'
        ? JSON.stringify(fields)
        : String(new URLSearchParams(fields as Record<string, string>)),
    );
  const { hangUp } = wire;
  return {
    newSession: randomUUID,
    async turn(call) {
      const response = await send(wire.turn(call));
      if (!wire.readJson) return shownIn(response);
      if (response.status !== 200) throw new Error(`not an answer to a turn: ${response.status}`);
      const { text, ended } = wire.readJson((await response.json()) as never);
      if (typeof text !== 'string' || typeof ended !== 'boolean') throw new Error('not an answer');
      return { text, ended };
    },
    ...(hangUp && {
      async hangUp(call) {
        const { status } = await send(hangUp(call));
        if (status !== 200) throw new Error(`end of call: ${status}`);
      },
    }),
  };
}
