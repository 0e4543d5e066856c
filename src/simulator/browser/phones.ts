import type { HandsetView, Sms } from './protocol.js';

/** A phone in the browser's hand: what the network says of it, and what it remembers itself. */
export type Phone = {
  readonly view: HandsetView;
  /** Oldest first. Unlike the network's, they survive a restart of the server. */
  readonly messages: readonly Sms[];
  readonly unread: number;
};

export type Phones = {
  readonly byNumber: ReadonlyMap<string, Phone>;
  readonly selected: string;
};

/** How many messages a phone remembers. */
const MEMORY = 100;
const STORED_UNDER = 'simulator.phones';
const FIRST_NUMBER = '254712345678';

export function newPhone(phone: string, messages: readonly Sms[] = []): Phone {
  const view: HandsetView = {
    phone,
    screen: { kind: 'idle', text: '', septets: 0 },
    messages: [],
    blocksPromotional: false,
    switchedOff: false,
    place: null,
  };
  return { view, messages, unread: 0 };
}

/** A phone after news from the network: messages that it has not seen join those that it has. */
export function withNews(phone: Phone, view: HandsetView): Phone {
  const known = new Set(phone.messages.map(({ id }) => id));
  const fresh = view.messages.filter(({ id }) => !known.has(id));
  const messages = [...phone.messages, ...fresh]
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .slice(-MEMORY);
  const received = fresh.filter(({ direction }) => direction === 'received').length;
  return { view, messages, unread: phone.unread + received };
}

/** What was remembered, or one phone to begin with. */
export function recall(storage: Storage): Phones {
  try {
    const stored: Stored = JSON.parse(storage.getItem(STORED_UNDER) ?? '');
    const byNumber = new Map(
      stored.phones.map(({ phone, messages }) => [phone, newPhone(phone, [...messages])]),
    );
    if (byNumber.has(stored.selected)) return { byNumber, selected: stored.selected };
  } catch {
    // Nothing stored, or by another version: begin anew.
  }
  return { byNumber: new Map([[FIRST_NUMBER, newPhone(FIRST_NUMBER)]]), selected: FIRST_NUMBER };
}

export function remember(storage: Storage, { byNumber, selected }: Phones): void {
  const phones = [...byNumber].map(([phone, { messages }]) => ({ phone, messages }));
  try {
    storage.setItem(STORED_UNDER, JSON.stringify({ phones, selected } satisfies Stored));
  } catch {
    // No room, or storage is switched off: the phones work, they only forget.
  }
}

type Stored = {
  readonly phones: readonly { readonly phone: string; readonly messages: readonly Sms[] }[];
  readonly selected: string;
};
