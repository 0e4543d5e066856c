import { kenyanDay } from '../dialogue/kenyan-time.js';
import { readShares, type Share } from '../messages/shares.js';
import { type Command, readArguments, UsageError } from './command.js';

const DAYS = 7;
/** Older SMS are not kept. */
const MOST_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Shows what became of the SMS of the last days, by day in Kenya and network. */
export const deliveries: Command = {
  usage: `npm run deliveries [-- DAYS], the last ${DAYS} unless given, at most ${MOST_DAYS}`,
  async run({ args, withTools, now, print }) {
    const [written = String(DAYS), ...rest] = readArguments(args).words;
    const days = /^[1-9]\d?$/.test(written) ? Number(written) : 0;
    if (rest.length > 0 || days < 1 || days > MOST_DAYS) throw new UsageError();
    const since = beginningOf(kenyanDay(new Date(now().getTime() - (days - 1) * DAY_MS)));
    const shares = await withTools(({ db }) => readShares(db, since));
    if (shares.length === 0) return print('No SMS.');
    for (const line of columnsOf([heads, ...shares.map(cellsOf)])) print(line);
  },
};

/** Midnight in Kenya, three hours before it is midnight in Greenwich. */
function beginningOf(day: string): Date {
  return new Date(`${day}T00:00:00+03:00`);
}

const heads = [
  ...['Day', 'Network', 'SMS', 'delivered', 'on the way', 'no report', 'unknown', 'waiting'],
  ...['failed', 'why'],
];

function cellsOf({ day, network, count, byState, byFailure }: Share): readonly string[] {
  const { delivered, sent, accepted, unknown, queued = 0, sending = 0, failed } = byState;
  const percent = (part = 0) => (part === 0 ? '-' : `${((100 * part) / count).toFixed(1)} %`);
  const why = Object.entries(byFailure)
    .sort(([, one], [, other]) => other - one)
    .map(([failure, part]) => `${failure} ${percent(part)}`);
  return [
    ...[day, nameOf(network), String(count)],
    ...[delivered, sent, accepted, unknown, queued + sending, failed].map(percent),
    why.join(', '),
  ];
}

/** Africa's Talking's codes; other carriers have words of their own. */
const names = new Map([
  ['63902', 'Safaricom'],
  ['63903', 'Airtel'],
  ['63907', 'Telkom'],
  ['63999', 'Equitel'],
  ['99999', 'sandbox'],
]);

function nameOf(network: string | null): string {
  if (network === null) return 'not told';
  const name = names.get(network);
  return name ? `${network} ${name}` : network;
}

/** In columns: texts to the left, the last and the first two, and what is counted to the right. */
function columnsOf(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = heads.map((_, nr) => Math.max(...rows.map((row) => row[nr]?.length ?? 0)));
  const isText = (nr: number) => nr < 2 || nr === heads.length - 1;
  return rows.map((row) =>
    row
      .map((cell, nr) =>
        isText(nr) ? cell.padEnd(widths[nr] ?? 0) : cell.padStart(widths[nr] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
