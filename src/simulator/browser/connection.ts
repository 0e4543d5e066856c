import type { NetworkChange, NetworkView } from './protocol.js';

export type Listeners = {
  readonly onNetwork: (network: NetworkView) => void;
  readonly onChange: (change: NetworkChange) => void;
  readonly onLink: (up: boolean) => void;
};

/** Listens to the network. The browser comes back by itself when the server was away. */
export function listen({ onNetwork, onChange, onLink }: Listeners): void {
  const events = new EventSource('/simulator/api/events');
  events.addEventListener('open', () => onLink(true));
  events.addEventListener('error', () => {
    onLink(false);
    // A proxy that answers for a server that is away closes the stream for good.
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ onNetwork, onChange, onLink }), 2000);
    }
  });
  events.addEventListener('network', (event) => onNetwork(JSON.parse(event.data)));
  events.addEventListener('change', (event) => onChange(JSON.parse(event.data)));
}

export type Action = 'dial' | 'reply' | 'hang-up' | 'sms' | 'switches';

/** Presses a key of a phone. What comes of it is told to the listeners; rejects with what to show. */
export async function act(phone: string, action: Action, body: object = {}): Promise<void> {
  const response = await ask(`/simulator/api/phones/${phone}/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status === 409) {
    const { error }: { error: string } = await response.json();
    throw new Error(error);
  }
  if (!response.ok) throw new Error(`The simulator answered ${response.status}.`);
}

export async function forget(phone: string): Promise<void> {
  await ask(`/simulator/api/phones/${phone}`, { method: 'DELETE' });
}

async function ask(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, request);
  } catch {
    throw new Error('The service does not answer. Is it still running?');
  }
}
