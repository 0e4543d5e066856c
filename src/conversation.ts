import type { Knex } from 'knex';
import { noteCaller } from './callers.js';
import type { InboundSms, Screen, UssdTurn } from './channels/channel.js';
import { isConflict, violatedUniqueConstraint } from './database/database-errors.js';
import { inTransaction, type Transaction } from './database/transaction.js';
import { type CommonWords, commonWords } from './dialogue/common-words.js';
import type { Dialogue } from './dialogue/dialogue.js';
import type { Language } from './dialogue/languages.js';
import type { View } from './dialogue/screen.js';
import { answer, isWorthResuming, type Opening, openAndWalk, type Turn } from './dialogue/turn.js';
import type { Facts } from './dialogue/words.js';
import { continuation, heardSoFar } from './history.js';
import { readKeyword } from './keywords.js';
import { maskPhone, type Phone } from './phone-number.js';
import type { Seal } from './seal.js';
import {
  type Before,
  type Channel,
  type Input,
  loadBefore,
  recordTurn,
  SessionMoved,
} from './sessions.js';
import type { Scope, World } from './world.js';

/** What happens to a turn: for the metrics. Nothing in it is about a person. */
export type TurnObserver = (turn: {
  readonly channel: Channel;
  readonly outcome: 'taken' | 'repeated' | 'refused';
  readonly flow: string | null;
  readonly seconds: number;
}) => void;

export type ConversationParts = {
  readonly db: Knex;
  readonly dialogue: Dialogue;
  readonly world: World;
  readonly seal: Seal;
  readonly now: () => Date;
  /** Called after a commit that left SMS to send. */
  readonly wakeOutbox: () => void;
  readonly observe: TurnObserver;
  /** The septets that a USSD screen may take, what the channel puts before it included. */
  readonly screenSeptets: number;
  readonly facts: Omit<Facts, 'titles' | 'phone'>;
};

/** A web form that takes one step of a flow. */
export type WebRequest = {
  readonly flow: 'registration' | 'reset';
  readonly phone: Phone;
  /** The form's nonce: the same form sent twice is taken once. */
  readonly once: string;
  readonly language: Language;
};

export type Conversation = {
  /** A turn of a USSD call; the same request again gets the same reply and does nothing. */
  ussd(turn: UssdTurn): Promise<Screen>;
  /** An SMS that came in; what it is answered with is in the outbox. */
  sms(message: InboundSms): Promise<void>;
  /**
   * One step of a flow for the web: where it came to rest, and what it had in mind there; a form
   * that was sent again has the same state, and no context.
   */
  web(request: WebRequest): Promise<WebOutcome>;
};

export type WebOutcome = {
  readonly state: string;
  readonly context: Readonly<Record<string, unknown>>;
};

/** What to do with an input, decided from what is stored. */
type Plan =
  | { readonly begin: Opening; readonly dialled?: readonly string[] }
  | { readonly answer: string }
  | { readonly refuse: keyof CommonWords };

/** A reply, and where the dialogue rests with it. */
type Taken = Screen & WebOutcome;

/** `CON ` or `END ` goes before every USSD screen, and nobody says whether it counts: so it does. */
const USSD_PREFIX_SEPTETS = 4;
const SMS_SEPTETS = 160;
/** Deeper than any flow; more answers dialled with the code would only lead in circles. */
const MOST_DIALLED = 20;
/** Copies of one request can be in each other's way a few times, not for ever. */
const MOST_TRIES = 5;

/**
 * The one use case: load the session, let the dialogue take the turn, commit, and only then reply.
 * Two copies of a request, on two machines, at the same instant: one commits, the other finds the
 * reply that was recorded.
 */
