import { type Bundle, type Shape, shapeOf, type Utility } from './utility.ts';

/**
 * What a bundle is worth, in the units of the utility's own formula.
 *
 * @category Equilibria and utilities
 * @example
 * ```ts
 * import { bundleValue } from '@mechane/market';
 *
 * bundleValue({ kind: 'linear', weights: { x: 1, y: 2 } }, { x: 3, y: 1 }); // => 5
 * bundleValue({ kind: 'leontief', weights: { x: 1, y: 2 } }, { x: 3, y: 1 }); // => 0.5
 * ```
 */
export function bundleValue(utility: Utility, bundle: Bundle): number {
  const { rho, weights } = shapeOf(utility);
  const held = weights.map(([good]) => bundle[good] ?? 0);
  if (rho === 1) return weights.reduce((sum, [, weight], index) => sum + weight * (held[index] as number), 0);
  if (rho === Number.NEGATIVE_INFINITY)
    return weights.reduce((least, [, weight], index) => Math.min(least, (held[index] as number) / weight), Infinity);
  const level = Math.exp(logLevel({ rho, weights }, held));
  if (rho === 0) return level;
  return level * weights.reduce((sum, [, weight]) => sum + weight, 0) ** (1 / rho);
}

/**
 * The logarithm of what quantities are worth when the weights are scaled to sum to 1, which makes it a mean of the quantities: it
 * neither overflows nor loses digits when rho is close to 0.
 */
export function logLevel({ rho, weights }: Pick<Shape, 'rho' | 'weights'>, held: readonly number[]): number {
  if (rho === Number.NEGATIVE_INFINITY)
    return weights.reduce(
      (least, [, weight], index) => Math.min(least, Math.log(held[index] as number) - Math.log(weight)),
      Infinity,
    );
  const largest = weights.reduce((most, [, weight]) => Math.max(most, weight), 0);
  const total = weights.reduce((sum, [, weight]) => sum + weight / largest, 0);
  const shares = weights.map(([, weight]) => weight / largest / total);
  const logs = held.map(Math.log);
  if (rho === 0) return shares.reduce((sum, share, index) => sum + share * (logs[index] as number), 0);
  return logMean(shares, logs, rho);
}

/** log (Σ share·e^(rho·log))^(1/rho), the shares summing to 1. */
function logMean(shares: readonly number[], logs: readonly number[], rho: number): number {
  const farthest = logs.reduce((most, log) => (rho * log > rho * most ? log : most), logs[0] as number);
  if (!Number.isFinite(farthest)) return farthest;
  // Close to 1, the sum is best told by how far it is from 1.
  const excess = shares.reduce((sum, share, index) => {
    return sum + share * Math.expm1(rho * ((logs[index] as number) - farthest));
  }, 0);
  return farthest + Math.log1p(excess) / rho;
}
