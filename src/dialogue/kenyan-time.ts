const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Africa/Nairobi',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function parts(instant: string) {
  const of = new Map(
    format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => of.get(type) ?? '';
  return {
    date: `${part('day')}/${part('month')}/${part('year')}`,
    time: `${part('hour')}:${part('minute')}`,
  };
}

/** The day of an instant (ISO 8601) in Kenya, `24/11/2026`. */
export function kenyanDate(instant: string): string {
  return parts(instant).date;
}

/** The day and time of an instant (ISO 8601) in Kenya, `24/11/2026 14:05`. */
export function kenyanTime(instant: string): string {
  const { date, time } = parts(instant);
  return `${date} ${time}`;
}

/** The calendar year of an instant (ISO 8601) in Kenya. */
export function kenyanYear(instant: string): number {
  return Number(kenyanDate(instant).slice(-4));
}

/** The day of an instant in Kenya as databases take it, `2026-11-24`. */
export function kenyanDay(at: Date): string {
  return kenyanDate(at.toISOString()).split('/').reverse().join('-');
}
