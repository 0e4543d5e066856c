import type { Hashing } from '../parts/hashing.js';
import { isMet, type Ratio, toldTarget } from '../targets.js';
import type { Results, Row } from './results.js';

/** A table as rows of words, the first of them its head. */
export type Table = readonly (readonly string[])[];

export function runsTable(rows: readonly Row[]): Table {
  return [
    ['contender', 'load', 'turns/s', 'p50 ms', 'p99 ms', 'CPU server', 'CPU store', 'wrong'],
    ...rows.map((row) => [
      row.contender,
      row.load,
      number(row.perSecond, 0),
      number(row.p50, 1),
      number(row.p99, 1),
      number(row.serverCpu, 3),
      number(row.storeCpu, 3),
      row.wrong === 0 ? '' : String(row.wrong),
    ]),
  ];
}

export function ratiosTable(ratios: readonly Ratio[]): Table {
  return [
    ['ratio', 'value', 'target', ''],
    ...ratios.map((ratio) => {
      const met = isMet(ratio);
      const verdict = met === null ? '' : met ? 'met' : 'not met';
      return [ratio.name, number(ratio.value, 2), toldTarget(ratio.target), verdict];
    }),
  ];
}

export function startTable({ start, size, hashing, plans }: Results): Table {
  return [
    ['what', 'figure'],
    ...(start
      ? [
          ['start to first reply, bare Koa', `${number(start.koa, 2)} s`],
          ['start to first reply, embedded database', `${number(start.embedded, 2)} s`],
          ['start to first reply, PostgreSQL', `${number(start.postgresql, 2)} s`],
          ['very first start, embedded database', `${number(start.firstEmbedded, 1)} s`],
          ['which says meanwhile', start.firstSays?.replace(/ in \S+:/, ':') ?? 'nothing'],
          ['very first start, PostgreSQL', `${number(start.firstPostgresql, 1)} s`],
          ...start.memory.flatMap(({ what, atRest, underLoad }) => [
            [`memory at rest, ${what}`, `${number(atRest, 0)} MB`],
            [`memory after load, ${what}`, `${number(underLoad, 0)} MB`],
          ]),
        ]
      : []),
    ...(size
      ? [
          ['packages of a production install', `${number(size.packages, 0)} MB`],
          ['what is built', `${number(size.built, 1)} MB`],
        ]
      : []),
    ...(plans
      ? [
          [
            `queries of ${plans.queries} that read a table whole, at ten million accounts`,
            String(plans.wholeReads.length),
          ],
        ]
      : []),
    ...(hashing ? hashingRows(hashing) : []),
  ];
}

function hashingRows({ rate, registrationsASecond, without, beside }: Hashing): Table {
  const there = `at ${rate} turns a second`;
  const besides = `beside ${number(registrationsASecond, 0)} registrations a second`;
  return (['p50', 'p99'] as const).flatMap((of) => [
    [`${of} ${there}`, `${number(without[of], 1)} ms`],
    [`${of} ${there}, ${besides}`, `${number(beside[of], 1)} ms`],
  ]);
}

/** For a terminal: columns aligned, numbers to the right. */
export function aligned(table: Table): string {
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths?.[column] ?? 0;
          return column > 0 && /^[\d.-]/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function markdown(table: Table): string {
  const [head = [], ...rows] = table;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function number(value: number | null, digits: number): string {
  return value === null || !Number.isFinite(value) ? '–' : value.toFixed(digits);
}
