import type { Knex } from 'knex';
import { createAccount, findAccount, replacePassword } from './accounts/accounts.js';
import { queuePasswordSms } from './accounts/issued-passwords.js';
import { findClaimed, movePermit, readOldNumber, requestMove } from './accounts/moves.js';
import { generatePassword, hashPassword, type RandomInt, saltOf } from './accounts/passwords.js';
import { resetPermit } from './accounts/resets.js';
import { setAsideSilent } from './accounts/set-aside.js';
import { confirmHolder } from './accounts/silence.js';
import { undeliveredPassword } from './accounts/undelivered.js';
import { setLanguage } from './callers.js';
import { SHARED_BY_TURNS, sharing } from './database/sharing.js';
import type { Transaction } from './database/transaction.js';
import type { Language } from './dialogue/languages.js';
import type {
  Ask,
  Effect,
  EffectName,
  Effects,
  OutgoingSms,
  TaskName,
  Tasks,
} from './dialogue/world.js';
import { queueSms } from './messages/queue.js';
import { startMessages, stopMessages } from './messages/stopping.js';
import { maskPhone, type Phone } from './phone-number.js';
import { createProfileDesk, type Asker as ProfileAsker } from './profile/desk.js';
import { silenceOf } from './profile/identity.js';
import { readValuesOf } from './profile/stored.js';
import type { Seal } from './seal.js';
import { type Channel, dropUnfinished } from './sessions.js';
import { type KnownAccount, SessionMoved } from './turns/stored.js';

/** Who asks. */
export type Asker = {
  readonly phone: Phone;
  readonly channel: Channel;
  readonly language: Language;
  /** The number's account as it was found at the beginning of the turn; undefined: it is still to be looked up. */
  readonly account?: KnownAccount | null | undefined;
  /** The digest of the turn's input; null where there is none. */
  readonly input: Buffer | null;
};

/** About whom, in which dialogue and when something happens. */
export type Scope = Omit<Asker, 'input'> & {
  /** The carrier's id of the call, of the SMS, or the nonce of the web form. */
  readonly session: string;
  readonly at: Date;
};

/** What stands behind the flows' vocabulary: the answers to tasks, the doing of effects. */
export type World = {
  /** Answers a caller's tasks; outside any transaction. */
  ask(asker: Asker): Ask;
  /** Makes an effect happen in the turn's transaction. */
  perform(trx: Transaction, scope: Scope, effect: Effect): Promise<void>;
  /** Puts an SMS to the caller into the outbox. */
  send(trx: Transaction, scope: Scope, sms: OutgoingSms): Promise<void>;
};

/** Who asks, in the course of one turn. */
type Asking = Asker & ProfileAsker;

type Answers = {
  [Name in TaskName]: (
    asker: Asking,
    input: Tasks[Name]['input'],
    pending: readonly Effect[],
  ) => Promise<Tasks[Name]['output']>;
};

type Deeds = {
  [Name in EffectName]: (trx: Transaction, scope: Scope, params: Effects[Name]) => Promise<void>;
};

export function createWorld(parts: {
  readonly db: Knex;
  /** For what every turn needs: see `Database.hot`. */
  readonly hot: Knex;
  readonly seal: Seal;
  readonly now: () => Date;
  readonly randomInt: RandomInt;
  readonly ussdCode: string;
}): World {
  const { db, hot, seal, now, randomInt } = parts;
  const desk = createProfileDesk(parts);
  const valuesOf = sharing({
    run: (phones: readonly Phone[]) => readValuesOf(hot, seal, phones),
    ...SHARED_BY_TURNS,
  });

  const answers: Answers = {
    async findCaller({ phone, ownAccount }, _, pending) {
      const at = now();
      const account = await ownAccount();
      if (!account) return { registered: false, undelivered: null, silent: null };
      const silent = await silenceOf(db, account, { at, pending });
      const toTell = !silent && !account.hasOwnPassword;
      const undelivered = toTell ? await undeliveredPassword(db, phone, at) : null;
      return { registered: true, undelivered, silent };
    },
    async makePassword({ phone }) {
      const password = generatePassword(randomInt);
      return { password, passwordHash: await hashPassword(password, saltOf(seal, phone)) };
    },
    checkReset: ({ phone }) => resetPermit(db, phone, now()),
    openProfile: desk.open,
    prepareQuestion: desk.prepare,
    judgeAnswer: desk.judge,
    checkWaiting: desk.checkWaiting,
    checkIdentity: desk.checkIdentity,
    async readOldNumber({ phone }, { said }) {
      const read = readOldNumber(seal, phone, said);
      return read && { number: read.number, shown: maskPhone(read.old) };
    },
    async checkMove({ phone }, { number, said }) {
      return {
        permit: await movePermit(db, phone, now()),
        claim: await findClaimed(db, seal, { phone, number, said }),
      };
    },
  };

  const deeds: Deeds = {
    createAccount: (trx, { phone, channel, at }, { passwordHash }) =>
      createAccount(trx, { phone, passwordHash, via: channel, at }),
    async replacePassword(trx, { phone, at }, { passwordHash }) {
      await replacePassword(trx, { phone, passwordHash, at });
      // The account's row is ours now: whoever asked at the same instant has been counted, or waits.
      const permit = await resetPermit(trx, phone, at);
      if (!permit.allowed) throw new SessionMoved();
    },
    confirmHolder: (trx, { phone, at }) => confirmHolder(trx, { phone, at }),
    async setAside(trx, { phone, channel, at }) {
      // Anybody may send a web form about any number: it takes a call or an SMS from the number itself.
      if (channel === 'web') throw new Error('a web form cannot set an account aside');
      await setAsideSilent(trx, seal, { phone, at });
    },
    async requestMove(trx, { phone, channel, at }, request) {
      if (channel === 'web') throw new Error('a web form cannot ask for a move');
      await requestMove(trx, seal, { ...request, phone, via: channel, at });
    },
    saveDetails: desk.save,
    setLanguage: (trx, { phone }, { language }) => setLanguage(trx, { phone, language }),
    stopMessages: (trx, scope) => stopMessages(trx, scope),
    startMessages: (trx, { phone }) => startMessages(trx, phone),
    dropUnfinished: (trx, scope) => dropUnfinished(trx, scope),
  };

  return {
    ask(asker) {
      const { phone, account } = asker;
      // Nothing of it changes before the turn is committed.
      const ownAccount = once(async () =>
        account === undefined ? findAccount(db, phone) : account,
      );
      const ownValues = once(() => valuesOf(phone));
      return (task, input, pending) =>
        answers[task]({ ...asker, ownAccount, ownValues }, input, pending);
    },
    perform(trx, scope, { type, params }) {
      // The pair of name and parameters was checked where the effect was made.
      const deed = deeds[type] as (t: Transaction, s: Scope, p: typeof params) => Promise<void>;
      return deed(trx, scope, params);
    },
    async send(trx, { phone, at }, { carries, text }) {
      if (carries === 'password') await queuePasswordSms(trx, { phone, text, at }, seal);
      else await queueSms(trx, { phone, text, carries, at }, seal);
    },
  };
}

/** Reads when it is first asked, and gives the same from then on. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= read();
    return found;
  };
}
