import { emptyRecord } from '@mechane/core';
import { type Bundle, type Shape, shapeOf, type Utility } from './utility.ts';

/**
 * What an agent with this much to spend buys at these prices: a bundle of the highest utility. Where several are, as linear utilities
 * have it, what is spent is divided equally among the goods that are worth their price most. Goods without a price are left out; money that
 * a quasi-linear agent keeps is no part of the bundle.
 *
 * A good that costs nothing is taken without limit where more of it is better (`Infinity`), and by Leontief agents in proportion
 * to the rest. Whoever can buy nothing wants none of what is of use only together with something that costs.
 *
 * @category Equilibria and utilities
 * @example
 * ```ts
 * import { demand } from '@mechane/market';
 *
 * demand({ kind: 'cobb-douglas', weights: { x: 1, y: 1 } }, { x: 2, y: 1 }, 8); // => { x: 2, y: 4 }
 * demand({ kind: 'leontief', weights: { x: 1, y: 2 } }, { x: 2, y: 1 }, 8); // => { x: 2, y: 4 }
 * demand({ kind: 'linear', weights: { x: 3, y: 1 } }, { x: 2, y: 1 }, 8); // => { x: 4, y: 0 }
 * ```
 */
export function demand(utility: Utility, prices: Bundle, income: number): Record<string, number> {
  const shape = shapeOf(utility);
  const priced = shape.weights.filter(([good]) => prices[good] !== undefined);
  const quantities = quantitiesBought(
    shape,
    priced.map(([, weight]) => weight),
    priced.map(([good]) => prices[good] as number),
    income,
  );
  const bought = emptyRecord<number>();
  priced.forEach(([good], index) => {
    bought[good] = quantities[index] as number;
  });
  return bought;
}

/** How much is bought of each of the goods that have these weights and these prices. */
export function quantitiesBought(
  { rho, keepsMoney }: Pick<Shape, 'rho' | 'keepsMoney'>,
  weights: readonly number[],
  prices: readonly number[],
  income: number,
): readonly number[] {
  if (rho === Number.NEGATIVE_INFINITY) {
    let cost = 0;
    for (let good = 0; good < weights.length; good++) cost += (weights[good] as number) * (prices[good] as number);
    const level = cost === 0 ? Infinity : income / cost;
    return weights.map((weight) => weight * level);
  }
  if (income === 0 && rho <= 0 && prices.some((price) => price > 0)) return weights.map(() => 0);
  // How much a good is worth its price, as a logarithm; then, what part of what is spent goes to it.
  const parts: number[] = [];
  let best = keepsMoney ? 0 : -Infinity;
  for (let good = 0; good < weights.length; good++) {
    const price = prices[good] as number;
    const log = price > 0 ? Math.log(weights[good] as number) - rho * Math.log(price) : -Infinity;
    best = Math.max(best, log);
    parts.push(log);
  }
  const elasticity = 1 / (1 - rho);
  let total = 0;
  for (let good = 0; good < parts.length; good++) {
    const log = parts[good] as number;
    const part = rho === 1 ? Number(log === best) : Math.exp(elasticity * (log - best));
    total += part;
    parts[good] = part;
  }
  for (let good = 0; good < parts.length; good++) {
    const price = prices[good] as number;
    const share = total === 0 ? 0 : (parts[good] as number) / total;
    parts[good] = price > 0 ? (share * income) / price : Infinity;
  }
  return parts;
}
