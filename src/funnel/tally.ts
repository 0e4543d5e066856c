import type { CallEnding } from '../channels/channel.js';
import type { Language } from '../dialogue/languages.js';
import type { Channel } from '../sessions.js';
import { countTime, noTimes, type Times } from './times.js';

/** A call, or an exchange by SMS, that is over; without whose it was. */
export type PastCall = {
  /** The day in Kenya on which it began, `2026-11-24`. */
  readonly day: string;
  readonly channel: Channel;
  readonly language: Language;
  /** How it ended, where the carrier has told. */
  readonly endedAs: CallEnding['outcome'] | null;
  /** What the carrier takes for it; null where it has not told. */
  readonly cost: { readonly amount: number; readonly currency: string } | null;
  /** In their order. */
  readonly turns: readonly PastTurn[];
};

/** A turn of such a call. */
export type PastTurn = {
  /** Where it came to rest. */
  readonly flow: string;
  readonly state: string;
  readonly topic: string | null;
  /** The answer was none that the screen takes. */
  readonly slipped: boolean;
  /** The flow whose task was done. */
  readonly finished: string | null;
  /** Whether the reply ended the call. */
  readonly ended: boolean;
  readonly at: Date;
};

/** When and how calls were made that are counted together. */
type Where = { readonly day: string; readonly channel: Channel; readonly language: Language };

/** Calls that did not come to their end, and in which the task was not done. */
type Unfinished = {
  /** The caller left. */
  gaveUp: number;
  /** The network did. */
  cutOff: number;
};

export type CallCount = Where &
  Unfinished & {
    /** Empty where the carrier has not told what the calls cost. */
    readonly currency: string;
    calls: number;
    /** Calls in which at least one task was done, and how many tasks were. */
    finished: number;
    tasks: number;
    cost: number;
  };

export type FlowCount = Where &
  Unfinished & {
    readonly flow: string;
    readonly currency: string;
    /** Calls that came to the flow, and those in which its task was done. */
    started: number;
    finished: number;
    /** Of the calls that came to it, whole. */
    cost: number;
  };

export type ScreenCount = Where &
  Unfinished & {
    readonly flow: string;
    readonly state: string;
    /** Empty for the state as a whole. */
    readonly topic: string;
    /** Calls that came to it, and how often it was shown in them. */
    reached: number;
    shown: number;
    slips: number;
    /** Calls that were left here after the flow's task was done. */
    stopped: number;
    /** From its being shown to the answer. */
    times: Times;
  };

/** What a number of calls come to. */
export type Tally = {
  readonly calls: readonly CallCount[];
  readonly flows: readonly FlowCount[];
  readonly screens: readonly ScreenCount[];
};

/** Counts past calls. */
export function tally(calls: Iterable<PastCall>): Tally {
  const counts = {
    calls: createCounts<CallCount>(),
    flows: createCounts<FlowCount>(),
    screens: createCounts<ScreenCount>(),
  };
  for (const call of calls) count(counts, call);
  return {
    calls: counts.calls.all(),
    flows: counts.flows.all(),
    screens: counts.screens.all(),
  };
}

/** Counts by what is counted together. */
type Counts<Count extends object> = {
  /** The count with these keys: a new one, with all at nothing, where there is none yet. */
  at<Keys extends Partial<Count>>(keys: Keys, nothing: Omit<Count, keyof Keys>): Count;
  all(): readonly Count[];
};

function createCounts<Count extends object>(): Counts<Count> {
  const counts = new Map<string, Count>();
  return {
    at(keys, nothing) {
      const name = JSON.stringify(keys);
      const known = counts.get(name) ?? ({ ...keys, ...nothing } as unknown as Count);
      counts.set(name, known);
      return known;
    },
    all: () => [...counts.values()],
  };
}

type AllCounts = {
  readonly calls: Counts<CallCount>;
  readonly flows: Counts<FlowCount>;
  readonly screens: Counts<ScreenCount>;
};

function count(counts: AllCounts, call: PastCall): void {
  const { day, channel, language, cost, turns } = call;
  const last = turns.at(-1);
  if (!last) return;
  const where = { day, channel, language };
  const currency = cost?.currency ?? '';
  const left = leavingOf(call, last);
  const done = new Set(turns.flatMap(({ finished }) => finished ?? []));

  const whole = counts.calls.at(
    { ...where, currency },
    { calls: 0, finished: 0, tasks: 0, gaveUp: 0, cutOff: 0, cost: 0 },
  );
  whole.calls += 1;
  whole.tasks += done.size;
  whole.cost += cost?.amount ?? 0;
  if (done.size > 0) whole.finished += 1;
  else if (left) whole[left] += 1;

  for (const flow of new Set([...turns.map((turn) => turn.flow), ...done])) {
    const one = counts.flows.at(
      { ...where, flow, currency },
      { started: 0, finished: 0, gaveUp: 0, cutOff: 0, cost: 0 },
    );
    one.started += 1;
    one.cost += cost?.amount ?? 0;
    if (done.has(flow)) one.finished += 1;
    else if (left && last.flow === flow) one[left] += 1;
  }

  const seen = new Set<ScreenCount>();
  for (const [index, turn] of turns.entries()) {
    const { flow, state } = turn;
    for (const topic of turn.topic === null ? [''] : ['', turn.topic]) {
      const screen = counts.screens.at(
        { ...where, flow, state, topic },
        { reached: 0, shown: 0, slips: 0, gaveUp: 0, cutOff: 0, stopped: 0, times: noTimes },
      );
      if (!seen.has(screen)) screen.reached += 1;
      seen.add(screen);
      screen.shown += 1;
      if (turn.slipped) screen.slips += 1;
      const next = turns[index + 1];
      if (next) screen.times = countTime(screen.times, next.at.getTime() - turn.at.getTime());
      else if (left) screen[done.has(flow) ? 'stopped' : left] += 1;
    }
  }
}

/**
 * How a call was left that did not come to its end; null for one that did. The carrier's word
 * counts, where it came; without it, a call that was not gone on with was given up.
 */
function leavingOf({ endedAs }: PastCall, last: PastTurn): keyof Unfinished | null {
  if (last.ended || endedAs === 'completed') return null;
  return endedAs === 'failed' ? 'cutOff' : 'gaveUp';
}
