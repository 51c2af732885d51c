import type { Random } from '@mechane/core';

/** A double, evenly from `low` to `high`. */
export function uniform(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}

/** A whole number, evenly from `low` to `high`, both included. */
export function whole(random: Random, low: number, high: number): number {
  return low + random.below(high - low + 1);
}

/** A normal variate (Box and Muller 1958). */
export function normal(random: Random, mean: number, deviation: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return mean + deviation * radius * Math.cos(2 * Math.PI * random.next());
}

/** A position, each as likely as its weight says; `total` is the sum of the weights and above 0. */
export function weighted(random: Random, weights: ArrayLike<number>, total: number): number {
  let left = random.next() * total;
  let last = 0;
  for (let position = 0; position < weights.length; position++) {
    const weight = weights[position] as number;
    if (weight <= 0) continue;
    last = position;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}

/** So many different whole numbers below `among`, every set as likely as any other (Floyd's algorithm), in order of size. */
export function subset(random: Random, size: number, among: number): number[] {
  const chosen = new Set<number>();
  for (let last = among - size; last < among; last++) {
    const drawn = random.below(last + 1);
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** As files of the Combinatorial Auction Test Suite write values: six significant digits, which auctions count exactly. */
export function toSixDigits(value: number): number {
  return Number(value.toPrecision(6));
}
