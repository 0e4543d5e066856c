import type { Knex } from 'knex';
import { createAccount, findAccount, replacePassword } from './accounts/accounts.js';
import { generatePassword, hashPassword, type RandomInt } from './accounts/passwords.js';
import { resetPermit } from './accounts/resets.js';
import { setLanguage, setStopped } from './callers.js';
import type { Transaction } from './database/transaction.js';
import type {
  Ask,
  Effect,
  EffectName,
  Effects,
  OutgoingSms,
  TaskName,
  Tasks,
} from './dialogue/world.js';
import { undeliveredPassword } from './messages/passwords-sent.js';
import { queueSms } from './messages/queue.js';
import type { Phone } from './phone-number.js';
import { readProfile, saveDetail } from './profile/profile.js';
import type { Seal } from './seal.js';
import { type Channel, SessionMoved } from './sessions.js';

/** About whom, by which way and when something happens. */
export type Scope = { readonly phone: Phone; readonly channel: Channel; readonly at: Date };

/** What stands behind the flows' vocabulary: the answers to tasks, the doing of effects. */
export type World = {
  /** Answers a caller's tasks; outside any transaction. */
  ask(phone: Phone): Ask;
  /** Makes an effect happen in the turn's transaction. */
  perform(trx: Transaction, scope: Scope, effect: Effect): Promise<void>;
  /** Puts an SMS to the caller into the outbox. */
  send(trx: Transaction, scope: Scope, sms: OutgoingSms): Promise<void>;
};

type Answers = {
  [Name in TaskName]: (phone: Phone, input: Tasks[Name]['input']) => Promise<Tasks[Name]['output']>;
};

type Deeds = {
  [Name in EffectName]: (trx: Transaction, scope: Scope, params: Effects[Name]) => Promise<void>;
};

export function createWorld(parts: {
  readonly db: Knex;
  readonly seal: Seal;
  readonly now: () => Date;
  readonly randomInt: RandomInt;
}): World {
  const { db, seal, now, randomInt } = parts;

  const answers: Answers = {
    async findCaller(phone) {
      const account = await findAccount(db, phone);
      return {
        registered: account !== null,
        undelivered: account ? await undeliveredPassword(db, phone) : null,
      };
    },
    async makePassword() {
      const password = generatePassword(randomInt);
      return { password, passwordHash: await hashPassword(password) };
    },
    checkReset: (phone) => resetPermit(db, phone, now()),
    async readProfile(phone) {
      const [account, profile] = [await findAccount(db, phone), await readProfile(db, phone)];
      return {
        fullName: profile.fullName ?? null,
        memberSince: (account?.createdAt ?? now()).toISOString(),
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
    saveDetail: (trx, { phone, channel, at }, { detail, value }) =>
      saveDetail(trx, { phone, detail, value, via: channel, at }),
    setLanguage: (trx, { phone }, { language }) => setLanguage(trx, { phone, language }),
    stopMessages: (trx, { phone, at }) => setStopped(trx, { phone, at }),
    startMessages: (trx, { phone }) => setStopped(trx, { phone, at: null }),
  };

  return {
    ask: (phone) => (task, input) => answers[task](phone, input),
    perform(trx, scope, { type, params }) {
      // The pair of name and parameters was checked where the effect was made.
      const deed = deeds[type] as (t: Transaction, s: Scope, p: typeof params) => Promise<void>;
      return deed(trx, scope, params);
    },
    send: (trx, { phone, at }, { carries, text }) =>
      queueSms(trx, { phone, text, carries, at }, seal),
  };
}
