import { fileURLToPath } from 'node:url';
import type { Running } from '../contenders/contender.js';
import { cpuSeconds, watchBackends } from '../cpu.js';
import { start } from '../processes.js';
import type { FromGenerator, Job, Outcome } from './job.js';

/** What a run showed, from outside: the answers, and what they cost. CPU times are in milliseconds a turn. */
export type Measured = Outcome & {
  readonly perSecond: number;
  readonly serverCpu: number | null;
  readonly databaseCpu: number | null;
};

const file = fileURLToPath(new URL('generator.js', import.meta.url));

/** Lets a generator, in a process of its own, do a job on what runs, and measures both. */
export async function runLoad(
  running: Running,
  job: Omit<Job, 'ports' | 'path'>,
  core: number | null,
): Promise<Measured> {
  const generator = start(process.execPath, [file], { core, ipc: true });
  const { child } = generator;
  const backends = running.databaseUrl ? await watchBackends(running.databaseUrl) : null;
  const serverCpuNow = () => {
    const all = running.pids.map(cpuSeconds);
    return all.some((one) => one === null) ? null : all.reduce<number>((a, b) => a + (b ?? 0), 0);
  };
  const used = async () => ({
    server: serverCpuNow(),
    database: backends ? await backends.seconds() : null,
  });

  try {
    return await new Promise<Measured>((resolve, reject) => {
      let before: ReturnType<typeof used> | undefined;
      child.on('message', async (message: FromGenerator) => {
        if (message.says === 'ready')
          child.send({ ...job, ports: running.ports, path: running.path });
        if (message.says === 'begin') before = used();
        if (message.says === 'end') {
          const after = await used();
          const { outcome } = message;
          const began = await before;
          const each = (from: number | null | undefined, to: number | null) =>
            from === null || from === undefined || to === null
              ? null
              : ((to - from) * 1000) / outcome.turns;
          resolve({
            ...outcome,
            perSecond: outcome.turns / outcome.seconds,
            serverCpu: each(began?.server, after.server),
            databaseCpu: each(began?.database, after.database),
          });
        }
      });
      child.on('exit', () => reject(new Error(`The generator ended:\n${generator.output()}`)));
    });
  } finally {
    await backends?.stop();
    await generator.stop();
  }
}
