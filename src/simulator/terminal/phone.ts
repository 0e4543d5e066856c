import { maskPhone, type Phone, readPhone } from '../../phone-number.js';
import type { HandsetView, Sms } from '../browser/protocol.js';
import { drawBox } from './box.js';
import { type Connection, Refused } from './connection.js';
import type { Step } from './recording.js';

export type TerminalPhone = {
  /** Does what one line says. False when it says to stop. */
  obey(line: string): Promise<boolean>;
  /** Hangs up where a call is open: nobody would be there to answer. */
  leave(): Promise<void>;
  /** Takes news of a handset, and shows the SMS that have come to this one. */
  notice(handset: HandsetView): void;
};

export type TerminalPhoneOptions = {
  readonly connection: Connection;
  readonly phone: Phone;
  readonly ussdCode: string;
  readonly smsShortCode: string;
  /** Ids of the SMS that had come before. */
  readonly alreadyShown: readonly string[];
  readonly print: (text: string) => void;
  /** Keeps a session as a test and answers with the path; rejects with a {@link Refused}. */
  readonly save: (name: string, steps: readonly Step[]) => Promise<string>;
  /** How long `wait` waits for an SMS, in milliseconds. */
  readonly patience: number;
};

/** A feature phone that is driven by lines of text. */
export function createTerminalPhone(options: TerminalPhoneOptions): TerminalPhone {
  const { connection, print, ussdCode, smsShortCode } = options;
  const shown = new Set(options.alreadyShown);
  let phone = options.phone;
  let inCall = false;
  let acting = false;
  let steps: Step[] = [];
  let unshown: Sms[] = [];
  let onSms = (): void => {};

  function showSms(): void {
    if (acting) return;
    for (const { party, text } of unshown) {
      steps.push({ did: 'sms', text });
      print(drawBox(text, `SMS from ${party}`));
    }
    if (unshown.length > 0) onSms();
    unshown = [];
  }

  function showScreen({ screen }: HandsetView): void {
    inCall = screen.kind === 'menu';
    if (screen.kind === 'idle') return;
    print(drawBox(screen.text, maskPhone(phone), `${screen.septets}/160`));
    if (screen.kind === 'menu' || screen.kind === 'ended') {
      steps.push({ did: 'see', text: screen.text });
    }
    if (screen.kind === 'ended') steps.push({ did: 'ended' });
  }

  /** SMS that come meanwhile are shown after the screen, as they are on a handset. */
  async function act(
    action: Parameters<Connection['act']>[1],
    body?: object,
  ): Promise<HandsetView> {
    acting = true;
    try {
      const handset = await connection.act(phone, action, body);
      if (action !== 'sms') showScreen(handset);
      return handset;
    } finally {
      acting = false;
      showSms();
    }
  }

  async function dial(code: string): Promise<void> {
    if (inCall) await hangUp();
    const begun: Step = { did: 'dial', code };
    steps = [begun];
    const { place } = await act('dial', { code });
    if (place?.flow === 'home' && place.state === 'menu') {
      steps = steps.with(0, { ...begun, registered: true });
    }
  }

  async function hangUp(): Promise<void> {
    if (inCall) steps.push({ did: 'hangUp' });
    await act('hang-up');
    print('Hung up.');
  }

  async function text(said: string): Promise<void> {
    if (!inCall) steps = [];
    steps.push({ did: 'text', said });
    await act('sms', { text: said });
    print(`Sent to ${smsShortCode}.`);
  }

  async function reply(said: string): Promise<void> {
    if (!inCall) throw new Refused(`Nothing to answer. Dial ${ussdCode}, or type help.`);
    steps.push({ did: 'reply', said });
    await act('reply', { text: said });
  }

  async function inbox(): Promise<void> {
    const { handsets } = await connection.network();
    const messages = handsets.find((one) => one.phone === phone)?.messages ?? [];
    const received = messages.filter(({ direction }) => direction === 'received');
    if (received.length === 0) print('No messages.');
    for (const sms of received) print(drawBox(sms.text, `SMS from ${sms.party}`));
  }

  async function changeNumber(written: string): Promise<void> {
    const next = readPhone(written);
    if (!next) throw new Refused('That is not a Kenyan mobile number, such as 0712345678.');
    if (inCall) await hangUp();
    phone = next;
    steps = [];
    unshown = [];
    const { handsets } = await connection.network();
    const handset = handsets.find((one) => one.phone === next);
    for (const { id } of handset?.messages ?? []) shown.add(id);
    print(`This is ${maskPhone(phone)} now.`);
  }

  async function wait(): Promise<void> {
    const texted = steps.findLastIndex(({ did }) => did === 'text');
    if (steps.slice(texted + 1).some(({ did }) => did === 'sms')) return;
    const came = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), options.patience);
      onSms = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
    onSms = () => {};
    if (!came) print('No SMS came.');
  }

  async function save(name: string): Promise<void> {
    if (steps.length === 0) throw new Refused('There is no session to save yet.');
    print(`Saved as ${await options.save(name, steps)}. Read it through before you share it.`);
  }

  async function command(line: string): Promise<boolean> {
    const [word = '', ...others] = line.split(/\s+/);
    const rest = others.join(' ');
    if (/^\*[\d*]+#$/.test(line)) await dial(line);
    else if (word === 'quit' || word === 'exit') return false;
    else if (word === 'help') print(help(ussdCode, smsShortCode));
    else if (word === 'hangup') await hangUp();
    else if (word === 'sms' && rest) await text(line.slice('sms'.length).trim());
    else if (word === 'inbox') await inbox();
    else if (word === 'number' && rest) await changeNumber(rest);
    else if (word === 'wait') await wait();
    else if (word === 'save' && rest) await save(rest);
    else if (line !== '' || inCall) await reply(line);
    return true;
  }

  return {
    async obey(line) {
      try {
        return await command(line.trim());
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        print(error.message);
        return true;
      }
    },
    async leave() {
      if (inCall) await hangUp();
    },
    notice(handset) {
      if (handset.phone !== phone) return;
      const fresh = handset.messages.filter(
        ({ id, direction }) => direction === 'received' && !shown.has(id),
      );
      for (const { id } of fresh) shown.add(id);
      unshown = [...unshown, ...fresh];
      showSms();
    },
  };
}

function help(ussdCode: string, smsShortCode: string): string {
  return [
    `${ussdCode.padEnd(14)} dials; add answers to go straight there, ${ussdCode.slice(0, -1)}*1#`,
    'anything else  answers, while a call is open',
    'hangup         ends the call',
    `sms TEXT       texts ${smsShortCode}`,
    'inbox          shows the SMS of this phone',
    'wait           waits for the next SMS',
    'number 07…     takes another phone',
    'save NAME      keeps the last session as a test, test/recorded/NAME.test.ts',
    'quit           leaves',
  ].join('\n');
}
