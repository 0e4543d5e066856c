import type { Screen } from './channels/channel.js';
import { isConflict, violatedUniqueConstraint } from './database/database-errors.js';
import type { Transaction } from './database/transaction.js';
import type { Dialogue } from './dialogue/dialogue.js';
import type { Language } from './dialogue/languages.js';
import { sign } from './dialogue/screen.js';
import { answer, type Opening, openAndWalk, type Turn } from './dialogue/turn.js';
import type { OutgoingSms } from './dialogue/world.js';
import { GOES_ON_FOR_MS } from './late-turns.js';
import type { Patience } from './patience.js';
import { type Refusal, refusals } from './refusals.js';
import type { Channel } from './sessions.js';
import { type Showing, viewFor } from './showing.js';
import { type Before, type Input, SessionMoved, type Step } from './turns/stored.js';
import type { Turns } from './turns/turns.js';
import type { Scope, World } from './world.js';

/** What happens to a turn: for the metrics, and for the simulator. Nothing in it is about a person. */
export type TurnObserver = (turn: {
  readonly channel: Channel;
  /** The carrier's id of the call, or what stands for one. */
  readonly session: string;
  readonly outcome: 'taken' | 'repeated' | 'refused';
  /** Where the dialogue rests; null where no turn was taken. */
  readonly flow: string | null;
  readonly state: string | null;
  readonly seconds: number;
}) => void;

export type TakingParts = Showing & {
  readonly dialogue: Dialogue;
  readonly world: World;
  readonly turns: Turns;
  readonly now: () => Date;
  /** Called after a commit that left SMS to send. */
  readonly wakeOutbox: () => void;
  readonly observe: TurnObserver;
};

/** What to do with an input, decided from what is stored. */
export type Plan =
  | { readonly begin: Opening; readonly dialled?: readonly string[]; readonly digest?: Buffer }
  | { readonly answer: string; readonly digest?: Buffer }
  | { readonly refuse: Refusal }
  /** Only the database can tell: it may have been taken already, as the input of another digest. */
  | { readonly look: Buffer | null };

/** An input, and what to make of it. */
export type Request = {
  readonly from: Omit<Input, 'digest' | 'formerDigests'>;
  /**
   * The input's digest, and those that it had under keys which were replaced. Null where they depend
   * on its place in the call: then the plan tells the one.
   */
  readonly digests: readonly Buffer[] | null;
  readonly plan: (before: Before, at: Date) => Plan;
  /** The language of a keyword or of a web form, for a number that has chosen none. */
  readonly language: Language | null;
  /** The history that the request repeats, or null where the wire repeats none. */
  readonly heard: string | null;
  readonly patience: Patience | null;
};

/** A reply, and where the dialogue rests with it. The context is empty where the turn was taken before. */
export type Taken = Screen & {
  readonly state: string;
  readonly context: Readonly<Record<string, unknown>>;
};

/** Copies of one request can be in each other's way a few times, not for ever. */
const MOST_TRIES = 5;
/** The digest of nothing that anybody has said. */
const NO_DIGEST = Buffer.alloc(32);
const NOWHERE = { flow: null, state: null };

/**
 * Takes one turn: load the session, let the dialogue take the turn, commit, and only then reply. Two
 * copies of a request, on two machines, at the same instant: one commits, the other finds the reply
 * that was recorded.
 */
