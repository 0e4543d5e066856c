import type { Knex } from 'knex';
import { expect, test } from 'vitest';
import * as main from '../../migrations/0001-the-main-job.js';
import * as profile from '../../migrations/0002-the-profile.js';
import * as calls from '../../migrations/0003-calls.js';
import * as messages from '../../migrations/0004-messages.js';
import { describeOnEachDatabase } from '../kit/database.js';

const AT = new Date('2026-11-24T09:00:00Z');
const EXPIRES = new Date('2026-11-27T09:00:00Z');
const OWN = '254700000001';
const ISSUED = '254700000002';

describeOnEachDatabase('a database from before passwords could be several', (database) => {
  test('keeps its passwords, and knows which SMS carries which', async () => {
    const { db } = database();
    const undone = new Error('undone');
    const upgrade = db.transaction(async (trx) => {
      // Beside the tables of today.
      await trx.raw('create schema before');
      await trx.raw('set local search_path to before');
      for (const { up } of [main, profile, calls]) await up(trx);
      await haveAccounts(trx);
      await messages.up(trx);

      const own = await trx('accounts').orderBy('phone').pluck('password_hash');
      expect(own).toEqual(['$argon2id$own', null]);
      const sms: { id: string; state: string }[] = await trx('messages').orderBy('created_at');
      expect(await trx('issued_passwords').select()).toEqual([
        expect.objectContaining({
          ...{ phone: ISSUED, hash: '$argon2id$issued', message_id: sms[1]?.id },
          ...{ issued_at: AT, expires_at: EXPIRES, remade: 0, look_at: null, used_at: null },
        }),
      ]);
      expect(sms).toMatchObject([
        { state: 'failed', asked: true, carrier: 'africastalking', sent_at: AT },
        { state: 'accepted', asked: true, carrier: 'africastalking', sent_at: AT },
        { state: 'queued', asked: false, carrier: null, sent_at: null },
      ]);
      throw undone;
    });
    await expect(upgrade).rejects.toBe(undone);
  });
});

async function haveAccounts(trx: Knex): Promise<void> {
  for (const phone of [OWN, ISSUED]) {
    await trx('callers').insert({ phone, first_seen_at: AT });
    const kind = phone === OWN ? 'own' : 'issued';
    await trx('accounts').insert({
      ...{ phone, password_hash: `$argon2id$${kind}`, password_kind: kind },
      password_expires_at: kind === 'issued' ? EXPIRES : null,
      ...{ password_set_at: AT, created_at: AT, heard_at: AT, created_via: 'ussd' },
    });
  }
  const sms = [
    { carries: 'password', state: 'failed', failure: 'blocked', body: null },
    { carries: 'password', state: 'accepted', failure: null, body: null },
    { carries: 'notice', state: 'queued', failure: null, body: Buffer.from('sealed') },
  ];
  for (const [nth, one] of sms.entries()) {
    const created_at = new Date(AT.getTime() + nth);
    await trx('messages').insert({ phone: ISSUED, ...one, due_at: AT, created_at, changed_at: AT });
  }
}
