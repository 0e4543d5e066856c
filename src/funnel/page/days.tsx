import type { Funnel } from '../read.js';
import { whole, writtenDay } from '../say.js';

const HEIGHT = 150;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Labels that a narrow screen has room for. */
const MOST_LABELS = 7;

/** Calls a day, by what has become of them. */
export function Days({ funnel }: { funnel: Funnel }) {
  const days = everyDay(funnel);
  const most = Math.max(1, ...days.map(({ calls }) => calls));
  const step = 100 / days.length;
  const labelled = Math.ceil(days.length / MOST_LABELS);
  return (
    <figure class="days">
      <p class="scale">
        {whole(most)} <span>calls</span>
      </p>
      <svg width="100%" height={HEIGHT} role="img" aria-label="Calls a day">
        <line class="axis" x1="0" x2="100%" y1="0.5" y2="0.5" />
        {days.map((day, index) => {
          const { calls, finished, gaveUp, cutOff } = day;
          const parts = [
            ['finished', finished],
            ['other', calls - finished - gaveUp - cutOff],
            ['cut-off', cutOff],
            ['gave-up', gaveUp],
          ] as const;
          let top = HEIGHT;
          return (
            <g key={day.day}>
              <title>
                {`${writtenDay(day.day)}: ${whole(calls)} calls, ${whole(finished)} finished, ${whole(gaveUp)} gave up, ${whole(cutOff)} cut off`}
              </title>
              {parts.map(([kind, count]) => {
                const height = (HEIGHT * count) / most;
                top -= height;
                return (
                  <rect
                    key={kind}
                    class={kind}
                    x={`${step * (index + 0.12)}%`}
                    width={`${step * 0.76}%`}
                    y={top}
                    height={height}
                  />
                );
              })}
            </g>
          );
        })}
        <line class="axis" x1="0" x2="100%" y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      </svg>
      <ol class="labels" aria-hidden="true">
        {days
          .filter((_, index) => (days.length - 1 - index) % labelled === 0)
          .map(({ day }) => (
            <li key={day}>{shortDay(day)}</li>
          ))}
      </ol>
    </figure>
  );
}

/** A day without a call is a day, too. */
function everyDay({ scope, days }: Funnel): Funnel['days'] {
  const known = new Map(days.map((day) => [day.day, day]));
  const all: Funnel['days'][number][] = [];
  for (let at = Date.parse(scope.from); at <= Date.parse(scope.to); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    all.push(known.get(day) ?? { day, calls: 0, finished: 0, gaveUp: 0, cutOff: 0 });
  }
  return all;
}

/** `24 Nov`. */
function shortDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}
