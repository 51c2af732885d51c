import { type Bundle, shapeOf, type Utility } from './utility.ts';

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
  const { rho, weights, keepsMoney } = shapeOf(utility);
  const priced = weights.filter(([good]) => prices[good] !== undefined);
  const priceOf = (good: string): number => prices[good] as number;
  const bought: Record<string, number> = Object.create(null);
  if (rho === Number.NEGATIVE_INFINITY) {
    const cost = priced.reduce((sum, [good, weight]) => sum + weight * priceOf(good), 0);
    const level = cost === 0 ? Infinity : income / cost;
    for (const [good, weight] of priced) bought[good] = weight * level;
    return bought;
  }
  const paid = priced.filter(([good]) => priceOf(good) > 0);
  if (income === 0 && rho <= 0 && paid.length > 0) {
    for (const [good] of priced) bought[good] = 0;
    return bought;
  }
  const shares = spendingShares(rho, paid, priceOf, keepsMoney);
  for (const [good] of priced) bought[good] = Infinity;
  paid.forEach(([good], index) => {
    bought[good] = ((shares[index] as number) * income) / priceOf(good);
  });
  return bought;
}

/** What part of its income an agent spends on each good. */
function spendingShares(
  rho: number,
  weights: readonly (readonly [string, number])[],
  priceOf: (good: string) => number,
  keepsMoney: boolean,
): readonly number[] {
  const logs = weights.map(([good, weight]) => Math.log(weight) - rho * Math.log(priceOf(good)));
  const best = logs.reduce((most, log) => Math.max(most, log), keepsMoney ? 0 : -Infinity);
  if (rho === 1) {
    const favourites = logs.filter((log) => log === best).length;
    return logs.map((log) => (log === best ? 1 / favourites : 0));
  }
  const elasticity = 1 / (1 - rho);
  const terms = logs.map((log) => Math.exp(elasticity * (log - best)));
  const total = terms.reduce((sum, term) => sum + term, 0);
  return terms.map((term) => term / total);
}
