import type { InboundSms, Screen, UssdTurn } from './channels/channel.js';
import type { Language } from './dialogue/languages.js';
import { toOffer } from './dialogue/turn.js';
import { digestsOf, hear, historyIn } from './hearing.js';
import { openingOf, readKeyword } from './keywords.js';
import { inTime, type Patience, type PatienceParts } from './patience.js';
import type { Phone } from './phone-number.js';
import type { Seal } from './seal.js';
import { createTaking, type Plan, type Taken, type TakingParts } from './taking.js';
import type { Before } from './turns/stored.js';
import { createUnderWay } from './under-way.js';

export type ConversationParts = TakingParts & PatienceParts & { readonly seal: Seal };

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

/** Where a step of a flow came to rest, and what it had in mind there. */
export type WebOutcome = Pick<Taken, 'state' | 'context'>;

/** The one use case: somebody says something, by whatever channel, and is answered. */
export type Conversation = {
  /**
   * A turn of a USSD call; the same request again gets the same reply and does nothing. A turn that
   * is not ready in time ends the call politely: it is taken all the same, and its result goes by SMS.
   */
  ussd(turn: UssdTurn): Promise<Screen>;
  /** An SMS that came in; what it is answered with is in the outbox. */
  sms(message: InboundSms): Promise<void>;
  /** One step of a flow for the web; a form that was sent again has the same state, and no context. */
  web(request: WebRequest): Promise<WebOutcome>;
  /** Settles once every turn is through that a caller was told goes on. */
  finished(): Promise<void>;
};

export function createConversation(parts: ConversationParts): Conversation {
  const { dialogue, seal } = parts;
  const take = createTaking(parts);
  const underWay = createUnderWay<Screen>();

  function takeUssd(turn: UssdTurn, patience: Patience): Promise<Screen> {
    const { carrier, session, phone, network, said } = turn;
    const digests = digestsOf(seal, turn);
    const plan = ({ session: known, remembered, unfinished: left }: Before, at: Date): Plan => {
      const heard = hear(seal, turn, known, at, digests?.[0]);
      const { digest } = heard;
      if (heard.kind === 'again') return { look: digest };
      // What this process remembers is the last turn that it took itself: the request may be an earlier
      // one, or the second after it. An answer with a * in it may be several, heard elsewhere.
      const isNext = heard.kind === 'answer' && known?.position && !heard.answer.includes('*');
      if (remembered && !isNext) return { look: null };
      // First of all, for it stays so: a copy that comes after the end gets the same words.
      if (heard.kind === 'outOfStep') return { refuse: 'outOfStep' };
      if (known && !known.position) return { refuse: 'callOver' };
      if (heard.kind === 'answer') return { answer: heard.answer, digest };
      const { dialled } = heard;
      const unfinished = dialled.length === 0 && left ? toOffer(dialogue, left) : null;
      return { begin: { flow: 'home', unfinished }, dialled, digest };
    };
    return take({
      from: { channel: 'ussd', carrier, session, phone, network },
      digests,
      plan,
      language: null,
      heard: historyIn(said),
      patience,
    });
  }

  return {
    async ussd(turn) {
      const { carrier, session, phone, said } = turn;
      const key = JSON.stringify([carrier, session, phone, said]);
      // A copy that comes while the first is being answered waits for the same reply.
      const { text, ended } = await underWay.share(key, () =>
        inTime((patience) => takeUssd(turn, patience), parts),
      );
      return { text, ended };
    },

    async sms({ carrier, id, phone, text, network }) {
      const plan = ({ session }: Before): Plan => {
        const opening = openingOf(dialogue, text, session?.position != null);
        return opening ? { begin: { ...opening, asked: true } } : { answer: text };
      };
      await take({
        from: { channel: 'sms', carrier, session: id, phone, network },
        digests: seal.digests('turn', JSON.stringify(['sms', carrier, id])),
        plan,
        language: readKeyword(dialogue, text)?.language ?? null,
        heard: null,
        patience: null,
      });
    },

    async web({ flow, phone, once, language, said }) {
      const plan = ({ session }: Before): Plan => {
        if (said === undefined || !session) return { begin: { flow, asked: true } };
        return session.position ? { answer: said } : { refuse: 'callOver' };
      };
      const form = ['web', flow, once, ...(said === undefined ? [] : [said])];
      const { state, context } = await take({
        from: {
          channel: 'web',
          carrier: 'web',
          session: `${flow} ${once}`,
          phone,
          network: null,
        },
        digests: seal.digests('turn', JSON.stringify(form)),
        plan,
        language,
        heard: null,
        patience: null,
      });
      return { state, context };
    },

    finished: underWay.finished,
  };
}
