import type { Knex } from 'knex';
import { SHARED_BY_TURNS, sharing } from '../database/sharing.js';
import { inTransaction, type Transaction } from '../database/transaction.js';
import type { Seal } from '../seal.js';
import { loadBefore } from './load.js';
import { createRecentDialogues } from './recent.js';
import { recordTurn, recordTurns } from './record.js';
import {
  type Before,
  exchangeOf,
  type Input,
  SessionMoved,
  type Step,
  sealExchange,
} from './stored.js';

/** Where turns are loaded from and recorded in. */
export type Turns = {
  /**
   * What is known before a turn. `fresh` looks into the database; otherwise what this process has
   * written of the dialogue will do.
   */
  load(input: Input, at: Date, options: { readonly fresh: boolean }): Promise<Before>;
  /** Records a turn that does nothing else. Throws {@link SessionMoved} where another was faster. */
  record(step: Step): Promise<void>;
  /**
   * Records a turn together with what it does, in one transaction. Throws {@link SessionMoved}, or
   * runs into a unique constraint, where another was faster.
   */
  recordWith(step: Step, work: (trx: Transaction) => Promise<void>): Promise<void>;
  /** Puts what the caller was told instead in place of a recorded reply, and ends the call with it. */
  replaceReply(step: Step, text: string, work: (trx: Transaction) => Promise<void>): Promise<void>;
};

export type TurnsParts = {
  /** For what is rare. */
  readonly db: Knex;
  /** For the statements that every turn needs: see `Database.hot`. */
  readonly hot: Knex;
  readonly seal: Seal;
};

/** Calls that a process remembers at least: a kilobyte or two each, and a call lasts three minutes. */
const RECENT_DIALOGUES = 10_000;

export function createTurns({ db, hot, seal }: TurnsParts): Turns {
  const recent = createRecentDialogues(RECENT_DIALOGUES);
  const load = sharing({
    run: (inputs: readonly { input: Input; at: Date }[]) => loadBefore(hot, seal, inputs),
    ...SHARED_BY_TURNS,
  });
  const record = sharing({
    run: (steps: readonly Step[]) => recordTurns(hot, seal, steps),
    keyOf: ({ input }) => input.phone,
    ...SHARED_BY_TURNS,
  });

  function remember(step: Step, id: number, account: Step['account']): void {
    const { input, session, after } = step;
    // An SMS answers whichever dialogue is open, and a web form is one turn: neither is gone on with by its id.
    if (input.channel !== 'ussd') return;
    recent.set(input, {
      session: {
        id,
        language: after.language,
        position: after.open ? after.position : null,
        turns: (session?.turns ?? 0) + 1,
        heard: after.open ? after.heard : null,
        heardLength: after.heard?.length ?? 0,
        heardDigest: input.digest,
        turnedAt: after.at,
      },
      caller: step.caller,
      account,
      reply: { text: after.reply, ended: after.ended, state: after.position.state },
    });
  }

  return {
    async load(input, at, { fresh }) {
      const known = fresh ? null : recent.get(input);
      if (!known) return load({ input, at });
      const { session, caller, account, reply } = known;
      const recorded = session.heardDigest.equals(input.digest) ? reply : null;
      return { remembered: true, recorded, session, caller, account, unfinished: null };
    },

    async record(step) {
      const id = await record(step);
      if (id === null) {
        recent.forget(step.input);
        throw new SessionMoved();
      }
      remember(step, id, step.account);
    },

    async recordWith(step, work) {
      const recordAndWork = async (trx: Transaction) => {
        if (step.session === null && step.input.channel === 'sms' && step.after.displaces)
          await closeOpenSms(trx, step.input);
        const recorded = await recordTurn(trx, seal, step);
        if (recorded === null) throw new SessionMoved();
        await work(trx);
        return recorded;
      };
      // One that is in another's way is taken again from the start.
      const id = await inTransaction(db, recordAndWork, 1).catch((error: unknown) => {
        recent.forget(step.input);
        throw error;
      });
      // What was done may have changed it.
      remember(step, id, undefined);
    },

    async replaceReply({ input, after }, text, work) {
      const { phone, digest } = input;
      const reply = sealExchange(seal, phone, exchangeOf({ ...after, reply: text }));
      recent.forget(input);
      await inTransaction(db, async (trx) => {
        await trx('turns').where({ phone, input_digest: digest }).update({ reply, ended: true });
        await work(trx);
      });
    },
  };
}

/** One open dialogue by SMS a number: a keyword ends what was open before, but for those that are only asides, such as HELP. */
async function closeOpenSms(trx: Transaction, { phone }: Input): Promise<void> {
  // Its caller is locked before, as in `lockCaller`.
  await trx.raw(
    `update sessions s set open = false from (select phone from callers where phone = ? for key share) c
     where s.phone = c.phone and s.channel = 'sms' and s.open`,
    [phone],
  );
}
