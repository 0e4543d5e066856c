import type { Contender } from './contender.js';
import { startRedis } from './redis.js';
import { small } from './small.js';

/** What the words about a peer mean is said beside the table. */
const NOT_DURABLE = 'nothing kept over a restart; no exactly-once; no validation';
const NO_EXACTLY_ONCE = 'no exactly-once; no validation';
const SHARED = 'one instance for all requests, as in its README';
const EACH = 'one instance a request';

type MenuBuilder = 'ussd-menu-builder' | 'ussd-builder';

/** ussd-menu-builder and its fork, which has the same interface: in memory and on PostgreSQL. */
export function menuBuilder(
  peer: MenuBuilder,
  instance: 'shared' | 'request',
  databaseUrl?: string,
): Contender {
  const store = databaseUrl === undefined ? 'memory' : 'PostgreSQL';
  return small({
    name: `${peer}, ${store}${instance === 'shared' ? ', shared' : ''}`,
    less: `${instance === 'shared' ? SHARED : EACH}; ${
      databaseUrl === undefined ? NOT_DURABLE : NO_EXACTLY_ONCE
    }`,
    server: 'menu-builder',
    env: { PEER: peer, INSTANCE: instance },
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
}

/** advanced-ussd-builder, with a Redis that is started for it. */
export function advancedBuilder(instance: 'shared' | 'request'): Contender {
  const name = `advanced-ussd-builder, Redis${instance === 'shared' ? ', shared' : ''}`;
  return {
    name,
    less: `${instance === 'shared' ? SHARED : EACH}; ${NOT_DURABLE}`,
    async start(options) {
      const redis = await startRedis(options.storeCore);
      const server = small({
        name,
        less: '',
        server: 'advanced-builder',
        env: { INSTANCE: instance, REDIS_URL: redis.url },
      });
      const running = await server.start(options);
      return {
        ...running,
        store: { kind: 'process', pid: redis.pid },
        async stop() {
          await running.stop();
          await redis.stop();
        },
      };
    },
  };
}
