import smpp from 'smpp';
import type { SendFailure } from '../channel.js';

/** The statuses that we give: SMPP 3.4, 5.1.3. */
export const status = {
  ok: 0x00,
  badLength: 0x02,
  unknownCommand: 0x03,
  /** Ours to cure: the message centre tries again. */
  temporary: 0x64,
  /** It will never become right: the message centre need not try again. */
  rejected: 0x66,
} as const;

const names = new Map(Object.entries(smpp.errors).map(([name, number]) => [number, name]));

/** The name of a status for the log, such as `ESME_RINVPASWD`; vendors' own have only their number. */
export function statusName(number: number): string {
  return names.get(number) ?? `0x${number.toString(16)}`;
}

const failures = new Map<string, SendFailure>([
  ['ESME_RTHROTTLED', 'rateLimited'],
  ['ESME_RMSGQFUL', 'rateLimited'],
  ['ESME_RINVDSTADR', 'invalidNumber'],
  ['ESME_RINVDSTTON', 'invalidNumber'],
  ['ESME_RINVDSTNPI', 'invalidNumber'],
  ['ESME_RINVSRCADR', 'invalidSender'],
  ['ESME_RINVSRCTON', 'invalidSender'],
  ['ESME_RINVSRCNPI', 'invalidSender'],
  ['ESME_RBINDFAIL', 'badCredentials'],
  ['ESME_RINVPASWD', 'badCredentials'],
  ['ESME_RINVSYSID', 'badCredentials'],
  ['ESME_RINVSYSTYP', 'badCredentials'],
  ['ESME_RSYSERR', 'carrierDown'],
  ['ESME_RINVBNDSTS', 'carrierDown'],
  // Another process has the only bind that the account allows: it passes when that one ends.
  ['ESME_RALYBND', 'carrierDown'],
  ['ESME_RX_T_APPN', 'carrierDown'],
]);

/** What a status other than 0 means for an SMS or a bind; those that vendors have added are refusals. */
export function failureOf(number: number): SendFailure {
  return failures.get(statusName(number)) ?? 'refused';
}
