import { ussdForm } from '../kit/handset.js';
import type { Random } from '../proof/random.js';
import type { Asked, Carrier } from './carrier.js';
import { hexFrom } from './drawing.js';
import { type Person, type Question, questions } from './people.js';
import { isLate, isRefused } from './replies.js';

/** What a caller reads. */
export type Shown = { readonly text: string; readonly ended: boolean };

/** A call, and the person who holds the phone. */
export type Call = {
  /** The last screen. */
  readonly shown: Shown;
  /** Replies, or types what leads nowhere. */
  say(reply: string): Promise<Shown>;
  /** Chooses the first of these that is offered; false where none is. */
  choose(...reads: readonly RegExp[]): Promise<boolean>;
  /** Answers the question on the screen, where it is one that a person can answer. */
  answer(): Promise<boolean>;
  /** Two replies to one screen at the same instant: the call goes on with the one that was taken. */
  sayBoth(one: string, other: string): Promise<void>;
  /** A request that cannot be the next one of this call. */
  strayFromStep(): Promise<void>;
  /** Hangs up; the carrier may tell of it or not. */
  hangUp(): Promise<void>;
};

/** Dials the code, or more than the code: `1*2` is `*384*27*1*2#`. */
export async function dial(
  person: Person,
  { carrier, random, dialled = '' }: { carrier: Carrier; random: Random; dialled?: string },
): Promise<Call> {
  const session = `ATUid_${hexFrom(random)}`;
  const { number } = person;
  let history = dialled;
  const send = async (text: string) => {
    const asked = await carrier.webhook('ussd', ussdForm({ session, number, text }));
    return { asked, shown: shownIn(asked) };
  };
  let { shown } = await send(history);

  const call: Call = {
    get shown() {
      return shown;
    },
    async say(reply) {
      const question = questionOn(shown);
      history = history === '' ? reply : `${history}*${reply}`;
      const next = await send(history);
      shown = next.shown;
      // Whoever is told that it takes longer may have been understood or not.
      const sure = isSaved(shown);
      if (question && (sure || isLate(next.asked.answer.body))) {
        const { began, ended } = next.asked;
        const value = question.keeps?.[reply] ?? reply;
        person.kept.push({ what: question.detail, value, sure, began, ended });
      }
      if (isRegistered(shown)) person.registered = true;
      return shown;
    },
    async choose(...reads) {
      for (const wish of reads) {
        const option = optionsOn(shown).find(({ text }) => wish.test(text));
        if (!option) continue;
        await call.say(option.digits);
        return true;
      }
      return false;
    },
    async answer() {
      const question = questionOn(shown);
      if (!question) return false;
      await call.say(question.answer(random, person));
      return true;
    },
    async sayBoth(...replies) {
      const texts = replies.map((reply) => (history === '' ? reply : `${history}*${reply}`));
      const both = await Promise.all(texts.map(send));
      const taken = Math.max(
        0,
        both.findIndex(({ asked }) => !isRefused(asked.answer.body)),
      );
      history = texts[taken] ?? history;
      shown = both[taken]?.shown ?? shown;
    },
    async strayFromStep() {
      // One character longer than anything that was said: it continues nothing.
      await send(`${history.replaceAll(/./g, '7')}7`);
    },
    async hangUp() {
      if (random.chance(0.5)) return;
      const ending = { date: '2026-11-23 06:04:45', status: 'Incomplete', hopsCount: '3' };
      await carrier.webhook('ussd-events', {
        ...ussdForm({ session, number, text: '' }),
        ...ending,
      });
    },
  };
  return call;
}

/** The way a screen is on the wire; anything else is for the promises to complain about. */
function shownIn({ answer }: Asked & { answer: { body: string } }): Shown {
  return { text: answer.body.slice(4), ended: !answer.body.startsWith('CON ') };
}

function linesOf({ text }: Shown): readonly string[] {
  return text.split('\n');
}

function questionOn(shown: Shown): Question | undefined {
  return questions.find(({ asked }) => linesOf(shown).some((line) => asked.test(line)));
}

export function optionsOn(
  shown: Shown,
): readonly { readonly digits: string; readonly text: string }[] {
  return linesOf(shown).flatMap((line) => {
    const [, digits, text] = /^(\d+)\. (.*)$/.exec(line) ?? [];
    return digits !== undefined && text !== undefined ? [{ digits, text }] : [];
  });
}

function isSaved({ text }: Shown): boolean {
  return /^(Saved|Imehifadhiwa)[.:]/.test(text);
}

function isRegistered({ text, ended }: Shown): boolean {
  return ended && /^(Registered\.|Umesajiliwa\.)/.test(text);
}
