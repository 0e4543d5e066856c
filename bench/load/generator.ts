import { setTimeout as pause } from 'node:timers/promises';
import { runClosedLoop } from './closed.js';
import type { FromGenerator, Job } from './job.js';
import { createMeasure } from './measure.js';
import { runOpenLoop } from './open.js';

/** The process that makes the load: does the jobs that come by IPC, one at a time. */

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
  await pause(job.warmUpSeconds * 1000);
  tell({ says: 'begin' });
  measure.begin();
  await pause(job.seconds * 1000);
  const outcome = measure.end();
  const unanswered = stop();
  const { wrong, example } = outcome;
  tell({
    says: 'end',
    outcome: {
      ...outcome,
      wrong: wrong + unanswered,
      example: example ?? (unanswered > 0 ? 'no answer' : null),
    },
  });
}

function tell(message: FromGenerator): void {
  process.send?.(message);
}
