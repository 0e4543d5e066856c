import type { Knex } from 'knex';
import { forgetOldFailures } from './accounts/login.js';
import type { InboundParts } from './inbound-parts.js';
import type { Log } from './log.js';
import { dropOldReports } from './messages/delivery-reports.js';
import { dropUnconfirmedSms } from './sms-identities.js';
import { deleteExpiredSessions } from './web/sessions.js';

const EVERY_MS = 60 * 60 * 1000;
/** A report that no message has been found for by then belongs to none of ours. */
const REPORTS_LIFE_MS = 7 * 24 * 60 * 60 * 1000;

/** Once an hour, removes what has run out by itself. Any number of processes may do it at once. */
export function startHousekeeping({
  db,
  now,
  log,
  parts,
}: {
  db: Knex;
  now: () => Date;
  log: Log;
  parts: Pick<InboundParts, 'tidy'>;
}): {
  stop(): Promise<void>;
} {
  let round: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    round = clean().catch((error: unknown) => log.warn({ err: error }, 'housekeeping failed'));
  }, EVERY_MS);
  timer.unref();

  async function clean(): Promise<void> {
    const at = now();
    await deleteExpiredSessions(db, at);
    await forgetOldFailures(db, at);
    await dropOldReports(db, new Date(at.getTime() - REPORTS_LIFE_MS));
    await dropUnconfirmedSms(db, at);
    await parts.tidy();
  }

  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
