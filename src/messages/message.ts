import type { DeliveryFailure, DeliveryState, SendFailure } from '../channels/channel.js';
import type { OutgoingSms } from '../dialogue/world.js';

/**
 * What a message is for: what flows send to their callers, and a `notice` of what has happened, for
 * which nobody asked. A number that has texted STOP gets no notices.
 */
export type Carries = OutgoingSms['carries'] | 'notice';

/**
 * `queued`: to be sent when it is due; `sending`: a worker has it, until its lease runs out;
 * `accepted`: the carrier has it. From there the delivery reports move it on.
 */
export type MessageState = 'queued' | 'sending' | 'accepted' | DeliveryState;

/**
 * Why a message was not taken or did not arrive. Besides what carriers say: `unreadable`, its body
 * does not open with this `DATA_KEY`; `superseded`, a newer password was queued before it was sent.
 */
export type MessageFailure = SendFailure | DeliveryFailure | 'unreadable' | 'superseded';

/** What a worker knows of a message: everything but the text. */
export type Message = {
  readonly id: string;
  readonly carries: Carries;
  readonly createdAt: Date;
  /** How often it has been claimed, counting this time. */
  readonly attempts: number;
  /** What went wrong the last time. */
  readonly failure: MessageFailure | null;
};

const steps = { queued: 0, sending: 0, accepted: 1, sent: 2, delivered: 3, failed: 3 } as const;

/** Whether a report may move a message from one state to another: forward only, so a final one stays. */
export function isForward(from: MessageState, to: DeliveryState): boolean {
  return steps[to] > steps[from];
}
