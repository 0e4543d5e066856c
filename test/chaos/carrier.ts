import { setTimeout as pause } from 'node:timers/promises';
import { WEBHOOK_SECRET } from '../kit/handset.js';
import type { DrawFor } from './drawing.js';
import { type Answer, askOnce, type Request } from './posting.js';

/** A request, and all that came back for it, whichever copy of it was answered by whichever process. */
export type Asked = {
  readonly request: Request;
  /** When the first copy was sent; milliseconds. */
  readonly began: number;
  /** When the first answer came. */
  ended: number;
  readonly answers: Answer[];
};

/**
 * The network between people and the two processes, as carriers do it: each request goes one to
 * three times, each copy to any of the processes, at the same instant or late; and what gets no answer
 * is sent again until it does.
 */
export type Carrier = {
  /** The first answer to a request. Its other copies may still be on their way. */
  ask(
    request: Request,
    options?: { readonly copies?: number },
  ): Promise<Asked & { answer: Answer }>;
  webhook(
    name: string,
    form: Readonly<Record<string, string>>,
  ): Promise<Asked & { answer: Answer }>;
  /** Sends a request again that was answered long ago. */
  askAgain(asked: Asked): Promise<void>;
  /** From now on asks these processes, the others being gone. */
  moveTo(urls: readonly string[]): void;
  readonly asked: readonly Asked[];
  /** How many connections broke before their answer. */
  readonly cut: number;
  /** Settles when every copy was answered. */
  settled(): Promise<void>;
};

export function openCarrier(at: readonly string[], draw: DrawFor): Carrier {
  let urls = at;
  const asked: Asked[] = [];
  const underWay = new Set<Promise<unknown>>();
  let cut = 0;

  async function untilAnswered(one: Asked, delayMs: number, copy: string): Promise<Answer> {
    const random = draw('copy', copy);
    if (delayMs > 0) await pause(delayMs);
    for (;;) {
      const answer = await askOnce(random.pick(urls), one.request);
      if (answer) {
        if (one.answers.length === 0) one.ended = Date.now();
        one.answers.push(answer);
        return answer;
      }
      cut += 1;
      await pause(20 + random.below(80));
    }
  }

  function keep<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    work.finally(() => underWay.delete(work)).catch(() => {});
    return work;
  }

  const carrier: Carrier = {
    async ask(request, options = {}) {
      const one: Asked = {
        request,
        began: Date.now(),
        ended: Number.POSITIVE_INFINITY,
        answers: [],
      };
      asked.push(one);
      const key = JSON.stringify(request);
      const random = draw('request', key);
      const copies = options.copies ?? 1 + random.below(3);
      const answers = Array.from({ length: copies }, (_, nr) =>
        keep(untilAnswered(one, nr === 0 ? 0 : lateness(random), `${key} ${nr}`)),
      );
      return Object.assign(one, { answer: await Promise.race(answers) });
    },
    webhook: (name, form) =>
      carrier.ask({ path: `/africastalking/${WEBHOOK_SECRET}/${name}`, form }),
    async askAgain(one) {
      await keep(untilAnswered(one, 0, `${JSON.stringify(one.request)} again`));
    },
    moveTo(others) {
      urls = others;
    },
    asked,
    get cut() {
      return cut;
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
  return carrier;
}

/** Milliseconds: at the same instant, while the first is being answered, or when the call is long at other things. */
function lateness(random: ReturnType<DrawFor>): number {
  return random.pick([0, 0, random.below(30), random.below(300), random.below(3_000)]);
}
