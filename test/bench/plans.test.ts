import { afterAll, beforeAll, expect, test } from 'vitest';
import { fill } from '../../bench/fill.js';
import { findWholeReads } from '../../bench/plans/explain.js';
import { type Query, recordQueries } from '../../bench/plans/queries.js';
import { walkThrough } from '../../bench/plans/walk.js';
import { describeOnPostgresql } from '../kit/database.js';
import { WEBHOOK_SECRET } from '../kit/handset.js';
import { openService, type Service } from '../kit/service.js';

describeOnPostgresql('what callers and carriers do often', () => {
  let service: Service;
  let databaseUrl: string;
  let queries: readonly Query[];
  beforeAll(async () => {
    const heard = recordQueries();
    service = await openService({ kind: 'postgresql' });
    const { url, carrier, database } = service;
    if (database.kind !== 'postgresql') throw new Error('not on a server');
    databaseUrl = database.url;
    const phone = 254_712_345_678;
    await walkThrough({
      url,
      webhooks: `/africastalking/${WEBHOOK_SECRET}`,
      phone,
      smsCame: () => carrier.next(`+${phone}`),
    });
    heard.stop();
    queries = heard.queries();
  });
  afterAll(() => service?.stop());

  test('reads no growing table from one end to the other', async () => {
    const texts = queries.map(({ text }) => text).join('\n');
    for (const table of ['callers', 'accounts', 'sessions', 'turns', 'messages']) {
      expect(texts).toMatch(new RegExp(`\\b${table}\\b`));
    }
    // The look-out itself sees what has no index.
    const unindexed = {
      text: 'select * from messages where cost = $1',
      values: ['0'],
      options: null,
    };
    expect(await findWholeReads(databaseUrl, [unindexed], { avoidWholeReads: true })).toHaveLength(
      1,
    );
    expect(await findWholeReads(databaseUrl, queries, { avoidWholeReads: true })).toEqual([]);
  });

  test('reads none whole either where that would still be cheap', async () => {
    await fill(databaseUrl, { accounts: 2_000, visitors: 10, sessions: 2_000, messages: 2_000 });
    for (const [table, rows] of [
      ['callers', 2_000],
      ['accounts', 2_000],
      ['turns', 12_000],
      ['messages', 2_000],
    ] as const) {
      const filled = service.db(table).whereBetween('phone', ['254700000000', '254700001999']);
      expect(await filled.count('* as rows'), table).toEqual([{ rows }]);
    }
    expect(await findWholeReads(databaseUrl, queries)).toEqual([]);
  });
});
