import { answersTo, type Screen } from '../read.js';
import { duration, percent, whole } from '../say.js';
import { quantile } from '../times.js';
import { Bar, Range } from './bars.js';

/** A line of the table: a screen under the name that it has there, and how it begins. */
export type Step = {
  readonly key: string;
  readonly name: string;
  readonly sample: string;
  /** A call ends with it. */
  readonly ends: boolean;
  readonly screen: Screen;
};

/** Screens with how many calls came to them, left at them, slipped on them, and how long they took. */
export function Steps({
  steps,
  started,
  of,
}: {
  steps: readonly Step[];
  started: number;
  of: string;
}) {
  return (
    <table class="steps">
      <thead>
        <tr>
          <th scope="col">{of}</th>
          <th scope="col">Calls that came to it</th>
          <th scope="col">Gave up</th>
          <th scope="col">Wrong answers</th>
          <th scope="col">Answered in</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ key, name, sample, ends, screen }) => (
          <tr key={key}>
            <th scope="row">
              {name}
              {sample !== '' && <small>{sample}</small>}
            </th>
            <td class="reach">
              <Bar all={started} parts={partsOf(screen, ends)} />
              <span class="figure">
                {whole(screen.reached)} <small>{percent(screen.reached, started)}</small>
              </span>
            </td>
            <td data-label="gave up" class={screen.gaveUp > 0 ? 'loss' : 'none'}>
              {whole(screen.gaveUp)} <small>{percent(screen.gaveUp, screen.reached)}</small>
            </td>
            <Slips screen={screen} />
            <Time screen={screen} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function partsOf({ reached, stopped, cutOff, gaveUp }: Screen, ends: boolean) {
  const wentOn = reached - stopped - cutOff - gaveUp;
  return [
    {
      kind: ends ? 'finished' : 'reached',
      count: wentOn,
      title: ends ? 'Came to this end' : 'Went on',
    },
    { kind: 'stopped', count: stopped, title: 'Hung up, the task done' },
    { kind: 'cut-off', count: cutOff, title: 'Cut off by the network' },
    { kind: 'gave-up', count: gaveUp, title: 'Gave up' },
  ] as const;
}

function Slips({ screen }: { screen: Screen }) {
  const answers = answersTo(screen);
  if (answers === 0)
    return (
      <td data-label="wrong" class="slips none">
        -
      </td>
    );
  const parts = [{ kind: 'slips', count: screen.slips, title: 'Wrong answers' }] as const;
  return (
    <td data-label="wrong" class={screen.slips > 0 ? 'slips' : 'slips none'}>
      <span>{percent(screen.slips, answers)}</span>
      <Bar all={answers} parts={parts} height={6} />
    </td>
  );
}

function Time({ screen }: { screen: Screen }) {
  const median = quantile(screen.times, 0.5);
  const most = quantile(screen.times, 0.9);
  if (median === null || most === null)
    return (
      <td data-label="time" class="time none">
        -
      </td>
    );
  return (
    <td data-label="time" class="time">
      <span>
        {duration(median)} <small>- {duration(most)}</small>
      </span>
      <Range median={median} most={most} />
    </td>
  );
}
