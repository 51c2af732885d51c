import type { Random } from '@mechane/core';

/** Draws an index with these chances, which add up to 1. */
export function drawFrom(chances: Float64Array, random: Random): number {
  let left = random.next();
  const last = chances.length - 1;
  for (let index = 0; index < last; index++) {
    left -= chances[index] as number;
    if (left < 0) return index;
  }
  return last;
}
