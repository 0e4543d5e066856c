import { kenyanTime } from '../../dialogue/kenyan-time.js';
import { languages } from '../../dialogue/languages.js';
import { ICON } from '../../web/icon.js';
import { languageName, type Names } from '../names.js';
import type { Calls, Funnel } from '../read.js';
import { costPerTask, percent, whole, writtenDay } from '../say.js';
import type { Wish } from '../scope.js';
import { channels } from '../scope.js';
import { Bar } from './bars.js';
import { Days } from './days.js';
import { FlowCard } from './flow-card.js';

type PageProps = {
  readonly funnel: Funnel;
  readonly names: Names;
  readonly wish: Wish;
  readonly stylesheet: string;
};

/** The operator's page on what callers do. */
export function FunnelPage({ funnel, names, wish, stylesheet }: PageProps) {
  const { scope, total } = funnel;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>What callers do – KNEC CP2</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href={ICON} />
        <link rel="stylesheet" href={stylesheet} />
      </head>
      <body>
        <header class="top">
          <div class="within">
            <p class="brand">KNEC CP2, operator</p>
            <h1>What callers do</h1>
            <p>
              {writtenDay(scope.from)} to {writtenDay(scope.to)}
              <span class="dot"> · </span>
              {funnel.countedUntil === null
                ? 'nothing has been counted yet'
                : `counted until ${kenyanTime(funnel.countedUntil.toISOString())}`}
            </p>
          </div>
        </header>
        <main class="within">
          <Filters wish={wish} />
          {total.calls === 0 ? <Nothing /> : <Overview funnel={funnel} />}
          {tasksFirst(funnel, names).map((flow) => (
            <FlowCard key={flow.flow} flow={flow} names={names} />
          ))}
        </main>
        <footer class="within">
          <p>
            A call counts ten minutes after it began, an exchange of SMS a day after. It{' '}
            <b>gave up</b> where its caller hung up or fell silent with nothing done; who hangs up
            after the task is done has not. It was <b>cut off</b> where the carrier says that the
            network failed. Times are the median, and what nine of ten stay within. Costs are the
            carrier's for the whole call, over the tasks done, of the calls that it has told the
            cost of. Nothing here is about anybody: only counts are kept.
          </p>
        </footer>
      </body>
    </html>
  );
}

/** Flows that people call for, before those that lead to them. */
function tasksFirst({ flows }: Funnel, names: Names): Funnel['flows'] {
  return flows.toSorted((one, other) => task(other) - task(one));
  function task({ flow }: { flow: string }): number {
    return Number(names.hasTask(flow));
  }
}

const periods = { 1: 'Today', 7: '7 days', 30: '30 days', 90: '90 days', 365: 'A year' } as const;

function Filters({ wish }: { wish: Wish }) {
  const link = (change: Partial<Wish>) => {
    const set = Object.entries({ ...wish, ...change }).filter(([, value]) => value !== null);
    return `?${new URLSearchParams(set as [string, string][])}`;
  };
  const days = wish.days ?? '7';
  return (
    <nav aria-label="Which calls">
      <Choices
        name="Period"
        choices={Object.entries(periods).map(([count, name]) => ({
          ...{ name, href: link({ days: count }), current: days === count },
        }))}
      />
      <Choices
        name="Channel"
        choices={[null, ...channels].map((channel) => ({
          name: channel?.toUpperCase() ?? 'All channels',
          ...{ href: link({ channel }), current: wish.channel === channel },
        }))}
      />
      <Choices
        name="Language"
        choices={[null, ...Object.entries(languages)].map((language) => ({
          name: language?.[1] ?? 'All languages',
          href: link({ language: language?.[0] ?? null }),
          current: wish.language === (language?.[0] ?? null),
        }))}
      />
    </nav>
  );
}

type Choice = { readonly name: string; readonly href: string; readonly current: boolean };

function Choices({ name, choices }: { name: string; choices: readonly Choice[] }) {
  return (
    <ul aria-label={name}>
      {choices.map((choice) => (
        <li key={choice.name}>
          <a href={choice.href} aria-current={choice.current ? 'true' : undefined}>
            {choice.name}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Nothing() {
  return (
    <section class="nothing">
      <h2>No calls</h2>
      <p>
        None that are over have been counted for this choice. A call is counted ten minutes after it
        began.
      </p>
    </section>
  );
}

function Overview({ funnel }: { funnel: Funnel }) {
  const { total, costs } = funnel;
  const { calls, finished, gaveUp, cutOff, tasks } = total;
  return (
    <section class="overview" aria-label="All calls">
      <dl class="tiles">
        <Tile name="calls" value={whole(calls)} note={`${whole(tasks)} tasks finished`} />
        <Tile
          name="did what they came for"
          value={percent(finished, calls)}
          note={whole(finished)}
          kind="good"
        />
        <Tile name="gave up" value={percent(gaveUp, calls)} note={whole(gaveUp)} kind="bad" />
        <Tile name="cut off" value={percent(cutOff, calls)} note={whole(cutOff)} />
        <Tile
          name="a finished task costs"
          value={costPerTask(costs)}
          note="the carrier's price of calls"
        />
      </dl>
      <div class="plots">
        <section>
          <h2>Calls a day</h2>
          <Days funnel={funnel} />
          <ul class="legend">
            <li class="finished">finished a task</li>
            <li class="other">came to an end without</li>
            <li class="cut-off">cut off</li>
            <li class="gave-up">gave up</li>
          </ul>
        </section>
        <section>
          <h2>Language</h2>
          <Shares
            all={funnel.total.calls}
            rows={funnel.languages.map((one) => ({ ...one, name: languageName(one.language) }))}
          />
          <h2>Channel</h2>
          <Shares
            all={funnel.total.calls}
            rows={funnel.channels.map((one) => ({ ...one, name: one.channel.toUpperCase() }))}
          />
        </section>
      </div>
      <ul class="legend of-flows">
        <li class="reached">went on</li>
        <li class="finished">came to an end</li>
        <li class="stopped">hung up, the task done</li>
        <li class="cut-off">cut off</li>
        <li class="gave-up">gave up</li>
        <li class="dots">median, and nine of ten, up to 60 s</li>
      </ul>
    </section>
  );
}

function Tile({
  name,
  value,
  note,
  kind,
}: {
  name: string;
  value: string;
  note: string;
  kind?: string;
}) {
  return (
    <div class={kind}>
      <dt>{name}</dt>
      <dd>
        <span class="value">{value}</span> <small>{note}</small>
      </dd>
    </div>
  );
}

function Shares({
  all,
  rows,
}: {
  all: number;
  rows: readonly (Calls & { readonly name: string })[];
}) {
  return (
    <dl class="shares">
      {rows.map((row) => (
        <div key={row.name}>
          <dt>
            {row.name} <small>{percent(row.calls, all)}</small>
          </dt>
          <dd>
            <Bar
              all={all}
              parts={[
                { kind: 'finished', count: row.finished, title: 'Finished a task' },
                {
                  kind: 'other',
                  count: row.calls - row.finished - row.cutOff - row.gaveUp,
                  title: 'Ended without',
                },
                { kind: 'cut-off', count: row.cutOff, title: 'Cut off' },
                { kind: 'gave-up', count: row.gaveUp, title: 'Gave up' },
              ]}
            />
            <span>
              {percent(row.finished, row.calls)} <i>finished</i>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
