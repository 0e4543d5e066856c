import type { Knex } from 'knex';
import type { Conversation } from '../conversation.js';
import type { Seal } from '../seal.js';

/**
 * Takes one step of a flow, the same as on the phone. Registration rests at `registered`,
 * `alreadyRegistered`, or, where the number was silent, `newHolder` or `again`; reset at `passwordSent`,
 * `notRegistered` or `tooMany`, which has the context `againAt`, an ISO 8601 instant. A reset for a number
 * that was silent rests at `silent`, which `said`, the national ID, answers, at `notToday` or at `forgotten`.
 */
export type WebTurn = Conversation['web'];

/** What the pages need from the rest of the service. */
export type WebDeps = {
  readonly db: Knex;
  readonly takeTurn: WebTurn;
  /** The address that people know us by: a form that comes from it is ours, whatever `Host` says. */
  readonly publicUrl: string;
  /** What people dial, `*384*27#`. */
  readonly ussdCode: string;
  readonly smsShortCode: string;
  readonly now: () => Date;
  /** Bytes of a CSPRNG. */
  readonly randomBytes: (count: number) => Buffer;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** For the details that are kept sealed, and for the token in forms. */
  readonly seal: Seal;
  /** Whether people come by HTTPS: cookies are then for HTTPS only, and browsers told to stay with it. */
  readonly secureCookies: boolean;
  /** Whether there is a phone at `/simulator` to link to. */
  readonly simulator: boolean;
};
