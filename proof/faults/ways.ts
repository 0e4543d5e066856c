import { BACK, HOME } from '../../src/dialogue/screen.js';
import type { Place, Walk } from '../explore.js';
import { stepsOf } from '../transcript.js';
import type { Fault } from './fault.js';

/** Where somebody gets stuck, is led astray by `0` or `00`, or is not asked again after a slip. */
export function wayFaults(walk: Walk): readonly Fault[] {
  const { flow } = walk;
  const free = freePlaces(walk);
  const roots = new Set(
    walk.places.filter((place) => isOwn(walk, place) && !place.way.before).map(stateOf),
  );
  const loops = placesInBackLoops(walk);
  const faults: Fault[] = [];
  for (const place of walk.places) {
    if (!isOwn(walk, place) || place.next.size === 0) continue;
    const say = (what: string) =>
      faults.push({
        ...{ flow: flow.name, state: stateOf(place), language: null },
        ...{ what, way: place.way },
      });
    if (!free.has(place)) say('nobody gets out of here but by 00');
    const loop = loops.get(place);
    if (loop) say(`0 leads round for ever: ${loop.map(stateOf).join(' > ')}`);
    for (const fault of backFaults(walk, place, roots)) say(fault);
    if (place.next.get(HOME)?.some(({ turn }) => turn.position.flow !== 'home')) {
      say('00 does not lead home');
    }
    for (const fault of slipFaults(walk, place)) say(fault);
  }
  if (![...free].some((place) => isOwn(walk, place) || !place.way.before)) {
    const [way = null] = walk.places.map((place) => place.way);
    faults.push({
      ...{ flow: flow.name, state: null, language: null },
      ...{ what: 'no call comes to an end here, or out of the flow', way },
    });
  }
  return faults;
}

const stateOf = ({ turn }: Place) => turn.position.state;
const isOwn = ({ flow }: Walk, { turn }: Place) => turn.position.flow === flow.name;
const isEnd = (walk: Walk, place: Place) => place.turn.screen.ended || !isOwn(walk, place);

/** The places from which some way leads on to an end, or out of the flow. */
function freePlaces(walk: Walk): ReadonlySet<Place> {
  const free = new Set<Place>();
  // A place that was not gone on from is like others of its screen.
  const freeScreens = new Set<string>();
  const isFree = (place: Place): boolean =>
    free.has(place) || (place.next.size === 0 && freeScreens.has(stateOf(place)));
  for (let grown = true; grown; ) {
    grown = false;
    for (const place of walk.places) {
      if (free.has(place)) continue;
      const leads =
        isEnd(walk, place) ||
        [...place.next].some(([said, places]) => said !== HOME && places.some(isFree));
      if (!leads) continue;
      free.add(place);
      if (isOwn(walk, place)) freeScreens.add(stateOf(place));
      grown = true;
    }
  }
  return free;
}

/** `0` leads to the page before, home, to the flow's first screen, or to one that was seen on the way here. */
function backFaults(walk: Walk, place: Place, roots: ReadonlySet<string>): readonly string[] {
  const { dialogue, flow } = walk;
  const { position } = place.turn;
  if (dialogue.shape(flow, position.state).back === null) return [];
  const before = new Set(
    stepsOf(place.way)
      .slice(0, -1)
      .map((step) => step.turn?.position.state),
  );
  return (place.next.get(BACK) ?? []).flatMap((to) => {
    const { flow: toFlow, state, page, context } = to.turn.position;
    if (position.page > 0) {
      const isBefore = isOwn(walk, to) && state === position.state && page === position.page - 1;
      return isBefore ? [] : ['0 does not turn the page back'];
    }
    if (toFlow === 'home') return [];
    if (!isOwn(walk, to)) return [`0 leads into the flow ${toFlow}, which is not the way back`];
    if (to.turn.screen.ended) return [];
    if (state === position.state && JSON.stringify(context) === JSON.stringify(position.context)) {
      return ['0 stays on the same screen'];
    }
    if (before.has(state) || roots.has(state)) return [];
    return [`0 leads to ${state}, which was not on the way here`];
  });
}

/** Places from which `0` alone comes round to itself, each with the round. */
function placesInBackLoops(walk: Walk): ReadonlyMap<Place, readonly Place[]> {
  const loops = new Map<Place, readonly Place[]>();
  const done = new Set<Place>();
  const follow = (place: Place, trail: readonly Place[]): void => {
    const met = trail.indexOf(place);
    // One that stays where it is is told as such.
    if (met >= 0 && met < trail.length - 1) loops.set(place, [...trail.slice(met), place]);
    if (met >= 0 || done.has(place)) return;
    for (const to of isEnd(walk, place) ? [] : (place.next.get(BACK) ?? place.back)) {
      follow(to, [...trail, place]);
    }
    done.add(place);
  };
  for (const place of walk.places) follow(place, []);
  return loops;
}

/** An answer that is none of the options shows the same question again. */
function slipFaults(walk: Walk, place: Place): readonly string[] {
  const { state } = place.turn.position;
  // Where anything may be typed, anything may be an answer.
  const takesText = walk.branches.some(
    (branch) =>
      branch.state === state && branch.on === 'reply' && !branch.guard && branch.target !== null,
  );
  if (takesText) return [];
  const slipped = place.next.get(NONSENSE) ?? [];
  return slipped.some(({ turn }) => !turn.slipped || turn.position.state !== state)
    ? ['an answer that is no option does not show the same question again']
    : [];
}

const NONSENSE = 'no such thing 7';
