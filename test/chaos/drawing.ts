import { createHash } from 'node:crypto';
import { createRandom, type Random } from '../proof/random.js';

/**
 * Draws for one thing among many that happen at the same time: the same again for the same seed,
 * in whatever order they happen.
 */
export type DrawFor = (...thing: readonly (string | number)[]) => Random;

export function drawingFrom(seed: number): DrawFor {
  return (...thing) => {
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, ...thing]))
      .digest();
    return createRandom(digest.readUInt32LE());
  };
}

/** Sixteen bytes as carriers write them in their ids. */
export function hexFrom(random: Random): string {
  return Array.from({ length: 32 }, () => random.below(16).toString(16)).join('');
}
