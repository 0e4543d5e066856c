import type { Knex } from 'knex';
import type { Language } from '../dialogue/languages.js';
import type { Phone } from '../phone-number.js';
import type { Seal } from '../seal.js';
import type { Channel } from '../sessions.js';
import { type RecordedChange, readChanges } from './changes.js';
import type { Name } from './detail.js';
import { type DetailName, detailNames, detailOf, isDetailName } from './details.js';
import { openedValue } from './stored.js';

/** A value in full; of a list, the item's key with its names. */
export type GivenValue = { readonly value: string; readonly meaning?: Name };

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
  } | null;
  readonly details: readonly (GivenValue & {
    readonly detail: DetailName;
    readonly name: Name;
    readonly changedAt: string;
    readonly changedVia: Channel;
  })[];
  /** The oldest first. */
  readonly changes: readonly {
    readonly detail: string;
    readonly name: Name | null;
    readonly from: GivenValue | null;
    readonly to: GivenValue | null;
    readonly by: RecordedChange['by'];
    readonly via: RecordedChange['via'];
    readonly at: string;
  }[];
};

type CallerRow = { language: Language | null; stopped_at: Date | null; first_seen_at: Date };
type AccountRow = { id: string; created_at: Date; created_via: Channel; password_set_at: Date };
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
        }
      : null,
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
  };
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
