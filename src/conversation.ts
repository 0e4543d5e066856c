import type { InboundSms, Screen, UssdTurn } from './channels/channel.js';
import { isConflict, violatedUniqueConstraint } from './database/database-errors.js';
import type { Transaction } from './database/transaction.js';
import { type CommonWords, commonWords } from './dialogue/common-words.js';
import type { Dialogue } from './dialogue/dialogue.js';
import type { Language } from './dialogue/languages.js';
import { sign, type View } from './dialogue/screen.js';
import { answer, isWorthResuming, type Opening, openAndWalk, type Turn } from './dialogue/turn.js';
import type { Facts } from './dialogue/words.js';
import type { OutgoingSms } from './dialogue/world.js';
import { digestOf, hear, lengthOf } from './hearing.js';
import { readKeyword } from './keywords.js';
import { inTime, type Patience } from './patience.js';
import { maskPhone, type Phone } from './phone-number.js';
import type { Seal } from './seal.js';
import type { Channel } from './sessions.js';
import { type Before, type Input, SessionMoved, type Step } from './turns/stored.js';
import type { Turns } from './turns/turns.js';
import { createUnderWay } from './under-way.js';
import type { Scope, World } from './world.js';

/** What happens to a turn: for the metrics. Nothing in it is about a person. */
export type TurnObserver = (turn: {
  readonly channel: Channel;
  readonly outcome: 'taken' | 'repeated' | 'refused';
  readonly flow: string | null;
  readonly seconds: number;
}) => void;

export type ConversationParts = {
  readonly dialogue: Dialogue;
  readonly world: World;
  readonly turns: Turns;
  readonly seal: Seal;
  readonly now: () => Date;
  /** Called after a commit that left SMS to send. */
  readonly wakeOutbox: () => void;
  readonly observe: TurnObserver;
  /** Milliseconds that a caller waits for a turn; see {@link inTime}. */
  readonly patienceMs: number;
  /** What goes wrong after its caller was answered. */
  readonly onLateFailure: (error: unknown) => void;
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
  /** The answer to what the step before, of the same nonce, has asked. */
  readonly said?: string;
};

