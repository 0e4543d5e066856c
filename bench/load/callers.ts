import { randomBytes } from 'node:crypto';
import type { Job } from './job.js';

/** The next request of a caller. */
export type Request = {
  readonly form: string;
  /** Null: any answer will do. */
  readonly answer: string | null;
  /** Which of the processes it goes to. */
  readonly target: number;
};

/** A prime: it leads through all numbers, and to another page of every index each time. */
const STRIDE = 1_000_003;

/** Somebody on the phone: takes one call after the other, each of its own session. */
export type Caller = { next(): Request };

/** Makes callers who take the numbers in turn, and call sessions that nobody has used before. */
export function createCallers({ call, numbers, ports, split }: Job): () => Caller {
  const run = randomBytes(6).toString('hex');
  const texts = call.map(({ text }) => encodeURIComponent(text));
  const answers = call.map(({ answer }) => answer && Buffer.from(answer).toString('latin1'));
  let calls = 0;
  let requests = 0;

  return () => {
    let turn = texts.length;
    let head = '';
    let number = 0;
    return {
      next() {
        if (turn === texts.length) {
          number = calls;
          const phone = numbers.first + ((calls * STRIDE) % numbers.count);
          head = `sessionId=ATUid_${run}${calls}&serviceCode=*384*27%23&networkCode=63902&phoneNumber=%2B${phone}&text=`;
          calls += 1;
          turn = 0;
        }
        const request = {
          form: head + texts[turn],
          answer: answers[turn] ?? null,
          target: (split === 'requests' ? requests : number) % ports.length,
        };
        turn += 1;
        requests += 1;
        return request;
      },
    };
  };
}
