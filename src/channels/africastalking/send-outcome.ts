import { z } from 'zod';
import type { SendFailure, SendOutcome } from '../channel.js';

/** Africa's Talking's codes and words for an SMS that it did not take. */
const refusals: readonly {
  readonly code: number;
  readonly word: string;
  readonly failure: SendFailure;
}[] = [
  { code: 401, word: 'RiskHold', failure: 'refused' },
  { code: 402, word: 'InvalidSenderId', failure: 'invalidSender' },
  { code: 403, word: 'InvalidPhoneNumber', failure: 'invalidNumber' },
  { code: 404, word: 'UnsupportedNumberType', failure: 'invalidNumber' },
  { code: 405, word: 'InsufficientBalance', failure: 'noCredit' },
  { code: 406, word: 'UserInBlacklist', failure: 'blocked' },
  { code: 407, word: 'CouldNotRoute', failure: 'refused' },
  { code: 409, word: 'DoNotDisturbRejection', failure: 'blocked' },
  { code: 500, word: 'InternalServerError', failure: 'carrierDown' },
  { code: 501, word: 'GatewayError', failure: 'carrierDown' },
  { code: 502, word: 'RejectedByGateway', failure: 'carrierDown' },
];

const recipient = z.object({
  statusCode: z.coerce.number(),
  messageId: z.string().catch('None'),
  cost: z.string().nullable().catch(null),
});

const answer = z.object({
  SMSMessageData: z.object({
    Message: z.string().catch(''),
    Recipients: z.array(recipient).catch([]),
  }),
});

/** An error of the SDK's HTTP client. Its `config`, which holds the API key, is not looked at. */
const httpError = z.object({
  isAxiosError: z.literal(true),
  code: z.string().optional().catch(undefined),
  response: z.object({ status: z.number(), data: z.unknown() }).optional().catch(undefined),
});

/**
 * Reads the body of an answer to one SMS.
 *
 * @param unreadable what it means where it is none of the API's own.
 */
export function readAnswer(body: unknown, unreadable: SendFailure = 'timedOut'): SendOutcome {
  const read = answer.safeParse(body);
  if (!read.success) return failed(unreadable);
  const { Message: message, Recipients: recipients } = read.data.SMSMessageData;
  const [to] = recipients;
  if (to === undefined) return failed(refusalIn(message) ?? 'refused');
  if (to.statusCode < 100 || to.statusCode > 102) return failed(refusalOfCode(to.statusCode));
  // Taken, they say, but as what? A delivery report would tell.
  if (to.messageId === '' || to.messageId === 'None') return failed('timedOut');
  return { accepted: true, carrierMessageId: to.messageId, cost: to.cost };
}

/** Reads what the SDK rejected with. Only codes are taken from it: the rest holds secrets. */
export function readRejection(reason: unknown): SendOutcome {
  const read = httpError.safeParse(reason);
  if (read.success) {
    const { code, response } = read.data;
    return response ? readErrorResponse(response) : failed(failureOfNetwork(code));
  }
  // The SDK checks numbers by a list of its own before it sends.
  if (reason instanceof Error) {
    return failed(reason.message.includes('phone number') ? 'invalidNumber' : 'refused');
  }
  // A 2xx other than the 201 of the API: a page of a proxy, and nobody has taken the SMS.
  return readAnswer(reason, 'carrierDown');
}

/** An error may come with a body in full, as for one recipient: that says more than the status. */
function readErrorResponse(response: { status: number; data?: unknown }): SendOutcome {
  const byStatus = failureOfHttp(response.status);
  const read = answer.safeParse(response.data);
  if (!read.success) return failed(byStatus);
  const { Message: message, Recipients: recipients } = read.data.SMSMessageData;
  return recipients.length > 0 ? readAnswer(response.data) : failed(refusalIn(message) ?? byStatus);
}

function failureOfHttp(status: number): SendFailure {
  if (status === 401 || status === 403) return 'badCredentials';
  // Whoever stands before the API has given up waiting, and the API may have taken the SMS.
  if (status === 408 || status === 504) return 'timedOut';
  if (status === 429) return 'rateLimited';
  // A redirect or a 404 does not come from the API: something else answers in its place.
  if (status < 400 || status === 404 || status >= 500) return 'carrierDown';
  return 'refused';
}

/** Codes after which nobody knows whether the SMS was taken: it may have been, and not answered. */
const unanswered = new Set(['ERR_CANCELED', 'ECONNABORTED', 'ETIMEDOUT', 'ECONNRESET', 'EPIPE']);

function failureOfNetwork(code: string | undefined): SendFailure {
  return code !== undefined && unanswered.has(code) ? 'timedOut' : 'carrierDown';
}

function refusalOfCode(code: number): SendFailure {
  const known = refusals.find((refusal) => refusal.code === code);
  return known?.failure ?? (code >= 500 ? 'carrierDown' : 'refused');
}

function refusalIn(message: string): SendFailure | undefined {
  const said = message.toLowerCase();
  return refusals.find((refusal) => said.includes(refusal.word.toLowerCase()))?.failure;
}

function failed(failure: SendFailure): SendOutcome {
  return { accepted: false, failure };
}
