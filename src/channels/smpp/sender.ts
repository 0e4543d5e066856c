import { randomUUID } from 'node:crypto';
import type { Phone } from '../../phone-number.js';
import type { SendFailure, SendOutcome, SendSms } from '../channel.js';
import type { Address } from './addresses.js';
import type { Bind } from './bind.js';
import type { Answer, Link } from './link.js';
import { answeredId, type IdForms } from './message-ids.js';
import { type Segment, segmentsOf } from './segments.js';
import { failureOf, status } from './statuses.js';
import type { Window } from './window.js';

export type SenderOptions = {
  readonly bind: Pick<Bind, 'link' | 'refusal'>;
  readonly source: Address | null;
  readonly messageIds: IdForms;
  readonly window: Window;
  /** Milliseconds that an SMS waits for a bind, or for its turn. */
  readonly waitMs: number;
  /** A number from 0 to 255 for each SMS in parts. */
  readonly nextReference: () => number;
};

const INTERNATIONAL = { dest_addr_ton: 1, dest_addr_npi: 1 };
const RECEIPT = 0x01;

/**
 * Makes the way out for SMS. It never rejects. `timedOut` means that nobody knows: the request left
 * and no answer came.
 */
export function createSender(options: SenderOptions): SendSms {
  const { bind, window, waitMs } = options;

  return async (to, text) => {
    try {
      const segments = segmentsOf(text, options.nextReference());
      if (segments.length === 0) return failed('refused');
      const link = await bind.link(waitMs);
      if (!link) return failed(bind.refusal() ?? 'carrierDown');
      return await sendAll(link, to, segments);
    } catch {
      // What was thrown may hold the text.
      return failed('refused');
    }
  };

  /**
   * One part after the other, none after one that was not taken: a phone shows only what is whole.
   * A receipt is asked for the last part alone, whose id is that of the SMS: parts travel together, and
   * receipts of several could not be kept apart by one id.
   */
  async function sendAll(
    link: Link,
    to: Phone,
    segments: readonly Segment[],
  ): Promise<SendOutcome> {
    let outcome: SendOutcome = failed('refused');
    for (const [index, segment] of segments.entries()) {
      const isLast = index === segments.length - 1;
      const answer = await window.within(waitMs, () =>
        link.request('submit_sm', {
          ...sourceFields(options.source),
          ...INTERNATIONAL,
          destination_addr: to,
          ...segment,
          registered_delivery: isLast ? RECEIPT : 0,
        }),
      );
      outcome = answer === null ? failed('rateLimited') : outcomeOf(answer);
      if (!outcome.accepted) return outcome;
    }
    return outcome;
  }

  function outcomeOf(answer: Answer): SendOutcome {
    if (answer.kind === 'unsent') return failed('carrierDown');
    if (answer.kind === 'unanswered') return failed('timedOut');
    if (answer.status !== status.ok) return failed(failureOf(answer.status));
    // Taken without an id: on its way, and no receipt will ever find it.
    const carrierMessageId = answeredId(options.messageIds, answer.text) || randomUUID();
    return { accepted: true, carrierMessageId, cost: null };
  }
}

/** Without a source the message centre puts the account's own. */
function sourceFields(source: Address | null) {
  if (!source) return {};
  return { source_addr_ton: source.ton, source_addr_npi: source.npi, source_addr: source.address };
}

function failed(failure: SendFailure): SendOutcome {
  return { accepted: false, failure };
}
