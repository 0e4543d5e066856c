import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.js';
import { anywhere } from '../contenders/contender.js';
import { ours, type Place, startOurs, ussdPath } from '../contenders/ours.js';
import { freePort } from '../contenders/ports.js';
import { startSmall } from '../contenders/small.js';
import { residentMb } from '../cpu.js';
import { median } from '../figures.js';
import { visitors } from '../fill.js';
import { menus, rehearse } from '../journey.js';
import { openConnection } from '../load/connection.js';
import { runLoad } from '../load/run.js';
import type { Started } from '../processes.js';
import type { Ratio } from '../targets.js';
import { drop, emptyDatabase, scratchFolder } from './databases.js';

/** Seconds, medians, from the start of the process to its first answer to a dial; memory in MB. */
export type StartFigures = {
  readonly koa: number;
  readonly embedded: number;
  readonly postgresql: number;
  /** The very first start, which creates the database, and what it says meanwhile. */
  readonly firstEmbedded: number;
  readonly firstSays: string | null;
  readonly firstPostgresql: number;
  readonly memory: readonly Memory[];
  readonly ratios: readonly Ratio[];
};

export type Memory = {
  readonly what: string;
  readonly atRest: number | null;
  readonly underLoad: number | null;
};

const form = `sessionId=first&serviceCode=*384*27%23&phoneNumber=%2B${visitors.first}&text=`;

export async function startFigures(bench: Bench): Promise<StartFigures> {
  const folder = scratchFolder();
  const databaseUrl = await emptyDatabase();
  try {
    const embedded: Place = { folder };
    const postgresql: Place = { databaseUrl };
    const first = await timed((port) => bare(embedded, port), ussdPath);
    const firstPostgresql = await timed((port) => bare(postgresql, port), ussdPath);
    const koa: number[] = [];
    const again: number[] = [];
    const server: number[] = [];
    for (let round = 0; round < Math.max(3, bench.rounds); round += 1) {
      const small = await timed((port) => startSmall('koa', port, { core: null }), '/ussd');
      koa.push(small.seconds);
      again.push((await timed((port) => bare(embedded, port), ussdPath)).seconds);
      server.push((await timed((port) => bare(postgresql, port), ussdPath)).seconds);
    }
    const [, says = null] = /^(Creating .*)$/m.exec(first.said) ?? [];
    bench.say(
      `start: Koa ${median(koa).toFixed(2)} s, embedded ${median(again).toFixed(2)} s, PostgreSQL ${median(server).toFixed(2)} s`,
    );
    return {
      koa: median(koa),
      embedded: median(again),
      postgresql: median(server),
      firstEmbedded: first.seconds,
      firstSays: says,
      firstPostgresql: firstPostgresql.seconds,
      memory: [
        await memory(bench, 'PostgreSQL', postgresql),
        await memory(bench, 'embedded database', embedded),
      ],
      ratios: [
        {
          name: 'start to first reply, embedded database that exists ÷ bare Koa',
          value: median(again.map((seconds, round) => seconds / (koa[round] ?? Number.NaN))),
          target: { atMost: 6 },
        },
        {
          name: 'the very first start, which creates the embedded database, in seconds',
          value: first.seconds,
          target: { atMost: 10 },
        },
      ],
    };
  } finally {
    await drop(databaseUrl);
  }
}

function bare(at: Place, port: number): Started {
  return startOurs(at, port, { core: null, carrierUrl: null });
}

/** Starts a server, asks it until it answers a dial, and stops it. */
async function timed(
  begin: (port: number) => Started,
  path: string,
): Promise<{ readonly seconds: number; readonly said: string }> {
  const port = await freePort();
  const began = performance.now();
  const started = begin(port);
  const line = openConnection(port);
  const ask = () => new Promise<string | null>((resolve) => line.ask(path, form, resolve));
  try {
    while ((await ask()) === null) {
      if (started.child.exitCode !== null) throw new Error(started.output());
      await pause(2);
    }
    return { seconds: (performance.now() - began) / 1000, said: started.output() };
  } finally {
    line.close();
    await started.stop();
  }
}

async function memory(bench: Bench, what: string, at: Place): Promise<Memory> {
  const running = await ours({ at }).start(anywhere);
  try {
    const [pid = 0] = running.pids;
    await pause(2_000);
    const atRest = residentMb(pid);
    const url = `http://127.0.0.1:${running.ports[0]}${running.path}`;
    const call = await rehearse(url, visitors.first, menus);
    const { warmUpSeconds, seconds } = bench;
    const pace = { kind: 'closed', connections: 64 } as const;
    await runLoad(running, { call, numbers: visitors, pace, warmUpSeconds, seconds }, null);
    return { what, atRest, underLoad: residentMb(pid) };
  } finally {
    await running.stop();
  }
}
