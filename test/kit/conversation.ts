import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { isGsm, septets } from '../../src/dialogue/gsm.js';
import { createEnginePhone } from './engine-phone.js';
import { createHandset, postTo } from './handset.js';
import { nextSmsAt } from './sending-stand-in.js';
import { createTranscript, type Transcript, withTranscript } from './transcript.js';
import type { Given } from './world.js';

/** A phone as a test holds it: whichever back is behind it, each call acts at once. */
export type Phone = {
  /** Dials the short code, or a longer one: `dial('1*2')` dials `*384*27*1*2#`. */
  dial(answers?: string): Promise<Shown>;
  reply(said: string): Promise<Shown>;
  hangUp(): Promise<void>;
  /** Texts the short code. */
  text(message: string): Promise<void>;
  /** The oldest SMS that was not taken yet; waits for it where it is on its way. */
  nextSms(): Promise<string>;
};

/** What stands on the screen after a dial or a reply. */
export type Shown = { readonly text: string; readonly ended: boolean };

/** What a script may do and expect. It reads like a phone call. */
export type Call = {
  dial(answers?: string): Promise<void>;
  reply(said: string): Promise<void>;
  hangUp(): Promise<void>;
  text(message: string): Promise<void>;
  /** The screen shows each of these, and the call goes on unless `ended` says otherwise. */
  see(...fragments: string[]): Promise<void>;
  /** The screen does not show this. */
  missing(fragment: string): Promise<void>;
  /** The call is over. */
  ended(): Promise<void>;
  /** The next SMS holds each of these; gives the whole SMS. */
  sms(...fragments: string[]): Promise<string>;
};

type Script = (call: Call) => Promise<void>;

/** Septets that a screen may take, and what the carrier's prefix may take of them. */
const SCREEN_SEPTETS = 160;
const PREFIX_SEPTETS = 4;

/**
 * A test that is a phone call. It runs on the pure engine, with its position passing through JSON
 * between any two turns. Every screen and SMS that it sees is checked against the budget, unasked.
 */
export function conversation(name: string, script: Script): void;
export function conversation(name: string, given: Given, script: Script): void;
export function conversation(name: string, ...rest: [Script] | [Given, Script]): void {
  if (collected) return;
  const [given, script] = rest.length === 1 ? [{}, rest[0]] : rest;
  test(name, async () => {
    const transcript = createTranscript();
    await withTranscript(transcript, async () =>
      script(callOn(await createEnginePhone(given), transcript)),
    );
  });
}

/**
 * The same script on the pure engine and on the real service: over HTTP in the carrier's own wire,
 * on a real database. It has to begin with a number that has never called.
 */
export function conversationOnBoth(name: string, script: Script): void {
  conversation(`${name} (engine)`, script);
  conversationOnService(name, script);
}

/** The same on the real service alone, for what depends on what is stored. */
export function conversationOnService(name: string, script: Script): void {
  if (collected) {
    collected.push({ name, script });
    return;
  }
  test(`${name} (service)`, async () => {
    const { url, carrier } = inject('service');
    // The service is shared, so the number is drawn: nobody else has called from it.
    const number = `+2547${String(randomInt(100_000_000)).padStart(8, '0')}`;
    const phone = createHandset(number, postTo(url), () => nextSmsAt(carrier, number));
    await callWith(phone, script);
  });
}

/** A conversation of a flow, to be had with any phone. */
export type ServiceConversation = { readonly name: string; readonly script: Script };

let collected: ServiceConversation[] | null = null;

/** The conversations of every flow that are for the service, without running them. */
export async function conversationsOfFlows(): Promise<readonly ServiceConversation[]> {
  const flows = new URL('../../flows/', import.meta.url);
  const found: ServiceConversation[] = [];
  collected = found;
  try {
    for (const flow of (await readdir(flows)).sort()) {
      const { pathname } = new URL(`${flow}/conversations.test.ts`, flows);
      // A name of its own, for the file itself may have been loaded already.
      if (existsSync(pathname)) await import(/* @vite-ignore */ `${pathname}?collected`);
    }
  } finally {
    collected = null;
  }
  return found;
}

/** Has a conversation with a phone; whatever fails comes with the transcript. */
export async function callWith(phone: Phone, script: Script): Promise<void> {
  const transcript = createTranscript();
  await withTranscript(transcript, () => script(callOn(phone, transcript)));
}

function callOn(phone: Phone, transcript: Transcript): Call {
  let shown: Shown | null = null;
  const show = (next: Shown) => {
    shown = next;
    transcript.screen(next.text, next.ended);
    expectFits(next.text, SCREEN_SEPTETS - PREFIX_SEPTETS);
  };
  const screen = () => {
    if (!shown) throw new Error('there is nothing on the screen: dial first');
    return shown;
  };
  return {
    async dial(answers) {
      transcript.caller(answers ? `dials with ${answers}` : 'dials');
      show(await phone.dial(answers));
    },
    async reply(said) {
      transcript.caller(said);
      expect(screen().ended, 'the call has ended, nobody can reply').toBe(false);
      show(await phone.reply(said));
    },
    async hangUp() {
      transcript.caller('hangs up');
      await phone.hangUp();
    },
    async text(message) {
      transcript.caller(`texts ${message}`);
      await phone.text(message);
    },
    async see(...fragments) {
      for (const fragment of fragments) expect(screen().text).toContain(fragment);
    },
    async missing(fragment) {
      expect(screen().text).not.toContain(fragment);
    },
    async ended() {
      expect(screen().ended, 'the call goes on').toBe(true);
    },
    async sms(...fragments) {
      const sms = await phone.nextSms();
      transcript.sms(sms);
      expectFits(sms, SCREEN_SEPTETS);
      for (const fragment of fragments) expect(sms).toContain(fragment);
      return sms;
    },
  };
}

/** Within the budget, and nothing outside GSM 03.38, which would more than halve it. */
export function expectFits(text: string, budget: number): void {
  expect(isGsm(text), `outside GSM 03.38: ${text}`).toBe(true);
  expect(septets(text), `too long: ${text}`).toBeLessThanOrEqual(budget);
}
