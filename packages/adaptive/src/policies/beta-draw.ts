import type { Random } from '@mechane/core';

/** Draws from the beta distribution; both parameters are 1 or more. */
export function drawBeta(random: Random, successes: number, failures: number): number {
  const one = drawGamma(random, successes);
  const other = drawGamma(random, failures);
  return one / (one + other);
}

/** Draws from the gamma distribution with this shape, 1 or more, and scale 1 (Marsaglia and Tsang 2000). */
function drawGamma(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = drawNormal(random);
    const cube = (1 + c * normal) ** 3;
    if (cube <= 0) continue;
    // One less the draw is never 0, whose logarithm would be infinite.
    if (Math.log(1 - random.next()) < (normal * normal) / 2 + d - d * cube + d * Math.log(cube)) return d * cube;
  }
}

/** Draws from the standard normal distribution (Box and Muller 1958). */
function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
