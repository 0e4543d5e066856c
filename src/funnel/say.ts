import type { Cost } from './read.js';

/** How the figures are written, wherever they are shown. */

const numbers = new Intl.NumberFormat('en-GB');

export function whole(count: number): string {
  return numbers.format(count);
}

/** A part of a whole, `12%`; of nothing, a dash. Little is not nothing, and nearly all is not all. */
export function percent(part: number, all: number): string {
  if (all === 0) return '-';
  const share = (100 * part) / all;
  if (share > 0 && share < 1) return '<1%';
  if (share < 100 && share > 99) return '>99%';
  return `${Math.round(share)}%`;
}

/** A time in seconds, `8 s` or `1 min 40 s`; null where none was taken. */
export function duration(seconds: number | null): string {
  if (seconds === null) return '-';
  if (!Number.isFinite(seconds)) return '>5 min';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const rest = Math.round(seconds) % 60;
  return `${Math.floor(Math.round(seconds) / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** What a finished task costs, `KES 0.42`, in each currency; a dash where nobody knows. */
export function costPerTask(costs: readonly Cost[]): string {
  const known = costs.filter(({ tasks }) => tasks > 0);
  return known.length === 0
    ? '-'
    : known.map(({ currency, amount, tasks }) => money(currency, amount / tasks)).join(' + ');
}

export function money(currency: string, amount: number): string {
  return `${currency} ${amount.toFixed(2)}`;
}

/** `2026-11-24` as people write it, `24/11/2026`. */
export function writtenDay(day: string): string {
  return day.split('-').reverse().join('/');
}
