import type { FoundingLanguage } from '../../src/dialogue/languages.js';
import { expectFits, type Phone, type Shown } from '../kit/conversation.js';
import { createTranscript, type Transcript } from '../kit/transcript.js';
import type { Person } from './people.js';
import type { Random } from './random.js';

/** A line on which a person reads and replies; it may break at any time, and is dialled again. */
export type Line = {
  begin(): Promise<Shown>;
  say(reply: string): Promise<Shown>;
  /** How many replies were given, and how often the line broke. */
  readonly replies: number;
  readonly cuts: number;
  readonly transcript: Transcript;
};

/** A call. It breaks `cuts` times, at points that are drawn: before a reply or after it. */
export function callLine(phone: Phone, breaks?: { random: Random; cuts: number }): Line {
  const transcript = createTranscript();
  let [replies, cuts] = [0, 0];
  const show = (shown: Shown) => {
    transcript.screen(shown.text, shown.ended);
    expectFits(shown.text, 156);
    return shown;
  };
  const isCut = () => cuts < (breaks?.cuts ?? 0) && breaks?.random.chance(0.25) === true;
  const again = async () => {
    cuts += 1;
    // The carrier does not always say that a call has ended.
    const told = breaks?.random.chance(0.5);
    transcript.caller(`is cut off${told ? '' : ', unnoticed'}, and dials again`);
    if (told) await phone.hangUp();
    return show(await phone.dial());
  };
  return {
    async begin() {
      transcript.caller('dials');
      return show(await phone.dial());
    },
    async say(reply) {
      if (isCut()) return again();
      replies += 1;
      transcript.caller(reply);
      const shown = show(await phone.reply(reply));
      return isCut() ? again() : shown;
    },
    get replies() {
      return replies;
    },
    get cuts() {
      return cuts;
    },
    transcript,
  };
}

/** The same by SMS, each answered by one. */
export function smsLine(phone: Phone, opening: string): Line {
  const transcript = createTranscript();
  let replies = 0;
  const say = async (message: string) => {
    replies += 1;
    transcript.caller(`texts ${message}`);
    await phone.text(message);
    const text = await phone.nextSms();
    transcript.sms(text);
    expectFits(text, 160);
    return { text, ended: false };
  };
  return {
    begin: () => say(opening),
    say,
    get replies() {
      return replies;
    },
    cuts: 0,
    transcript,
  };
}

/** What a person who wants the whole profile done would choose wherever it is offered. */
const wishes: Readonly<Record<FoundingLanguage, readonly RegExp[]>> = {
  en: [/^Register$/, /^I agree/, /^Go on from there$/, /^Profile$/, /^Fill/, /^Yes, keep it$/],
  sw: [/^Jisajili$/, /^Nakubali/, /^Endelea pale/, /^Wasifu$/, /^Jaza/, /^Ndiyo, iache$/],
};

const COMPLETE = /\b25 (?:of|kati ya) 25\b/;

/** Answers whatever is asked until the service says that all 25 are there. */
export async function fillAll(
  line: Line,
  person: Person,
  language: FoundingLanguage,
): Promise<void> {
  let shown = await line.begin();
  while (!COMPLETE.test(shown.text)) {
    if (line.replies > 100) throw new Error('this leads nowhere');
    shown = shown.ended
      ? await line.begin()
      : await line.say(replyTo(shown.text, person, language));
  }
}

/** The reply to a screen, from what it says and what the person knows. */
function replyTo(screen: string, person: Person, language: FoundingLanguage): string {
  const options = optionsOn(screen);
  const asked = person.find(({ label }) =>
    screen.split('\n').some((line) => withoutSender(line).startsWith(`${label[language]}?`)),
  );
  if (asked) {
    const answer = asked.says[language];
    return options.find(({ text }) => text === answer)?.digits ?? answer;
  }
  for (const wish of wishes[language]) {
    const offered = options.find(({ text }) => wish.test(text));
    if (offered) return offered.digits;
  }
  throw new Error(`nobody would know what to reply to:\n${screen}`);
}

type Option = { readonly digits: string; readonly text: string };

/** The lines that say what can be replied. */
export function optionsOn(screen: string): readonly Option[] {
  return screen.split('\n').flatMap((line) => {
    const [, digits, text] = /^(\d+)\. (.*)$/.exec(line) ?? [];
    return digits !== undefined && text !== undefined ? [{ digits, text }] : [];
  });
}

/** Chooses what reads so on the screen. */
export async function choose(line: Line, shown: Shown, reads: RegExp): Promise<Shown> {
  const offered = optionsOn(shown.text).find(({ text }) => reads.test(text));
  if (!offered) throw new Error(`${reads} is not offered on:\n${shown.text}`);
  return line.say(offered.digits);
}

/** Finds the way to Swahili, which is named on the screens in both languages. */
export async function chooseSwahili(line: Line): Promise<void> {
  let shown = await line.begin();
  while (!shown.text.includes('Lugha: Kiswahili')) {
    const options = optionsOn(shown.text);
    // A call that was cut off after the choice speaks Swahili already.
    if (options.some(({ text }) => text === 'Jisajili')) return;
    const isThere = options.some(({ text }) => text === 'Kiswahili');
    shown = await choose(line, shown, isThere ? /^Kiswahili$/ : /^Lugha/);
  }
}

const menu = { en: /^Menu$/, sw: /^Menyu$/ };
const profile = { en: /^Profile$/, sw: /^Wasifu$/ };
const see = { en: /^See or change$/, sw: /^Ona au badilisha$/ };

/** Goes through the five groups, page by page, and reads what they show: values by labels. */
export async function readAll(
  line: Line,
  language: FoundingLanguage,
): Promise<Record<string, string>> {
  const read: Record<string, string> = {};
  for (let group = 0; group < 5; group += 1) {
    let shown = await line.begin();
    if (optionsOn(shown.text).some(({ text }) => menu[language].test(text))) {
      shown = await choose(line, shown, menu[language]);
    }
    shown = await choose(line, shown, profile[language]);
    shown = await choose(line, shown, see[language]);
    const groups = optionsOn(shown.text).filter(({ text }) => / \d\/\d$/.test(text));
    shown = await line.say(groups[group]?.digits ?? '');
    for (;;) {
      const options = optionsOn(shown.text);
      for (const { text } of options) {
        const [, label, value] = /^(.+?): (.*)$/.exec(text) ?? [];
        if (label !== undefined && value !== undefined) read[label] = value;
      }
      const more = options.find(({ digits }) => digits === '98');
      if (!more) break;
      shown = await line.say(more.digits);
    }
  }
  return read;
}

function withoutSender(line: string): string {
  return line.replace(/^KNEC CP2: /, '');
}
