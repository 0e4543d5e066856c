import { setTimeout as pause } from 'node:timers/promises';
import type { Call, Turn } from './load/job.js';

/** A step of a call: what is chosen on the screen before, and what the next one shows. */
export type Step = {
  /** Empty: the dial. A line of the menu, by what stands in it, or else the answer itself. */
  readonly choose: string;
  readonly see: string;
};

/** Menu, submenu, back, a text, its next page, back: what every contender plays. Nothing in it has an effect. */
export const menus: readonly Step[] = [
  { choose: '', see: 'About and your data' },
  { choose: 'Language', see: 'Kiswahili' },
  { choose: '0', see: 'About and your data' },
  { choose: 'About', see: 'National Examinations Council' },
  { choose: '98', see: 'examination work' },
  { choose: '0', see: 'National Examinations Council' },
];

/** The like for somebody who is registered: the account and the profile are read on the way. */
export const memberMenus: readonly Step[] = [
  { choose: '', see: 'Profile' },
  { choose: 'Language', see: 'Kiswahili' },
  { choose: '0', see: 'Profile' },
  { choose: 'Profile', see: '1. ' },
  { choose: '1', see: '0. Back' },
  { choose: '00', see: 'Profile' },
];

/**
 * Plays a journey once, slowly, and writes down what is typed and shown: the load then plays the same
 * and takes nothing else. Throws where a screen is not what the journey says.
 */
export async function rehearse(
  url: string,
  phone: number,
  journey: readonly Step[],
): Promise<Call> {
  const call: Turn[] = [];
  const typed: string[] = [];
  const session = `rehearsal-${phone}-${performance.now()}`;
  let screen = '';
  for (const { choose, see } of journey) {
    if (choose !== '') typed.push(typedFor(choose, screen));
    const text = typed.join('*');
    const form = { sessionId: session, serviceCode: '*384*27#', phoneNumber: `+${phone}`, text };
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
    screen = await response.text();
    if (response.status !== 200 || !screen.includes(see)) {
      throw new Error(`After "${text}" it should show "${see}", and shows: ${screen}`);
    }
    call.push({ text, answer: screen });
    await pause(5);
  }
  return call;
}

/** Somebody new registers: a password is hashed, an account made, an SMS sent. */
export const registering: readonly Step[] = [
  { choose: '', see: 'Register' },
  { choose: 'Register', see: 'I agree' },
  { choose: 'I agree', see: 'Registered' },
];

/**
 * A part of the profile is filled in: five of twelve turns save. What nobody else should have is skipped,
 * for all give the same answers.
 */
export const filling: readonly Step[] = [
  { choose: '', see: 'Profile' },
  { choose: 'Profile', see: 'Fill' },
  { choose: 'Fill', see: 'Year of birth' },
  { choose: '1985', see: 'Saved' },
  { choose: 'Female', see: 'Saved' },
  { choose: '99', see: 'KRA PIN' },
  { choose: '99', see: 'NSSF' },
  { choose: '99', see: 'SHA' },
  { choose: '99', see: 'E-mail' },
  { choose: 'NONE', see: 'Saved' },
  { choose: 'Absa', see: 'Saved' },
  { choose: 'Kisumu', see: 'Saved' },
];

/** What is typed: the number of the line that the words stand in, or the words themselves. */
function typedFor(choose: string, screen: string): string {
  if (/^\d+$/.test(choose)) return choose;
  const line = screen.split('\n').find((one) => /^\d+[.)] /.test(one) && one.includes(choose));
  return line?.split(/[.)]/)[0] ?? choose;
}
