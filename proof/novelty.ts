import type { Position } from '../src/dialogue/screen.js';

const LONGEST_NAMED = 24;
const REMARK_STEP = 20;

/**
 * What there is of note about a position: the way into its screen, together with the value of each
 * thing that its flow keeps, roughly. Two positions without a difference here lead a walk to the same
 * things.
 *
 * @param through the branches that the turn went through to come here.
 */
export function featuresOf({ context, remark }: Position, through: readonly string[]): string[] {
  const length = remark === null ? 'none' : Math.ceil(remark.length / REMARK_STEP);
  const way = through.join(' ');
  const kept = Object.entries(context).flatMap(([name, value]) => featuresIn(name, value));
  return [`remark ${length}`, way, ...kept.map((feature) => `${way} with ${feature}`)];
}

/** Of what lies deeper only what a guard may ask: whether it is there, and what is either or. */
function featuresIn(name: string, value: unknown, deep = false): readonly string[] {
  if (Array.isArray(value)) return [`${name} ${few(value.length)}`];
  if (typeof value === 'object' && value !== null) {
    const fields = deep ? [] : Object.entries(value);
    const deeper = fields.flatMap(([key, one]) => featuresIn(`${name}.${key}`, one, true));
    return [`${name} ${few(fields.length)}`, ...deeper];
  }
  if (typeof value === 'string' && deep) return [];
  const text = String(value);
  return [`${name} ${text.length > LONGEST_NAMED ? 'long' : text}`];
}

function few(count: number): string {
  return count < 2 ? String(count) : 'more';
}
