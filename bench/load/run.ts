import { fileURLToPath } from 'node:url';
import type { Running, Store } from '../contenders/contender.js';
import { cpuSeconds, cpuSecondsOf, watchBackends } from '../cpu.js';
import { start } from '../processes.js';
import type { FromGenerator, Job, Outcome } from './job.js';

/** What a run showed: the answers, and what they cost. CPU times are in milliseconds a turn, null where nobody can tell. */
export type Measured = Outcome & {
  readonly perSecond: number;
  readonly serverCpu: number | null;
  readonly storeCpu: number | null;
};

const file = fileURLToPath(new URL('generator.js', import.meta.url));

/** Lets a generator, in a process of its own, do a job on what runs, and measures both. */
export async function runLoad(
  running: Running,
  job: Omit<Job, 'ports' | 'path' | 'split'>,
  core: number | null,
): Promise<Measured> {
  const generator = start(process.execPath, [file], { core, ipc: true });
  const { child } = generator;
  const store = await watchStore(running.store, core);
  const used = async () => ({
    server: cpuSecondsOf(running.pids),
    store: await store.seconds(),
  });

  try {
    return await new Promise<Measured>((resolve, reject) => {
      let before: ReturnType<typeof used> | undefined;
      let after: ReturnType<typeof used> | undefined;
      const finish = async (outcome: Outcome) => {
        const [began, ended] = [await before, await after];
        const each = (from: number | null | undefined, to: number | null | undefined) =>
          from == null || to == null ? null : ((to - from) * 1000) / outcome.turns;
        resolve({
          ...outcome,
          perSecond: outcome.turns / outcome.seconds,
          serverCpu: each(began?.server, ended?.server),
          storeCpu: each(began?.store, ended?.store),
        });
      };
      child.on('message', (message: FromGenerator) => {
        const { ports, path, split = 'requests' } = running;
        if (message.says === 'ready') child.send({ ...job, ports, path, split });
        if (message.says === 'begin') before = used();
        if (message.says === 'end') after = used();
        if (message.says === 'outcome') finish(message.outcome).catch(reject);
      });
      child.on('exit', () => reject(new Error(`The generator ended:\n${generator.output()}`)));
    });
  } finally {
    await store.stop();
    await generator.stop();
  }
}

async function watchStore(store: Store | null, core: number | null) {
  if (store?.kind === 'postgresql') return watchBackends(store.url, core);
  return {
    seconds: async () => (store === null ? 0 : cpuSeconds(store.pid)),
    stop: async () => {},
  };
}
