import { kenyanTime } from '../dialogue/kenyan-time.js';
import { languageName, type Names } from './names.js';
import { answersTo, type FlowFunnel, type Funnel, type Screen } from './read.js';
import { costPerTask, duration, percent, whole, writtenDay } from './say.js';
import { quantile } from './times.js';

/** The funnel as lines of text. */
export function funnelTable(funnel: Funnel, names: Names): string[] {
  return [...heading(funnel), ...funnel.flows.flatMap((flow) => ['', ...flowTable(flow, names)])];
}

function heading({ scope, countedUntil, total, costs, languages: split }: Funnel): string[] {
  const { from, to, channel, language } = scope;
  const of = [channel?.toUpperCase(), language && languageName(language)]
    .filter(Boolean)
    .join(', ');
  const until =
    countedUntil === null
      ? 'nothing counted yet'
      : `counted until ${kenyanTime(countedUntil.toISOString())}`;
  const { calls } = total;
  return [
    `Calls from ${writtenDay(from)} to ${writtenDay(to)}${of && ` (${of})`}, ${until}`,
    ...(calls === 0
      ? ['No calls.']
      : [
          `${whole(calls)} calls: ${percent(total.finished, calls)} did what they came for, ` +
            `${percent(total.gaveUp, calls)} gave up, ${percent(total.cutOff, calls)} were cut off`,
          `A finished task costs ${costPerTask(costs)}`,
          split
            .map((one) => `${languageName(one.language)} ${percent(one.calls, calls)}`)
            .join(', '),
        ]),
  ];
}

const COLUMNS = ['', 'reached', '', 'gave up', '', 'cut off', 'stopped', 'slips', 'median', '90%'];

function flowTable(flow: FlowFunnel, names: Names): string[] {
  const { started } = flow;
  const task = names.hasTask(flow.flow)
    ? `, ${percent(flow.finished, started)} finished, ${costPerTask(flow.costs)} each`
    : '';
  const screens = flow.screens.map((screen) => cells(names.screen(screen.state), screen, started));
  const questions = flow.questions.map((screen) =>
    cells(`  ${names.topic(screen.topic)} (${names.screen(screen.state)})`, screen, started),
  );
  return [
    `${names.flow(flow.flow)}: ${whole(started)} calls${task}, ${percent(flow.gaveUp, started)} gave up`,
    ...aligned([COLUMNS, ...screens, ...questions]),
  ];
}

/** Slips are a part of the answers; who left, of the calls that came to the screen. */
function cells(name: string, screen: Screen, started: number): string[] {
  const { reached, slips, gaveUp, cutOff, stopped, times } = screen;
  return [
    `  ${name}`,
    ...[whole(reached), percent(reached, started)],
    ...[whole(gaveUp), percent(gaveUp, reached)],
    ...[whole(cutOff), whole(stopped)],
    percent(slips, answersTo(screen)),
    ...[duration(quantile(times, 0.5)), duration(quantile(times, 0.9))],
  ];
}

/** The first column to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[column] ?? 0) + 2),
      )
      .join('')
      .trimEnd(),
  );
}
