import { setTimeout as pause } from 'node:timers/promises';
import { runClosedLoop } from './closed.js';
import type { FromGenerator, Job } from './job.js';
import { createMeasure, type Measure } from './measure.js';
import { runOpenLoop } from './open.js';

/** The process that makes the load: does the jobs that come by IPC, one at a time. */

const WARM_TURNS_EACH = 4_000;
const WARM_AT_MOST = 10;

process.on('message', (job: Job) => void run(job));
process.on('disconnect', () => process.exit());
tell({ says: 'ready' });

async function run(job: Job): Promise<void> {
  const measure = createMeasure();
  const { pace } = job;
  const stop =
    pace.kind === 'closed'
      ? runClosedLoop(job, pace.connections, measure)
      : runOpenLoop(job, pace.rate, measure);
  await warmUp(job, measure);
  tell({ says: 'begin' });
  measure.begin();
  await pause(job.seconds * 1000);
  measure.end();
  tell({ says: 'end' });
  await stop();
  tell({ says: 'outcome', outcome: measure.outcome() });
}

/**
 * A server has to have compiled what it runs often: that takes turns, not time. On a busy machine, where
 * they are slow to come, it is left at some seconds.
 */
async function warmUp({ warmUpSeconds, ports }: Job, measure: Measure): Promise<void> {
  const turns = WARM_TURNS_EACH * ports.length;
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  while (seconds() < warmUpSeconds || (measure.heard() < turns && seconds() < WARM_AT_MOST)) {
    await pause(50);
  }
}

function tell(message: FromGenerator): void {
  process.send?.(message);
}
