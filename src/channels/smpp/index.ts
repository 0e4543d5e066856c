import { randomInt } from 'node:crypto';
import type { Carrier } from '../channel.js';
import type { Address } from './addresses.js';
import { type Bind, type BindNews, type BindOptions, keepBound } from './bind.js';
import { connect, type Place } from './connect.js';
import { carrier, createInbound, type InboundOptions, type SmsIdentities } from './inbound.js';
import { createLink, type OnDeliver } from './link.js';
import type { IdForms } from './message-ids.js';
import { createSender } from './sender.js';
import { status } from './statuses.js';
import { createWindow } from './window.js';

export type { BindNews, SmsIdentities };

/** What a message centre wants to know, and what is known of it. */
export type SmppAccount = {
  readonly place: Place;
  readonly systemId: string;
  readonly password: string;
  /** The sender of outgoing SMS; null: the account's own. */
  readonly source: Address | null;
  /** One bind for both ways, or, for message centres that know no other, one for each. */
  readonly binds: 'transceiver' | 'pair';
  readonly messageIds: IdForms;
};

export type SmppOptions = Pick<InboundOptions, 'identities' | 'onError' | 'onMalformed'> & {
  readonly account: SmppAccount;
  readonly onNews: (news: BindNews) => void;
  readonly times?: Partial<Times>;
};

/** In milliseconds. */
export type Times = Pick<BindOptions, 'enquireMs' | 'firstWaitMs' | 'longestWaitMs'> & {
  /** Until an answer counts as missing. */
  readonly responseMs: number;
  /** How long an SMS waits for a bind, or for its turn. */
  readonly waitMs: number;
};

const usualTimes: Times = {
  enquireMs: 30_000,
  firstWaitMs: 1_000,
  longestWaitMs: 60_000,
  responseMs: 10_000,
  waitMs: 2_000,
};

/** As many `submit_sm` without an answer as message centres usually allow. */
const WINDOW = 10;

/** SMS in and out over SMPP 3.4. The bind is kept up from `connect` on. */
export function createSmpp(
  options: SmppOptions,
): Required<Omit<Carrier, 'webhooks' | 'prepareToSend'>> {
  const { account, identities, onError, onMalformed, onNews } = options;
  const { place, systemId, password, messageIds } = account;
  const times = { ...usualTimes, ...options.times };
  let transmitter: Bind | undefined;
  let reference = randomInt(256);

  const open = (command: BindOptions['command'], onDeliver: OnDeliver): Bind =>
    keepBound({
      ...times,
      ...{ command, systemId, password, onNews, random: Math.random },
      async connect(signal) {
        const socket = await connect(place, { withinMs: times.responseMs, signal });
        return createLink(socket, { responseMs: times.responseMs, onDeliver });
      },
    });

  return {
    name: carrier,

    async connect(listeners) {
      const inbound = createInbound({ listeners, identities, messageIds, onError, onMalformed });
      const binds =
        account.binds === 'transceiver'
          ? [open('bind_transceiver', inbound.onDeliver)]
          : [open('bind_transmitter', refuseAll), open('bind_receiver', inbound.onDeliver)];
      [transmitter] = binds;
      return {
        async close() {
          await inbound.stop();
          await Promise.all(binds.map((bind) => bind.close()));
        },
      };
    },

    sendSms: createSender({
      bind: {
        link: async (withinMs) => (await transmitter?.link(withinMs)) ?? null,
        refusal: () => transmitter?.refusal() ?? null,
      },
      source: account.source,
      messageIds,
      window: createWindow(WINDOW),
      waitMs: times.waitMs,
      nextReference: () => {
        reference = (reference + 1) % 256;
        return reference;
      },
    }),
  };
}

/** Nothing is delivered to a transmitter. */
const refuseAll: OnDeliver = (_frame, respond) => respond(status.rejected);
