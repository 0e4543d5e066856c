import type { WireExchange } from './browser/protocol.js';

export type WireLog = {
  /** Notes a request; the function that it returns notes the answer. */
  record(request: Omit<WireExchange, 'id' | 'at' | 'answer'>): NoteAnswer;
  /** Most recent first. */
  exchanges(): readonly WireExchange[];
};

export type NoteAnswer = (status: number, body: string) => void;

export type WireLogOptions = {
  readonly now: () => Date;
  /** Never to be seen in a path, a field or an answer. */
  readonly secrets: readonly string[];
  readonly onChange: (exchange: WireExchange) => void;
  /** How many exchanges are kept. */
  readonly keep?: number;
};

const MASK = '••••••';

/** What went over the wire, kept in memory and fit to be shown: secrets are masked as they come in. */
export function createWireLog({ now, secrets, onChange, keep = 200 }: WireLogOptions): WireLog {
  let exchanges: readonly WireExchange[] = [];
  let lastId = 0;

  const masked = (text: string): string =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, MASK), text);

  return {
    record(request) {
      const startedAt = now();
      lastId += 1;
      const asked: WireExchange = {
        ...request,
        id: lastId,
        at: startedAt.toISOString(),
        path: masked(request.path),
        fields: request.fields.map(([name, value]) => [name, masked(value)] as const),
        answer: null,
      };
      exchanges = [asked, ...exchanges].slice(0, keep);
      onChange(asked);

      return (status, body) => {
        const milliseconds = now().getTime() - startedAt.getTime();
        const answered = { ...asked, answer: { status, body: masked(body), milliseconds } };
        exchanges = exchanges.map((one) => (one.id === asked.id ? answered : one));
        onChange(answered);
      };
    },
    exchanges: () => exchanges,
  };
}
