import type { Random } from '../proof/random.js';
import { fromOurPage, logInAs } from './browser.js';
import { type Call, dial, optionsOn } from './call.js';
import type { Carrier } from './carrier.js';
import { hexFrom } from './drawing.js';
import { type Person, questions } from './people.js';

/** What somebody does at one time: a call, an SMS, a web form. */
export type Deed = (person: Person, by: Means) => Promise<void>;

export type Means = {
  readonly carrier: Carrier;
  readonly random: Random;
  /** The passwords in a person's SMS, the last one first. */
  readonly inbox: (person: Person) => readonly string[];
};

/** What stands before the menu at times, and leads to it. */
const toMenu = [/^(Menu|Menyu)$/, /^(Go on|Endelea)$/];

/** Chooses what leads on, until nothing does. */
async function follow(call: Call, ...reads: readonly RegExp[]): Promise<void> {
  for (let steps = 0; steps < 8 && !call.shown.ended; steps += 1) {
    if (!(await call.choose(...reads, ...toMenu))) return;
  }
}

const register: Deed = async (person, by) => {
  const call = await dial(person, by);
  await follow(call, /^(I agree|Nakubali)/, /^(Register|Jisajili)$/);
  if (!call.shown.ended) await call.hangUp();
};

const reset: Deed = async (person, by) => {
  const call = await dial(person, by);
  await follow(
    call,
    /^(Yes, send it|Ndiyo, litume)$/,
    /^(Send me a new one|Nitumie nyingine)$/,
    /^(Password|Nenosiri)$/,
  );
  if (!call.shown.ended) await call.hangUp();
};

/** Answers some of what is missing, is cut off in the middle of it, or goes on with what was left. */
const fillIn: Deed = async (person, by) => {
  const { random } = by;
  const call = await dial(person, by);
  const goOn = [/^(Go on from there|Endelea pale pale)$/, /^(Profile|Wasifu)$/, /^(Fill|Jaza)/];
  await follow(call, ...goOn);
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    if (random.chance(0.1)) await call.strayFromStep();
    const mood = random.below(10);
    if (mood === 0) await call.say(random.pick(['*', 'no*thing', '?', '']));
    else if (mood === 1) await call.choose(/^(Skip|Ruka)$/);
    else if (!(await call.answer())) break;
  }
  if (random.chance(0.3)) await call.say('00');
  await call.hangUp();
};

/** Looks at what is kept, and changes a part of it. */
const change: Deed = async (person, by) => {
  const call = await dial(person, by);
  await follow(
    call,
    /^(Profile|Wasifu)$/,
    /^(See or change|Ona au badilisha)$/,
    /^(Personal|Binafsi)/,
  );
  const details = optionsOn(call.shown).filter(({ text }) => /: /.test(text));
  if (details.length > 0) {
    await call.say(by.random.pick(details).digits);
    await call.choose(/^(Change|Badilisha)$/);
    await call.answer();
  }
  await call.hangUp();
};

/** Presses this and that, and never what would do something. */
const wander: Deed = async (person, by) => {
  const { random } = by;
  const call = await dial(person, by);
  for (let left = 1 + random.below(6); left > 0 && !call.shown.ended; left -= 1) {
    const options = optionsOn(call.shown).filter(
      ({ text }) => !/^(I agree|Nakubali|Yes|Ndiyo|Send me|Nitumie)/.test(text),
    );
    const option = options.length > 0 ? random.pick(options).digits : '9';
    if (random.chance(0.1)) await call.sayBoth(option, '0');
    else await call.say(random.chance(0.1) ? random.pick(['99', '', '#', '1*']) : option);
  }
  await call.hangUp();
};

const chooseLanguage: Deed = async (person, by) => {
  const call = await dial(person, by);
  await follow(call, /^(Lugha)/);
  await call.choose(by.random.pick([/^English$/, /^Kiswahili$/]));
  await call.hangUp();
};

/** Dials answers with the code: they go as far as they go, and change nothing by themselves. */
const dialDeep: Deed = async (person, by) => {
  const { random } = by;
  const dialled = random.pick([
    '1',
    '1*1',
    '1*1*1',
    '2*1',
    '2',
    '3*1',
    '1*2*1*1',
    '9*9',
    '1*1*Jane*Doe',
  ]);
  const call = await dial(person, { ...by, dialled });
  if (random.chance(0.5)) await call.answer();
  await call.hangUp();
};

