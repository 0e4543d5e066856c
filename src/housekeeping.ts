import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Knex } from 'knex';
import { forgetOldFailures } from './accounts/login.js';
import { BATCH } from './database/delete-oldest.js';
import { countCalls } from './funnel/count.js';
import type { InboundParts } from './inbound-parts.js';
import type { Log } from './log.js';
import { dropOldReports } from './messages/delivery-reports.js';
import { dropOldMessages } from './messages/old-messages.js';
import { periods } from './periods.js';
import { forgetOldIdentityFailures } from './profile/identity.js';
import { dropOldReadings } from './replay/readings.js';
import { type Rounds, startRounds } from './rounds.js';
import { dropUnconfirmedSms } from './sms-identities.js';
import { CALLS_AT_ONCE, closeOldDialogues, dropOldCalls } from './turns/old-calls.js';
import { deleteExpiredSessions } from './web/sessions.js';

const EVERY_MS = 5 * 60 * 1000;
/** Between two batches, for callers come first. */
const PAUSE_MS = 50;

export type House = {
  readonly db: Knex;
  readonly now: () => Date;
  readonly parts: Pick<InboundParts, 'tidy'>;
  readonly stopping: AbortSignal;
  readonly pause: () => Promise<void>;
  /** A part of the work has failed; the others are done all the same. */
  readonly onFailure: (error: unknown) => void;
};

/** Every few minutes, counts the calls that are over and removes what has run out. Any number of processes may do it at once. */
export function startHousekeeping({
  log,
  ...parts
}: Pick<House, 'db' | 'now' | 'parts'> & { readonly log: Log }): Rounds {
  const leaving = new AbortController();
  const house: House = {
    ...parts,
    stopping: leaving.signal,
    pause: () => pauseFor(PAUSE_MS, undefined, { signal: leaving.signal }).catch(() => {}),
    onFailure: (error) => log.warn({ err: error }, 'housekeeping failed'),
  };
  const rounds = startRounds({
    everyMs: EVERY_MS,
    work: () => keepHouse(house),
    onError: house.onFailure,
  });
  return {
    stop() {
      leaving.abort();
      return rounds.stop();
    },
  };
}

/** One round, in small batches. */
export async function keepHouse(house: House): Promise<void> {
  const { db, now, parts, stopping, pause, onFailure } = house;
  const at = now();
  const before = (ageMs: number) => new Date(at.getTime() - ageMs);
  const untilDone =
    (batch: () => Promise<number>, full = BATCH) =>
    async () => {
      while ((await batch()) >= full && !stopping.aborted) await pause();
    };
  const work: readonly (() => Promise<void>)[] = [
    () => countCalls(db, at, { pause, stopping }),
    untilDone(() => closeOldDialogues(db, before(periods.openDialogues)), CALLS_AT_ONCE),
    untilDone(() => dropOldCalls(db, before(periods.calls)), CALLS_AT_ONCE),
    untilDone(() => dropOldMessages(db, before(periods.messages))),
    untilDone(() => dropOldReports(db, before(periods.earlyReports))),
    untilDone(() => deleteExpiredSessions(db, at)),
    untilDone(() => forgetOldFailures(db, at)),
    untilDone(() => forgetOldIdentityFailures(db, before(periods.identityFailures))),
    untilDone(() => dropUnconfirmedSms(db, at)),
    untilDone(() => dropOldReadings(db, before(periods.readings))),
    () => parts.tidy(),
  ];
  for (const step of work) {
    if (stopping.aborted) return;
    await step().catch(onFailure);
  }
}
