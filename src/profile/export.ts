import type { Knex } from 'knex';
import { oldPhoneContext } from '../accounts/old-numbers.js';
import { readFormerPhone } from '../accounts/set-aside.js';
import type { Language } from '../dialogue/languages.js';
import type { Written } from '../dialogue/named.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import type { Channel } from '../sessions.js';
import { type RecordedChange, readChanges } from './changes.js';
import { type DetailName, detailNames, detailOf, isDetailName } from './details.js';
import { openedValue } from './stored.js';
import {
  readTracesOfAccount,
  readTracesOfNumber,
  type TracesOfAccount,
  type TracesOfNumber,
} from './traces.js';

/** A value in full; of a list, the item's key with its names. */
export type GivenValue = { readonly value: string; readonly meaning?: Written };

/** All that is kept about a person, in a form that other programs read. Instants are ISO 8601. */
export type PersonExport = {
  readonly format: 'cp2-gateway/person/1';
  readonly phone: Phone;
  /** Null where the number was never in touch. */
  readonly contact: {
    readonly firstAt: string;
    readonly language: Language | null;
    /** When the number texted STOP. */
    readonly stoppedAt: string | null;
  } | null;
  readonly account: {
    readonly openedAt: string;
    readonly openedVia: Channel;
    readonly passwordSetAt: string;
    /** To the day. */
    readonly lastHeardAt: string;
    /** When the number went to somebody else, and the account was set aside. */
    readonly setAsideAt: string | null;
    /** Passwords that were sent by SMS and have not been ended, the oldest first. */
    readonly issuedPasswords: readonly {
      readonly issuedAt: string;
      readonly expiresAt: string;
      readonly usedAt: string | null;
    }[];
  } | null;
  /** What the number has asked for when another was theirs. */
  readonly moves: readonly {
    readonly oldPhone: Phone;
    readonly requestedAt: string;
    readonly requestedVia: Channel;
    readonly state: MoveState;
    readonly decidedAt: string | null;
  }[];
  readonly details: readonly (GivenValue & {
    readonly detail: DetailName;
    readonly name: Written;
    readonly changedAt: string;
    readonly changedVia: Channel;
  })[];
  /** The oldest first. */
  readonly changes: readonly {
    readonly detail: string;
    readonly name: Written | null;
    readonly from: GivenValue | null;
    readonly to: GivenValue | null;
    readonly by: RecordedChange['by'];
    readonly via: RecordedChange['via'];
    readonly at: string;
  }[];
  /** Null where the number has another holder. */
  readonly ofNumber: TracesOfNumber | null;
  readonly ofAccount: TracesOfAccount | null;
};

type MoveState = 'open' | 'replaced' | 'approved' | 'refused';
type MoveRow = {
  old_phone: Buffer;
  requested_at: Date;
  requested_via: Channel;
  state: MoveState;
  decided_at: Date | null;
};
type CallerRow = { language: Language | null; stopped_at: Date | null; first_seen_at: Date };
type AccountRow = {
  id: string;
  created_at: Date;
  created_via: Channel;
  password_set_at: Date;
  heard_at: Date;
  set_aside_at: Date | null;
};
type IssuedRow = { issued_at: Date; expires_at: Date; used_at: Date | null };
type DetailRow = {
  account_id: string;
  detail: string;
  value: string | null;
  sealed: Buffer | null;
  changed_at: Date;
  changed_via: Channel;
};

/** A copy of a person's own data, for the person: nothing in it is masked, nothing of anybody else. */
export async function exportPerson(db: Knex, seal: Seal, phone: Phone): Promise<PersonExport> {
  const caller: CallerRow | undefined = await db('callers').where({ phone }).first();
  const account: AccountRow | undefined = await db('accounts').where({ phone }).first();
  const since = caller?.first_seen_at ?? new Date(0);
  return personExport(db, seal, {
    ...{ phone, caller, account },
    moves: await movesOf(db, seal, phone),
    ofNumber: await readTracesOfNumber(db, seal, { phone, since }),
  });
}

/**
 * The same of an account that was set aside; null where there is no such one. What the number has done
 * since is its new holder's.
 */
