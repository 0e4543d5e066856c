import type { HandsetView, NetworkChange, NetworkView } from '../browser/protocol.js';

/** The simulated network of a gateway that runs, here or elsewhere. */
export type Connection = {
  network(): Promise<NetworkView>;
  /** Presses keys; answers with the handset as it then is. Rejects with a {@link Refused}. */
  act(phone: string, action: Action, body?: object): Promise<HandsetView>;
  /** Calls back with each state of each handset until the signal is given. */
  listen(onHandset: (handset: HandsetView) => void, signal: AbortSignal): Promise<void>;
};

export type Action = 'dial' | 'reply' | 'hang-up' | 'sms';

/** The phone could not do it; the message is fit to be shown. */
export class Refused extends Error {
  override name = 'Refused';
}

/** Null if nothing listens there; rejects if something does that has no simulated carrier. */
export async function connect(url: string): Promise<Connection | null> {
  const api = new URL('/simulator/api/', url);
  const greeting = await fetch(new URL('network', api)).catch(() => null);
  if (!greeting) return null;
  if (!greeting.ok) {
    throw new Refused(`What listens at ${api.origin} has no simulated carrier.`);
  }

  return {
    async network() {
      const response = await fetch(new URL('network', api));
      return (await response.json()) as NetworkView;
    },

    async act(phone, action, body = {}) {
      const response = await fetch(new URL(`phones/${phone}/${action}`, api), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).catch(() => {
        throw new Refused('The service does not answer.');
      });
      if (response.ok) return (await response.json()) as HandsetView;
      if (response.status !== 409) throw new Refused(`The simulator said ${response.status}.`);
      const { error } = (await response.json()) as { error: string };
      throw new Refused(error);
    },

    async listen(onHandset, signal) {
      const response = await fetch(new URL('events', api), { signal });
      let unread = '';
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        unread += decoder.decode(chunk, { stream: true });
        const events = unread.split('\n\n');
        unread = events.pop() ?? '';
        for (const handset of events.flatMap(handsetsIn)) onHandset(handset);
      }
    },
  };
}

/** The handsets that one Server-Sent Event tells of. */
function handsetsIn(event: string): readonly HandsetView[] {
  const [, kind, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
  if (kind === undefined || data === undefined) return [];
  const told: NetworkView | NetworkChange = JSON.parse(data);
  if ('handsets' in told) return told.handsets;
  return told.type === 'handset' ? [told.handset] : [];
}
