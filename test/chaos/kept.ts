import type { Knex } from 'knex';
import type { Phone } from '../../src/phone-number.js';
import { exportPerson, type PersonExport } from '../../src/profile/export.js';
import { createSeal } from '../../src/seal.js';
import { DATA_KEY } from '../kit/service.js';
import { type Kept, type Person, questions } from './people.js';

/**
 * What is kept of a person and is not what they were told last. Of two that were told at the same
 * time, either may be the last.
 */
export async function whatIsNotKept(db: Knex, person: Person): Promise<string[]> {
  const found = await exportPerson(
    db,
    createSeal(Buffer.from(DATA_KEY, 'base64')),
    person.phone as Phone,
  );
  const wish = found.contact?.stoppedAt ? 'stopped' : 'started';
  const asked = found.details.filter(({ detail }) =>
    questions.some((one) => one.detail === detail),
  );
  const values = new Map([
    ...asked.map(({ detail, value }) => [detail as string, value] as const),
    ['wish', wish] as const,
  ]);
  return [
    ...faultsIn(person, values),
    ...brokenChains(found).map((detail) => `${person.phone} ${detail}: the changes do not follow`),
  ];
}

function faultsIn({ phone, kept }: Person, values: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  for (const what of new Set([...kept.map((one) => one.what), ...values.keys()])) {
    const told = kept.filter((one) => one.what === what);
    const value = values.get(what);
    if (what === 'wish' && told.length === 0 && value === 'started') continue;
    const isNone = value === undefined && !told.some(({ sure }) => sure);
    if (isNone || couldBeLast(told).some((one) => one.value === value)) continue;
    faults.push(`${phone} ${what}: ${value}, and told was ${JSON.stringify(told)}`);
  }
  return faults;
}

/** Those after which no other was begun, but ones that may not have come to anything. */
function couldBeLast(told: readonly Kept[]): readonly Kept[] {
  return told.filter(({ ended }) => !told.some(({ sure, began }) => sure && began > ended));
}

/** The details whose recorded changes do not lead from nothing, each from the last, to what is kept. */
function brokenChains({ details, changes }: PersonExport): string[] {
  const last = new Map<string, string | null>();
  const broken = new Set<string>();
  for (const { detail, from, to } of changes) {
    if ((from?.value ?? null) !== (last.get(detail) ?? null)) broken.add(detail);
    last.set(detail, to?.value ?? null);
  }
  for (const { detail, value } of details) if (last.get(detail) !== value) broken.add(detail);
  return [...broken];
}
