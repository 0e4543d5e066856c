import { afterAll, beforeAll, expect, test } from 'vitest';
import { findWholeReads } from '../../bench/plans/explain.js';
import { recordQueries } from '../../bench/plans/queries.js';
import { walkThrough } from '../../bench/plans/walk.js';
import { describeOnPostgresql } from '../kit/database.js';
import { WEBHOOK_SECRET } from '../kit/handset.js';
import { openService, type Service } from '../kit/service.js';

describeOnPostgresql('what callers and carriers do often', () => {
  let service: Service;
  let heard: ReturnType<typeof recordQueries>;
  beforeAll(async () => {
    heard = recordQueries();
    service = await openService({ kind: 'postgresql' });
  });
  afterAll(async () => {
    heard.stop();
    await service?.stop();
  });

  test('reads no growing table from one end to the other', async () => {
    const { url, carrier, database } = service;
    const phone = 254_712_345_678;
    await walkThrough({
      url,
      webhooks: `/africastalking/${WEBHOOK_SECRET}`,
      phone,
      smsCame: () => carrier.next(`+${phone}`),
    });
    if (database.kind !== 'postgresql') throw new Error('not on a server');
    const queries = heard.queries();
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
    expect(await findWholeReads(database.url, [unindexed], { avoidWholeReads: true })).toHaveLength(
      1,
    );
    expect(await findWholeReads(database.url, queries, { avoidWholeReads: true })).toEqual([]);
  });
});
