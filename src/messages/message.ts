import type { DeliveryFailure, DeliveryState, SendFailure } from '../channels/channel.js';
import type { OutgoingSms } from '../dialogue/world.js';

/**
 * What a message is for: what flows send to their callers, and a `notice` of what has happened, for
 * which nobody asked.
 */
export type Carries = OutgoingSms['carries'] | 'notice';

/**
 * `queued`: to be sent when it is due; `sending`: a worker has it, until its lease runs out;
 * `accepted`: the carrier has it, and from there the delivery reports move it on; `unknown`: the
 * carrier may have it or not. What is unknown is never sent again: it waits for a delivery report.
 */
export type MessageState = 'queued' | 'sending' | 'accepted' | 'unknown' | DeliveryState;

/**
 * Why a message was not taken or did not arrive. Besides what carriers say: `unreadable`, its body
 * does not open with this `DATA_KEY`; `superseded`, its password stopped working before it was sent;
 * `stopped`, its number wants no SMS but those that it asks for; `tooLate`, nobody sent it in time.
 */
export type MessageFailure =
  | Exclude<SendFailure, 'timedOut'>
  | DeliveryFailure
  | 'unreadable'
  | 'superseded'
  | 'stopped'
  | 'tooLate';

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

/** What has just become of a message, for the metrics. */
export type Fate = {
  /** The carrier's word for the network, an open list; null where nobody has said. */
  readonly network: string | null;
  readonly state: Exclude<MessageState, 'queued' | 'sending'>;
  readonly failure: MessageFailure | null;
};

const steps = {
  ...{ queued: 0, sending: 0, unknown: 1, accepted: 1 },
  ...{ sent: 2, delivered: 3, failed: 3 },
} as const satisfies Record<MessageState, number>;

/** Whether a report may move a message from one state to another: forward only, so a final one stays. */
export function isForward(from: MessageState, to: DeliveryState): boolean {
  return steps[to] > steps[from];
}

/** Whether the carrier has a message, or may have it, and nobody has said what became of it. */
export function isWithoutNews(state: MessageState | null): boolean {
  return state === 'accepted' || state === 'sent' || state === 'unknown';
}
