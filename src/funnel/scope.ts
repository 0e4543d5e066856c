import { kenyanDay } from '../dialogue/kenyan-time.js';
import { isLanguage } from '../dialogue/languages.js';
import type { Channel } from '../sessions.js';
import type { Scope } from './read.js';

/** How an operator says which calls to look at; what is not said is null. */
export type Wish = {
  readonly days: string | null;
  readonly channel: string | null;
  readonly language: string | null;
};

export const channels = ['ussd', 'sms', 'web'] as const satisfies readonly Channel[];
const DAYS = 7;
const MOST_DAYS = 3_660;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The calls of the last days, the present one included; null where a wish is not understood. */
export function scopeOf({ days, channel, language }: Wish, now: Date): Scope | null {
  const count = days === null ? DAYS : /^[1-9]\d{0,3}$/.test(days) ? Number(days) : 0;
  const known = channel === null ? null : channels.find((one) => one === channel);
  if (count === 0 || count > MOST_DAYS || known === undefined) return null;
  if (language !== null && !isLanguage(language)) return null;
  return {
    from: kenyanDay(new Date(now.getTime() - (count - 1) * DAY_MS)),
    to: kenyanDay(now),
    channel: known,
    language,
  };
}