function text(said: (random: Random) => string): Deed {
  return async (person, by) => {
    const words = said(by.random);
    await sendSms(person, by, words);
    if (/^(register|jisajili)/i.test(words)) person.registered = true;
  };
}

/** Texts one or two details at once. */
const textDetails: Deed = async (person, by) => {
  const { random } = by;
  const given = new Map(
    Array.from({ length: 1 + random.below(2) }, () => {
      const question = random.pick(questions.filter(({ keeps }) => !keeps));
      return [question, question.answer(random, person)] as const;
    }),
  );
  const parts = [...given].map(([{ keyword }, answer]) => `${keyword} ${answer}`);
  const sure = person.registered;
  const { began, ended } = await sendSms(person, by, `PROFILE ${parts.join(', ')}`);
  for (const [{ detail }, value] of given) {
    person.kept.push({ what: detail, value, sure, began, ended });
  }
};

/** From STOP to START the person wants nothing but what they ask for. */
const stopOrStart: Deed = async (person, by) => {
  const [word, value] = by.random.pick([
    ['STOP', 'stopped'],
    ['Ondoka', 'stopped'],
    ['START', 'started'],
    ['anza', 'started'],
  ] as const);
  const { began, ended } = await sendSms(person, by, word);
  person.kept.push({ what: 'wish', value, sure: true, began, ended });
};

async function sendSms(person: Person, { carrier, random }: Means, said: string) {
  const about = { date: '2026-11-23T06:04:45Z', from: person.number, id: hexFrom(random) };
  return carrier.webhook('sms', { ...about, text: said, to: '22263', networkCode: '63902' });
}

function form(path: '/register' | '/reset'): Deed {
  return async (person, { carrier, random }) => {
    const { number } = person;
    const once = Array.from({ length: 22 }, () => random.pick([...'ABCDEFGHabcdefgh0123456789-_']));
    const fields = { once: once.join(''), phone: number, phoneAgain: number };
    await carrier.ask({ path, form: fields, headers: fromOurPage });
    if (path === '/register') person.registered = true;
  };
}

/** Logs in with a password that has come, mostly the last one. */
const logIn: Deed = async (person, by) => {
  const passwords = by.inbox(person);
  if (passwords.length === 0) return;
  const [last = ''] = passwords;
  await logInAs(person, by.random.chance(0.7) ? last : by.random.pick(passwords), by);
};

/** By their share in all that people do. */
const deeds: readonly (readonly [share: number, deed: Deed])[] = [
  [300, fillIn],
  [110, change],
  [130, wander],
  [90, dialDeep],
  [60, chooseLanguage],
  [40, register],
  [35, reset],
  [5, form('/reset')],
  [5, form('/register')],
  [8, text(() => 'RESET')],
  [8, text((random) => random.pick(['REGISTER', 'jisajili please']))],
  [110, textDetails],
  [40, logIn],
  [30, text((random) => random.pick(['PROFILE', '2', 'WASIFU', '00', '1']))],
  [20, text((random) => random.pick(['HELP', 'MSAADA', 'what is this?', '']))],
  [15, text((random) => random.pick(['ENGLISH', 'Kiswahili']))],
  [30, stopOrStart],
];

const whole = deeds.reduce((sum, [share]) => sum + share, 0);

function anyDeed(random: Random): Deed {
  let drawn = random.below(whole);
  for (const [share, deed] of deeds) {
    if (drawn < share) return deed;
    drawn -= share;
  }
  throw new Error('the shares make a whole');
}

/** How somebody begins: most by a registration, in one way or another. */
function firstDeed(random: Random): Deed {
  const ways = [register, register, register, register, text(() => 'REGISTER'), form('/register')];
  return random.chance(0.9) ? random.pick(ways) : anyDeed(random);
}

/** All that a person does, in this order; some of it at the same time, from two phones as it were. */
export function planFor(random: Random, count: number): readonly (readonly Deed[])[] {
  const plan: Deed[][] = [];
  for (let left = count; left > 0; ) {
    const deed = plan.length === 0 ? firstDeed(random) : anyDeed(random);
    const together = left > 1 && random.chance(0.1);
    plan.push(together ? [deed, random.chance(0.5) ? deed : anyDeed(random)] : [deed]);
    left -= plan.at(-1)?.length ?? 1;
  }
  return plan;
}