export function createConversation(parts: ConversationParts): Conversation {
  const { db, dialogue, world, seal, now } = parts;

  async function take(
    input: Input,
    opening: Language | null,
    plan: (before: Before) => Plan,
    heard: string,
  ): Promise<Taken> {
    const began = performance.now();
    const observe = (outcome: 'taken' | 'repeated' | 'refused', flow: string | null) =>
      parts.observe({
        channel: input.channel,
        outcome,
        flow,
        seconds: (performance.now() - began) / 1000,
      });

    for (let attempt = 1; ; attempt += 1) {
      const at = now();
      const before = await loadBefore(db, seal, input, at);
      if (before.recorded) {
        observe('repeated', null);
        return { ...before.recorded, context: {} };
      }
      const planned = plan(before);
      const session = 'begin' in planned ? null : before.session;
      const language = opening ?? session?.language ?? before.language ?? 'en';
      if ('refuse' in planned) {
        observe('refused', null);
        const text = commonWords[language][planned.refuse];
        return { text, ended: true, state: planned.refuse, context: {} };
      }
      const turn = await takeTurn(input, planned, before, language);
      try {
        await inTransaction(db, async (trx) => {
          await noteCaller(trx, { phone: input.phone, language: opening, at });
          await recordTurn(trx, seal, input, session, {
            language: turn.language,
            position: turn.position,
            ended: turn.screen.ended,
            reply: turn.screen.text,
            slipped: turn.slipped,
            ...heardSoFar(seal, heard),
            at,
          });
          await happen(trx, { ...input, language: turn.language, at }, turn);
        });
      } catch (error) {
        if (attempt < MOST_TRIES && isOvertaken(error)) continue;
        throw error;
      }
      observe('taken', turn.position.flow);
      if (turn.sms.length > 0 || input.channel === 'sms') parts.wakeOutbox();
      const { state, context } = turn.position;
      return { ...turn.screen, state, context };
    }
  }

  function takeTurn(input: Input, plan: Plan, before: Before, language: Language): Promise<Turn> {
    const view: View = {
      language,
      budget: input.channel === 'sms' ? SMS_SEPTETS : parts.screenSeptets - USSD_PREFIX_SEPTETS,
      facts: { ...parts.facts, phone: maskPhone(input.phone) },
      signed: input.channel === 'sms',
    };
    const ask = world.ask({ phone: input.phone, language });
    if ('begin' in plan) return openAndWalk(dialogue, plan.begin, plan.dialled ?? [], view, ask);
    const position = before.session?.position;
    if (!position || !('answer' in plan))
      throw new Error('an answer to a dialogue that is not open');
    return answer(dialogue, position, plan.answer, view, ask);
  }

  async function happen(trx: Transaction, scope: Scope, turn: Turn): Promise<void> {
    for (const effect of turn.effects) await world.perform(trx, scope, effect);
    // An SMS is answered once: by what the flow sends, or else by the screen itself.
    const replies =
      scope.channel === 'sms' && turn.sms.length === 0
        ? [{ carries: 'reply' as const, text: turn.screen.text }]
        : turn.sms;
    for (const sms of replies) await world.send(trx, scope, sms);
  }

  return {
    async ussd({ carrier, session, phone, said }) {
      if (!('history' in said)) throw new Error('only whole histories are understood yet');
      const { history } = said;
      const digest = seal.digest('turn', JSON.stringify(['ussd', carrier, session, history]));
      const input: Input = { channel: 'ussd', carrier, session, phone, digest };
      const plan = ({ session: stored, unfinished: left }: Before): Plan => {
        if (!stored && history !== '') {
          return { begin: { flow: 'home' }, dialled: history.split('*').slice(0, MOST_DIALLED) };
        }
        if (!stored) {
          const unfinished = left && isWorthResuming(dialogue, left) ? left : null;
          return { begin: { flow: 'home', unfinished } };
        }
        if (!stored.position) return { refuse: 'callOver' };
        const answered = continuation(seal, stored, history);
        return answered === null ? { refuse: 'outOfStep' } : { answer: answered };
      };
      const { text, ended } = await take(input, null, plan, history);
      return { text, ended };
    },

    async sms({ carrier, id, phone, text }) {
      const digest = seal.digest('turn', JSON.stringify(['sms', carrier, id]));
      const input: Input = { channel: 'sms', carrier, session: id, phone, digest };
      const keyword = readKeyword(dialogue, text);
      const plan = ({ session }: Before): Plan => {
        if (keyword) return { begin: { ...keyword, asked: true } };
        if (session?.position) return { answer: text };
        return { begin: { flow: 'help', asked: true } };
      };
      await take(input, keyword?.language ?? null, plan, '');
    },

    async web({ flow, phone, once, language }) {
      const digest = seal.digest('turn', JSON.stringify(['web', flow, once]));
      const session = `${flow} ${once}`;
      const input: Input = { channel: 'web', carrier: 'web', session, phone, digest };
      const plan = (): Plan => ({ begin: { flow, asked: true } });
      const { state, context } = await take(input, language, plan, '');
      return { state, context };
    },
  };
}

/** Whether another copy of the request, or another request for the same thing, was faster. */
function isOvertaken(error: unknown): boolean {
  return (
    error instanceof SessionMoved || violatedUniqueConstraint(error) !== null || isConflict(error)
  );
}
