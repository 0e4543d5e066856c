import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.js';
import { anywhere, type Running } from '../contenders/contender.js';
import { ours } from '../contenders/ours.js';
import { freePort } from '../contenders/ports.js';
import { startSmall } from '../contenders/small.js';
import { sql } from '../database.js';
import { median } from '../figures.js';
import { strangers, visitors } from '../fill.js';
import { menus, registering, rehearse } from '../journey.js';
import type { Call, Numbers, Pace } from '../load/job.js';
import { type Measured, runLoad } from '../load/run.js';
import { answering } from '../processes.js';
import type { Ratio } from '../targets.js';

/** A thousand registrations a minute, each a call of three turns. */
const REGISTRATION_TURNS_A_SECOND = (1000 / 60) * registering.length;

export type Hashing = {
  readonly ratios: readonly Ratio[];
  /** Turns a second, beside the registrations. */
  readonly rate: number;
  readonly without: Latency;
  readonly beside: Latency;
  readonly registrationsASecond: number;
};

/** Medians of the rounds, in milliseconds. */
type Latency = Record<'p50' | 'p99', number>;

/** One stall in a short while would be its p99. */
const AT_LEAST_SECONDS = 10;
/** Until the first passwords have been hashed and sent: what is then loaded and compiled comes once. */
const REGISTRATIONS_BEGIN_MS = 4_000;

/** Whether those who only read a menu notice that others register: turns at half of the highest rate, with and without. */
export async function hashing(bench: Bench, databaseUrl: string): Promise<Hashing> {
  const port = await freePort();
  const carrier = startSmall('carrier', port, { core: null });
  const gateway = ours({ at: { databaseUrl }, carrierUrl: `http://127.0.0.1:${port}` });
  const without: Measured[] = [];
  const beside: Measured[] = [];
  let registrations = 0;
  let seconds = 0;
  let rate = 0;
  try {
    await answering(carrier, port);
    const running = await gateway.start(anywhere);
    try {
      const menuCall = await callOf(running, visitors, menus);
      const registration = await callOf(running, strangers(), registering);
      // What it is told quotes the number.
      const registrationCall = registration.map(({ text }) => ({ text, answer: null }));
      const load = (call: Call, numbers: Numbers, pace: Pace) => {
        const { warmUpSeconds } = bench;
        const seconds = Math.max(bench.seconds, AT_LEAST_SECONDS);
        return runLoad(running, { call, numbers, pace, warmUpSeconds, seconds }, null);
      };
      const highest = await load(menuCall, visitors, { kind: 'closed', connections: 64 });
      rate = Math.round(highest.perSecond / 2);
      const turns = () => load(menuCall, visitors, { kind: 'open', rate });
      for (let round = 1; round <= bench.rounds; round += 1) {
        without.push(await turns());
        const before = await accounts(databaseUrl);
        const began = performance.now();
        const pace = { kind: 'open', rate: REGISTRATION_TURNS_A_SECOND } as const;
        const [measured] = await Promise.all([
          pause(REGISTRATIONS_BEGIN_MS).then(turns),
          load(registrationCall, strangers(), pace),
        ]);
        beside.push(measured);
        seconds += (performance.now() - began) / 1000;
        registrations += (await accounts(databaseUrl)) - before;
        bench.say(
          `round ${round}: ${rate}/s, ${told(without.at(-1))}, with registrations ${told(measured)}`,
        );
      }
    } finally {
      await running.stop();
    }
  } finally {
    await carrier.stop();
  }
  const latency = (runs: readonly Measured[]): Latency => ({
    p50: median(runs.map(({ p50 }) => p50)),
    p99: median(runs.map(({ p99 }) => p99)),
  });
  const compared = (of: 'p50' | 'p99') =>
    median(beside.map((run, index) => run[of] / (without[index]?.[of] ?? Number.NaN)));
  const name = 'at half of the highest rate, with registrations ÷ without';
  return {
    rate,
    without: latency(without),
    beside: latency(beside),
    registrationsASecond: registrations / seconds,
    ratios: [
      { name: `p50 ${name}`, value: compared('p50'), target: null },
      { name: `p99 ${name}`, value: compared('p99'), target: { atMost: 1.5 } },
    ],
  };
}

function told(measured: Measured | undefined): string {
  return `p50 ${measured?.p50.toFixed(1)} and p99 ${measured?.p99.toFixed(1)} ms`;
}

function callOf(running: Running, { first }: Numbers, journey: typeof menus): Promise<Call> {
  return rehearse(`http://127.0.0.1:${running.ports[0]}${running.path}`, first, journey);
}

async function accounts(databaseUrl: string): Promise<number> {
  const [row] = await sql(databaseUrl, 'select count(*)::int as count from accounts');
  return Number(row?.['count']);
}
