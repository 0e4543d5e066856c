import { afterAll, beforeAll, expect, test } from 'vitest';
import { fill } from '../../bench/fill.js';
import { findWholeReads } from '../../bench/plans/explain.js';
import { recordQueries } from '../../bench/plans/queries.js';
import { walkThrough } from '../../bench/plans/walk.js';
import { describeOnPostgresql } from '../kit/database.js';
import { WEBHOOK_SECRET } from '../kit/handset.js';
import { openService, type Service } from '../kit/service.js';

describeOnPostgresql('what callers and carriers do often', () => {
  let service: Service;
  let heard: ReturnType<typeof recordQueries>;
  let databaseUrl: string;
  beforeAll(async () => {
    heard = recordQueries();
    service = await openService({ kind: 'postgresql' });
    if (service.database.kind !== 'postgresql') throw new Error('not on a server');
    databaseUrl = service.database.url;
  });
  afterAll(async () => {
    heard.stop();
    await service?.stop();
  });

  test('reads no growing table from one end to the other', async () => {
    const { url, carrier } = service;
    const phone = 254_712_345_678;
    await walkThrough({
      url,
      webhooks: `/africastalking/${WEBHOOK_SECRET}`,
      phone,
      smsCame: () => carrier.next(`+${phone}`),
    });
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
    expect(await findWholeReads(databaseUrl, [unindexed], { avoidWholeReads: true })).toHaveLength(
      1,
    );
    expect(await findWholeReads(databaseUrl, queries, { avoidWholeReads: true })).toEqual([]);
  });

  test('is measured on a database that the schema lets be filled', async () => {
    await fill(databaseUrl, { accounts: 50, visitors: 10, sessions: 20, messages: 30 });
    for (const [table, rows] of [
      ['callers', 50],
      ['accounts', 50],
      ['turns', 120],
      ['messages', 30],
    ] as const) {
      const filled = service.db(table).whereBetween('phone', ['254700000000', '254700000049']);
      expect(await filled.count('* as rows'), table).toEqual([{ rows }]);
    }
  });
});
