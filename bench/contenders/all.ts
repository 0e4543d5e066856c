import { onCopies } from '../parts/databases.js';
import type { Contender } from './contender.js';
import { ours } from './ours.js';
import { advancedBuilder, menuBuilder } from './peers.js';
import { hasRedis } from './redis.js';
import { small } from './small.js';

export const koa = small({
  name: 'Koa',
  less: '@koa/router and koa-bodyparser, the same versions; no work at all',
  server: 'koa',
});

export const nodeHttp = small({
  name: 'node:http',
  less: 'no framework, no work at all',
  server: 'node-http',
});

/** This service on PostgreSQL, on a copy of the database each time. */
export function gatewayOn(databaseUrl: string): Contender {
  return onCopies(databaseUrl, (on) => ours({ at: { databaseUrl: on } }));
}

/** Everybody who can play the journey here. Says who cannot. */
export function everybody(
  places: {
    readonly databaseUrl: string;
    /** For the embedded database. */
    readonly folder: string;
    readonly peersDatabase: string;
  },
  say: (text: string) => void,
): Contender[] {
  const { databaseUrl, folder, peersDatabase } = places;
  const menuBuilders = (['ussd-menu-builder', 'ussd-builder'] as const).flatMap((peer) => [
    menuBuilder(peer, 'shared'),
    menuBuilder(peer, 'request'),
    onCopies(peersDatabase, (on) => menuBuilder(peer, 'shared', on)),
    onCopies(peersDatabase, (on) => menuBuilder(peer, 'request', on)),
  ]);
  const advanced = hasRedis() ? [advancedBuilder('shared'), advancedBuilder('request')] : [];
  if (advanced.length === 0) say('advanced-ussd-builder is left out: there is no redis-server.');
  const embedded = ours({ name: 'CP2 Gateway, embedded database', at: { folder } });
  return [gatewayOn(databaseUrl), nodeHttp, koa, embedded, ...menuBuilders, ...advanced];
}
