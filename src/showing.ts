import type { Language } from './dialogue/languages.js';
import type { View } from './dialogue/screen.js';
import { maskPhone, type Phone } from './phone-number.js';
import type { Channel } from './sessions.js';

/** What screens quote of how the service is set up, and how much they may hold. */
export type Showing = {
  readonly facts: View['facts'];
  /** The septets that a USSD screen may take, what the channel puts before it included. */
  readonly screenSeptets: number;
};

/** `CON ` or `END ` goes before every USSD screen, and nobody says whether it counts: so it does. */
const USSD_PREFIX_SEPTETS = 4;
const SMS_SEPTETS = 160;

/** How screens are shown to a caller. */
export function viewFor(
  { facts, screenSeptets }: Showing,
  caller: { readonly phone: Phone; readonly channel: Channel; readonly language: Language },
): View {
  const sms = caller.channel === 'sms';
  return {
    language: caller.language,
    budget: sms ? SMS_SEPTETS : screenSeptets - USSD_PREFIX_SEPTETS,
    facts,
    phone: maskPhone(caller.phone),
    signed: sms,
  };
}
