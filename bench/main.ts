import { parseArgs } from 'node:util';
import type { Contender } from './contenders/contender.js';
import { ours } from './contenders/ours.js';
import { small } from './contenders/small.js';
import { createDatabase, dropDatabase, sql } from './database.js';
import { menus, rehearse } from './journey.js';
import { runLoad } from './load/run.js';

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '16,64,256' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    fresh: { type: 'boolean', default: false },
    unpinned: { type: 'boolean', default: false },
  },
});
const KNOWN = 10_000;
const numbers = values.fresh
  ? { first: 254_710_000_000 + Math.floor(Math.random() * 80_000_000), count: 10_000_000 }
  : { first: 254_700_000_000, count: KNOWN };
const cores = values.unpinned ? { server: null, load: null } : { server: 0, load: 1 };

const databaseUrl = await createDatabase();
try {
  const contenders: Contender[] = [
    ours({ databaseUrl }),
    small({ name: 'Koa', server: 'koa' }),
  ].filter(({ name }) => values.only === '' || name.includes(values.only));

  print(
    'contender              conns  turns/s     p50     p99  server CPU  PG CPU (ms/turn)  wrong',
  );
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const connections of values.connections.split(',').map(Number)) {
      for (const contender of contenders) {
        const running = await contender.start({ core: cores.server });
        try {
          if (running.databaseUrl) await knowCallers(running.databaseUrl);
          const url = `http://127.0.0.1:${running.ports[0]}${running.path}`;
          const call = await rehearse(url, 254_799_999_999, menus);
          const measured = await runLoad(
            running,
            {
              call,
              numbers,
              pace: { kind: 'closed', connections },
              warmUpSeconds: 2,
              seconds: Number(values.seconds),
            },
            cores.load,
          );
          print(
            [
              contender.name.padEnd(22),
              String(connections).padStart(5),
              measured.perSecond.toFixed(0).padStart(8),
              measured.p50.toFixed(1).padStart(7),
              measured.p99.toFixed(1).padStart(7),
              (measured.serverCpu ?? Number.NaN).toFixed(3).padStart(11),
              (measured.databaseCpu ?? Number.NaN).toFixed(3).padStart(17),
              String(measured.wrong).padStart(6),
            ].join(' '),
          );
          if (measured.example) print(`  wrong: ${measured.example}`);
        } finally {
          await running.stop();
        }
      }
    }
  }
} finally {
  await dropDatabase(databaseUrl);
}

function knowCallers(url: string): Promise<unknown> {
  return sql(
    url,
    `insert into callers (phone, first_seen_at) select 254700000000 + n, now() from generate_series(0, ${KNOWN - 1}) n on conflict do nothing`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