export async function exportSetAside(
  db: Knex,
  seal: Seal,
  accountId: string,
): Promise<PersonExport | null> {
  const account: AccountRow | undefined = await db('accounts').where({ id: accountId }).first();
  const phone = account ? await readFormerPhone(db, seal, accountId) : null;
  return (
    phone &&
    personExport(db, seal, { phone, caller: undefined, account, moves: [], ofNumber: null })
  );
}

async function personExport(
  db: Knex,
  seal: Seal,
  about: {
    phone: Phone;
    caller: CallerRow | undefined;
    account: AccountRow | undefined;
    moves: PersonExport['moves'];
    ofNumber: PersonExport['ofNumber'];
  },
): Promise<PersonExport> {
  const { phone, caller, account, moves, ofNumber } = about;
  // Those of a number that an account had before are its new holder's.
  const issued: IssuedRow[] = account?.set_aside_at
    ? []
    : await db('issued_passwords').where({ phone }).orderBy('issued_at');
  const rows: DetailRow[] = account
    ? await db('profile_details').where({ account_id: account.id })
    : [];
  const changes = account ? await readChanges(db, seal, account.id) : [];
  const details = rows.map((row) => ({ ...row, value: openedValue(seal, row) }));
  const named = await readNames(db, [
    ...details.map(({ detail, value }) => ({ detail, value })),
    ...changes.flatMap(({ detail, from, to }) => [
      { detail, value: from },
      { detail, value: to },
    ]),
  ]);

  return {
    format: 'cp2-gateway/person/1',
    phone,
    contact: caller
      ? {
          firstAt: caller.first_seen_at.toISOString(),
          language: caller.language,
          stoppedAt: caller.stopped_at?.toISOString() ?? null,
        }
      : null,
    account: account
      ? {
          openedAt: account.created_at.toISOString(),
          openedVia: account.created_via,
          passwordSetAt: account.password_set_at.toISOString(),
          lastHeardAt: account.heard_at.toISOString(),
          setAsideAt: account.set_aside_at?.toISOString() ?? null,
          issuedPasswords: issued.map(({ issued_at, expires_at, used_at }) => ({
            issuedAt: issued_at.toISOString(),
            expiresAt: expires_at.toISOString(),
            usedAt: used_at?.toISOString() ?? null,
          })),
        }
      : null,
    moves,
    details: detailNames.flatMap((detail) => {
      const row = details.find((one) => one.detail === detail);
      if (!row) return [];
      return {
        detail,
        name: detailOf(detail).label,
        ...named(detail, row.value),
        changedAt: row.changed_at.toISOString(),
        changedVia: row.changed_via,
      };
    }),
    changes: changes.map(({ detail, from, to, by, via, at }) => ({
      detail,
      name: isDetailName(detail) ? detailOf(detail).label : null,
      from: from === null ? null : named(detail, from),
      to: to === null ? null : named(detail, to),
      by,
      via,
      at: at.toISOString(),
    })),
    ofNumber,
    ofAccount: account ? await readTracesOfAccount(db, account.id) : null,
  };
}

async function movesOf(db: Knex, seal: Seal, phone: Phone): Promise<PersonExport['moves']> {
  const rows: MoveRow[] = await db('number_moves').where({ phone }).orderBy('id');
  return rows.map((row) => ({
    oldPhone: seal.open(row.old_phone, oldPhoneContext(phone)) as Phone,
    requestedAt: row.requested_at.toISOString(),
    requestedVia: row.requested_via,
    state: row.state,
    decidedAt: row.decided_at?.toISOString() ?? null,
  }));
}

/** Puts their names to those values that are items of a list. */
async function readNames(
  db: Knex,
  values: readonly { readonly detail: string; readonly value: string | null }[],
): Promise<(detail: string, value: string) => GivenValue> {
  const keys = values.flatMap(({ detail, value }) => {
    const list = listOf(detail);
    return list && value !== null ? [[list, value]] : [];
  });
  const items: { list: string; key: string; name_en: string; name_sw: string }[] =
    keys.length === 0 ? [] : await db('reference_items').whereIn(['list', 'key'], keys);
  return (detail, value) => {
    const list = listOf(detail);
    const item = items.find((one) => one.list === list && one.key === value);
    return item ? { value, meaning: { en: item.name_en, sw: item.name_sw } } : { value };
  };
}

function listOf(detail: string): string | undefined {
  return isDetailName(detail) ? detailOf(detail).list?.name : undefined;
}
