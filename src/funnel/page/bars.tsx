import { percent, whole } from '../say.js';

/** Plots without a script: widths are parts of a hundred, so that they fit any screen. */

/** A part of a bar: how much, and what it stands for, which is also the name of its colour. */
export type Part = {
  readonly kind:
    | 'finished'
    | 'reached'
    | 'stopped'
    | 'other'
    | 'cut-off'
    | 'gave-up'
    | 'slips'
    | 'en'
    | 'sw';
  readonly count: number;
  readonly title: string;
};

/** A bar whose parts lie end to end, out of so many in all. */
export function Bar({
  parts,
  all,
  height = 20,
}: {
  parts: readonly Part[];
  all: number;
  height?: number;
}) {
  let x = 0;
  return (
    <svg class="bar" width="100%" height={height} aria-hidden="true">
      <rect class="track" width="100%" height={height} rx="3" />
      {parts.map(({ kind, count, title }) => {
        const width = all === 0 ? 0 : (100 * count) / all;
        const from = x;
        x += width;
        return (
          width > 0 && (
            <rect key={kind} class={kind} x={`${from}%`} width={`${width}%`} height={height}>
              <title>{`${title}: ${whole(count)}, ${percent(count, all)}`}</title>
            </rect>
          )
        );
      })}
    </svg>
  );
}

/** Seconds up to which times are drawn; what takes longer ends at the edge. */
const LONGEST_S = 60;

/** From the median to what nine of ten stay within. */
export function Range({ median, most }: { median: number; most: number }) {
  const at = (seconds: number) => `${4 + (92 * Math.min(seconds, LONGEST_S)) / LONGEST_S}%`;
  return (
    <svg class="range" width="100%" height="14" aria-hidden="true">
      <line class="axis" x1="4%" x2="96%" y1="7" y2="7" />
      <line class="spread" x1={at(median)} x2={at(most)} y1="7" y2="7" />
      <circle class="most" cx={at(most)} cy="7" r="2.5" />
      <circle class="median" cx={at(median)} cy="7" r="4.5" />
    </svg>
  );
}