export type Conversation = {
  /**
   * A turn of a USSD call; the same request again gets the same reply and does nothing. A turn that
   * is not ready in time ends the call politely: it is taken all the same, and its result goes by SMS.
   */
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
  | { readonly refuse: keyof CommonWords }
  /** Only the database can tell: it may have been taken already, as the input of another digest. */
  | { readonly look: Buffer | null };

/** Where an input comes from, and what to make of it. */
type Request = Omit<Input, 'digest'> & {
  /** Null where the input depends on its place in the call: then `plan` tells it. */
  readonly digest: Buffer | null;
  readonly plan: (before: Before, at: Date) => Plan & { readonly digest?: Buffer };
  /** The language of the first word, for a number that has never been in touch. */
  readonly language: Language | null;
  readonly heardLength: number;
  readonly patience: Patience | null;
};

/** A reply, and where the dialogue rests with it. */
type Taken = Screen & WebOutcome;

/** `CON ` or `END ` goes before every USSD screen, and nobody says whether it counts: so it does. */
const USSD_PREFIX_SEPTETS = 4;
const SMS_SEPTETS = 160;
/** Copies of one request can be in each other's way a few times, not for ever. */
const MOST_TRIES = 5;
/** The digest of nothing that anybody has said. */
const NO_DIGEST = Buffer.alloc(32);

/**
 * The one use case: load the session, let the dialogue take the turn, commit, and only then reply.
 * Two copies of a request, on two machines, at the same instant: one commits, the other finds the
 * reply that was recorded.
 */
export function createConversation(parts: ConversationParts): Conversation {
  const { dialogue, world, turns, seal, now } = parts;
  const underWay = createUnderWay<Screen>();

  async function take(request: Request): Promise<Taken> {
    const began = performance.now();
    const observe = (outcome: 'taken' | 'repeated' | 'refused', flow: string | null) =>
      parts.observe({
        channel: request.channel,
        outcome,
        flow,
        seconds: (performance.now() - began) / 1000,
      });

    let digest = request.digest ?? NO_DIGEST;
    let fresh = false;
    for (let attempt = 1; ; attempt += 1) {
      const at = now();
      const before = await turns.load({ ...request, digest }, at, { fresh });
      if (before.recorded) {
        observe('repeated', null);
        return { ...before.recorded, context: {} };
      }
      const planned = request.plan(before, at);
      const session = 'begin' in planned ? null : before.session;
      const language =
        request.language ?? session?.language ?? before.caller?.language ?? ('en' as const);
      request.patience?.speak(language);
      if ('look' in planned && attempt < MOST_TRIES) {
        fresh = true;
        digest = planned.look ?? digest;
        continue;
      }
      if ('refuse' in planned || 'look' in planned) {
        observe('refused', null);
        const refusal = 'refuse' in planned ? planned.refuse : 'outOfStep';
        const text = commonWords[language][refusal];
        return { text, ended: true, state: refusal, context: {} };
      }
      const input: Input = { ...request, digest: planned.digest ?? digest };
      try {
        const turn = await takeTurn(input, planned, before, language);
        await commit({ ...request, ...input }, before, session, turn, at);
        observe('taken', turn.position.flow);
        if (turn.sms.length > 0 || input.channel === 'sms') parts.wakeOutbox();
        const { state, context } = turn.position;
        return { ...turn.screen, state, context };
      } catch (error) {
        if (attempt >= MOST_TRIES || !isOvertaken(error)) throw error;
        fresh = true;
        digest = request.digest ?? NO_DIGEST;
      }
    }
  }

  function takeTurn(input: Input, plan: Plan, before: Before, language: Language): Promise<Turn> {
    const view: View = {
      language,
      budget: input.channel === 'sms' ? SMS_SEPTETS : parts.screenSeptets - USSD_PREFIX_SEPTETS,
      facts: { ...parts.facts, phone: maskPhone(input.phone) },
      signed: input.channel === 'sms',
    };
    const ask = world.ask({ phone: input.phone, language, account: before.account });
    if ('begin' in plan) return openAndWalk(dialogue, plan.begin, plan.dialled ?? [], view, ask);
    const position = before.session?.position;
    if (!position || !('answer' in plan))
      throw new Error('an answer to a dialogue that is not open');
    return answer(dialogue, position, plan.answer, view, ask);
  }

  async function commit(
    request: Request & Input,
    { caller, account }: Before,
    session: Before['session'],
    turn: Turn,
    at: Date,
  ): Promise<void> {
    const { patience } = request;
    const late = patience?.late() ?? null;
    const step: Step = {
      input: request,
      session,
      caller,
      account,
      after: {
        language: turn.language,
        chosen: request.language,
        position: turn.position,
        open: !turn.screen.ended,
        reply: late ?? turn.screen.text,
        ended: late !== null || turn.screen.ended,
        said: turn.said,
        slipped: turn.slipped,
        heardLength: request.heardLength,
        at,
      },
    };
    const scope: Scope = { ...request, language: turn.language, at };
    const sms = smsAfter(turn, request.channel, late !== null);
    if (turn.effects.length === 0 && sms.length === 0) await turns.record(step);
    else {
      await turns.recordWith(step, async (trx) => {
        for (const effect of turn.effects) await world.perform(trx, scope, effect);
        await send(trx, scope, sms);
      });
    }
    const toldMeanwhile = patience?.late() ?? null;
    if (late === null && toldMeanwhile !== null) {
      const unsaid = smsAfter(turn, request.channel, true).slice(sms.length);
      await turns.replaceReply(step, toldMeanwhile, (trx) => send(trx, scope, unsaid));
    }
  }

  async function send(trx: Transaction, scope: Scope, sms: readonly OutgoingSms[]): Promise<void> {
    for (const one of sms) await world.send(trx, scope, one);
  }

  function takeUssd(turn: UssdTurn, patience: Patience): Promise<Screen> {
    const { carrier, session, phone, network, said } = turn;
    const plan = ({ session: known, remembered, unfinished: left }: Before, at: Date) => {
      const heard = hear(seal, turn, known, at);
      const { digest } = heard;
      if (heard.kind === 'again') return { look: digest } as const;
      // What this process remembers is the last turn that it took itself: the request may be an earlier
      // one, or the second after it. An answer with a * in it may be several, heard elsewhere.
      const isNext = heard.kind === 'answer' && known?.position && !heard.answer.includes('*');
      if (remembered && !isNext) return { look: null } as const;
      if (known && !known.position) return { refuse: 'callOver' } as const;
      if (heard.kind === 'outOfStep') return { refuse: 'outOfStep' } as const;
      if (heard.kind === 'answer') return { answer: heard.answer, digest };
      const { dialled } = heard;
      const unfinished =
        dialled.length === 0 && left && isWorthResuming(dialogue, left) ? left : null;
      return { begin: { flow: 'home', unfinished }, dialled, digest };
    };
    return take({
      ...{ channel: 'ussd', carrier, session, phone, network, plan, patience },
      digest: digestOf(seal, turn),
      language: null,
      heardLength: lengthOf(said),
    });
  }

  return {
    ussd(turn) {
      const { carrier, session, phone, said } = turn;
      const key = JSON.stringify([carrier, session, phone, said]);
      // A copy that comes while the first is being answered waits for the same reply.
      return underWay.share(key, () => inTime((patience) => takeUssd(turn, patience), parts));
    },

    async sms({ carrier, id, phone, text, network }) {
      const keyword = readKeyword(dialogue, text);
      const plan = ({ session }: Before): Plan => {
        if (keyword) return { begin: { ...keyword, asked: true } };
        if (session?.position) return { answer: text };
        return { begin: { flow: 'help', asked: true } };
      };
      await take({
        ...{ channel: 'sms', carrier, session: id, phone, network, plan, patience: null },
        digest: seal.digest('turn', JSON.stringify(['sms', carrier, id])),
        language: keyword?.language ?? null,
        heardLength: 0,
      });
    },

    async web({ flow, phone, once, language, said }) {
      const plan = ({ session }: Before): Plan => {
        if (said === undefined || !session) return { begin: { flow, asked: true } };
        return session.position ? { answer: said } : { refuse: 'callOver' };
      };
      const form = ['web', flow, once, ...(said === undefined ? [] : [said])];
      const { state, context } = await take({
        ...{ channel: 'web', carrier: 'web', session: `${flow} ${once}`, phone, plan, language },
        digest: seal.digest('turn', JSON.stringify(form)),
        network: null,
        heardLength: 0,
        patience: null,
      });
      return { state, context };
    },
  };
}

/**
 * The SMS of a turn. An SMS is answered once: by what the flow sends, or else by the screen itself.
 * So is a caller who was told that the result would come by SMS, where there is one.
 */
function smsAfter(turn: Turn, channel: Channel, late: boolean): readonly OutgoingSms[] {
  if (turn.sms.length > 0) return turn.sms;
  const { text, ended } = turn.screen;
  if (channel === 'sms') return [{ carries: 'reply', text }];
  return late && (ended || turn.effects.length > 0) ? [{ carries: 'reply', text: sign(text) }] : [];
}

/** Whether another copy of the request, or another request for the same thing, was faster. */
function isOvertaken(error: unknown): boolean {
  return (
    error instanceof SessionMoved || violatedUniqueConstraint(error) !== null || isConflict(error)
  );
}
