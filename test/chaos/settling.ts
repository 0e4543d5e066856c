import { randomInt } from 'node:crypto';
import type { Knex } from 'knex';
import { vi } from 'vitest';
import { sendOtherPasswords } from '../../src/accounts/another-password.js';
import { createSeal } from '../../src/seal.js';
import type { FreshDatabase } from '../kit/database.js';
import { DATA_KEY, openService, type Service } from '../kit/service.js';
import type { Scene } from './havoc.js';

/** The service an hour later. */
export type Later = { readonly service: Service; readonly now: () => Date };

/** Longer than any lease, any wait for another try, and the time without news after which a password is remade. */
const STEP_MS = 20 * 60_000;
const MOST_STEPS = 6;

/**
 * Starts the service once more when the others have ended and the carrier has recovered, and lets time
 * pass for it until there is nothing left to do.
 */
export async function letItRest(
  fresh: FreshDatabase,
  { api, carrier }: Pick<Scene, 'api' | 'carrier'>,
): Promise<Later> {
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const web = 'https://cp2.example';
  const service = await openService({
    ...{ kind: 'postgresql', fresh, now },
    env: { AT_BASE_URL: api.url(2), PUBLIC_URL: web },
  });
  api.recover();
  carrier.moveTo([service.url]);
  const { db } = service;
  const seal = createSeal(Buffer.from(DATA_KEY, 'base64'));
  const waiting = () => db('messages').whereIn('state', ['queued', 'sending']);
  const looked = () => db('issued_passwords').whereNotNull('look_at');
  const isThere = async (rows: Knex.QueryBuilder) => (await rows.first('phone')) !== undefined;
  const allSent = () =>
    vi.waitFor(
      async () => {
        const due = await waiting().where('due_at', '<=', now()).pluck('state');
        if (due.length > 0) throw new Error(`the outbox does not come to rest: ${due.join(', ')}`);
        await api.reported();
      },
      { timeout: 60_000, interval: 20 },
    );

  for (let step = 0; (await isThere(waiting())) || (await isThere(looked())); step += 1) {
    if (step === MOST_STEPS) throw new Error('the outbox does not come to rest');
    aheadMs += STEP_MS;
    await allSent();
    // What a process does every half minute.
    while (await isThere(looked().where('look_at', '<=', now()))) {
      await sendOtherPasswords({ db, seal, now, randomInt, web });
    }
    await allSent();
  }
  return { service, now };
}
