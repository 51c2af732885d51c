import type { Random } from '@mechane/core';

/** Draws an index as likely as its weight, given what all weights add up to. */
export function drawFrom(weights: Float64Array, total: number, random: Random): number {
  let left = random.next() * total;
  const last = weights.length - 1;
  for (let index = 0; index < last; index++) {
    left -= weights[index] as number;
    if (left < 0) return index;
  }
  return last;
}

/** Weights as chances, in a new array. */
export function chancesOf(weights: Float64Array, total: number): Float64Array {
  return weights.map((weight) => weight / total);
}