export function createTaking(parts: TakingParts): (request: Request) => Promise<Taken> {
  const { dialogue, world, turns, now } = parts;

  async function take(request: Request): Promise<Taken> {
    const { from } = request;
    const began = performance.now();
    const since = now();
    const observe = (
      outcome: 'taken' | 'repeated' | 'refused',
      { flow, state }: { flow: string | null; state: string | null } = NOWHERE,
    ) => {
      const seconds = (performance.now() - began) / 1000;
      parts.observe({
        channel: from.channel,
        session: from.session,
        outcome,
        flow,
        state,
        seconds,
      });
    };

    let input = inputOf(from, request.digests);
    let fresh = false;
    for (let attempt = 1; ; attempt += 1) {
      const at = now();
      const before = await turns.load(input, at, { fresh });
      if (before.recorded) {
        observe('repeated');
        const { text, ended, state } = before.recorded;
        return { text, ended, state, context: {} };
      }
      const plan = request.plan(before, at);
      const session = 'begin' in plan ? null : before.session;
      const language = request.language ?? session?.language ?? before.caller?.language ?? 'en';
      request.patience?.speak(language);
      if ('look' in plan && attempt < MOST_TRIES) {
        fresh = true;
        if (plan.look) input = inputOf(from, [plan.look]);
        continue;
      }
      if ('refuse' in plan || 'look' in plan) {
        observe('refused');
        const state = 'refuse' in plan ? plan.refuse : 'outOfStep';
        return { text: refusals[state], ended: true, state, context: {} };
      }
      if (plan.digest && !request.digests) input = inputOf(from, [plan.digest]);
      request.patience?.takes(input);
      try {
        const turn = await takeTurn(input, plan, before, language);
        await commit(request, input, before, session, turn, { since, at });
        const { position, screen } = turn;
        observe('taken', position);
        if (turn.sms.length > 0 || from.channel === 'sms') parts.wakeOutbox();
        const { state, context } = position;
        return { text: screen.text, ended: screen.ended, state, context };
      } catch (error) {
        if (attempt >= MOST_TRIES || !isOvertaken(error)) throw error;
        fresh = true;
        input = inputOf(from, request.digests);
      }
    }
  }

  function takeTurn(
    { phone, channel, digest }: Input,
    plan: Plan,
    before: Before,
    language: Language,
  ): Promise<Turn> {
    const view = viewFor(parts, { phone, channel, language });
    const ask = world.ask({ phone, channel, language, account: before.account, input: digest });
    if ('begin' in plan) return openAndWalk(dialogue, plan.begin, plan.dialled ?? [], view, ask);
    const position = before.session?.position;
    if (!position || !('answer' in plan))
      throw new Error('an answer to a dialogue that is not open');
    return answer(dialogue, position, plan.answer, view, ask);
  }

  async function commit(
    { patience, language, heard }: Request,
    input: Input,
    { caller, account }: Before,
    session: Before['session'],
    turn: Turn,
    { since, at }: { readonly since: Date; readonly at: Date },
  ): Promise<void> {
    const late = patience?.late() ?? null;
    if (late !== null && now().getTime() - since.getTime() > GOES_ON_FOR_MS)
      throw new Error('a turn that its caller was told goes on took too long, and was given up');
    const flow = dialogue.flows.get(turn.position.flow);
    const step: Step = {
      input,
      session,
      caller,
      account,
      after: {
        language: turn.language,
        chosen: language,
        position: turn.position,
        open: !turn.screen.ended,
        displaces: !(turn.screen.ended && flow?.aside),
        reply: late ?? turn.screen.text,
        ended: late !== null || turn.screen.ended,
        said: turn.said,
        slipped: turn.slipped,
        topic: flow?.topic(turn.position) ?? null,
        finished: turn.finished,
        heard,
        at,
      },
    };
    const { phone, channel, session: id } = input;
    const scope: Scope = { phone, channel, session: id, language: turn.language, at };
    const sms = smsAfter(turn, channel, late !== null);
    if (turn.effects.length === 0 && sms.length === 0) await turns.record(step);
    else {
      await turns.recordWith(step, async (trx) => {
        for (const effect of turn.effects) await world.perform(trx, scope, effect);
        await send(trx, scope, sms);
      });
    }
    const toldMeanwhile = patience?.late() ?? null;
    if (late === null && toldMeanwhile !== null) {
      const unsaid = smsAfter(turn, channel, true).slice(sms.length);
      await turns.replaceReply(step, toldMeanwhile, (trx) => send(trx, scope, unsaid));
      if (unsaid.length > 0) parts.wakeOutbox();
    }
  }

  async function send(trx: Transaction, scope: Scope, sms: readonly OutgoingSms[]): Promise<void> {
    for (const one of sms) await world.send(trx, scope, one);
  }

  return take;
}

function inputOf(
  { channel, carrier, session, phone, network }: Request['from'],
  digests: readonly Buffer[] | null,
): Input {
  const [digest = NO_DIGEST, ...formerDigests] = digests ?? [];
  return { channel, carrier, session, phone, network, digest, formerDigests };
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
