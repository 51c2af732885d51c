import { type FisherMethod, solveFisher } from './equilibrium-solvers/fisher-solvers.ts';
import { invalidMatrix } from './errors.ts';

/**
 * A Fisher market of many agents and goods, all with utilities of one kind, in typed arrays. There is 1 of each good.
 *
 * @category Equilibria and utilities
 */
export interface FisherMatrix {
  /** By agent, above 0. */
  readonly budgets: Float64Array;
  /** Agent by agent, for each good: above 0. */
  readonly weights: Float64Array;
  readonly kind: 'linear' | 'cobb-douglas' | 'leontief' | 'ces';
  /** Of CES utilities: below 1 and not 0. */
  readonly rho?: number | undefined;
}

/** @category Equilibria and utilities */
export interface FisherMatrixOptions {
  readonly method?: FisherMethod | undefined;
  /** Steps after which to give up: 10,000 unless given. */
  readonly maxRounds?: number | undefined;
  /** The residual up to which prices count as an equilibrium: 1e-8 unless given. */
  readonly tolerance?: number | undefined;
}

/** @category Equilibria and utilities */
export interface FisherMatrixEquilibrium {
  /** By good. */
  readonly prices: Float64Array;
  /** Agent by agent, how much of each good. */
  readonly quantities: Float64Array;
  readonly status: 'converged' | 'max-rounds';
  /** The largest part by which a good is not divided, a budget not spent, or a bundle worth less than the best: from their definitions. */
  readonly residual: number;
  readonly iterations: number;
}

/**
 * Finds the equilibrium of a Fisher market in typed arrays, as `market/fisher` does for reports: for markets so large that reading
 * reports takes longer than solving.
 *
 * @throws MechaneError `invalid-matrix` for arrays that do not fit together and numbers that are not above 0
 * @category Equilibria and utilities
 *
 * @example
 * ```ts
 * import { fisherEquilibrium } from '@mechane/market';
 *
 * const { prices } = fisherEquilibrium({ kind: 'linear', budgets: Float64Array.of(3, 1), weights: Float64Array.of(2, 1, 1, 1) });
 * Array.from(prices, (price) => price.toFixed(6)); // => ['2.666667', '1.333333']
 * ```
 */
export function fisherEquilibrium(matrix: FisherMatrix, options: FisherMatrixOptions = {}): FisherMatrixEquilibrium {
  const { budgets, weights, kind } = matrix;
  const agents = budgets.length;
  const goods = agents === 0 ? 0 : weights.length / agents;
  const rho = requireSound(matrix, goods);
  const money = budgets.reduce((sum, budget) => sum + budget, 0);
  const logWeights = weights.map(Math.log);
  if (kind === 'cobb-douglas') {
    for (let i = 0; i < agents; i++) {
      const own = logWeights.subarray(i * goods, (i + 1) * goods);
      const total = Math.log(weights.subarray(i * goods, (i + 1) * goods).reduce((sum, weight) => sum + weight, 0));
      own.forEach((log, j) => {
        own[j] = log - total;
      });
    }
  }
  const market = {
    goodCount: goods,
    budgets: budgets.map((budget) => budget / money),
    starts: new Int32Array(agents + 1).map((_, i) => i * goods),
    goods: new Int32Array(weights.length).map((_, k) => k % goods),
    logWeights,
    rho: new Float64Array(agents).fill(rho),
    keepsMoney: new Uint8Array(agents),
  };
  const { method, maxRounds = 10_000, tolerance = 1e-8 } = options;
  const found = solveFisher(market, { maxIterations: maxRounds, tolerance }, method);
  const prices = found.prices.map((price) => price * money);
  const residual = residualOf(matrix, rho, prices, found.quantities);
  const status = residual <= tolerance ? 'converged' : 'max-rounds';
  return { prices, quantities: found.quantities, status, residual, iterations: found.iterations };
}

function requireSound({ budgets, weights, kind, rho }: FisherMatrix, goods: number): number {
  const positive = (value: number): boolean => value > 0 && value < Infinity;
  if (!Number.isInteger(goods)) throw invalidMatrix(['weights'], 'one number for each agent and good');
  const poor = budgets.findIndex((budget) => !positive(budget));
  if (poor !== -1) throw invalidMatrix(['budgets', poor], 'a budget above 0');
  const useless = weights.findIndex((weight) => !positive(weight));
  if (useless !== -1) throw invalidMatrix(['weights', useless], 'a weight above 0');
  if (kind !== 'ces') return { linear: 1, 'cobb-douglas': 0, leontief: Number.NEGATIVE_INFINITY }[kind];
  if (rho === undefined || !(rho < 1 && rho > -Infinity && rho !== 0))
    throw invalidMatrix(['rho'], 'a number below 1 that is not 0');
  return rho;
}

/** What is missing from an equilibrium; it shares nothing with the solvers. */
function residualOf({ budgets, weights }: FisherMatrix, rho: number, prices: Float64Array, held: Float64Array): number {
  const n = prices.length;
  const money = prices.reduce((sum, price) => sum + price, 0);
  const given = new Float64Array(n);
  let worst = 0;
  for (let i = 0; i < budgets.length; i++) {
    const own = weights.subarray(i * n, (i + 1) * n);
    const bundle = held.subarray(i * n, (i + 1) * n);
    let spent = 0;
    for (let j = 0; j < n; j++) {
      given[j] = (given[j] as number) + (bundle[j] as number);
      spent += (bundle[j] as number) * (prices[j] as number);
    }
    const budget = budgets[i] as number;
    const best = budget * mostPerMoney(own, prices, rho);
    worst = Math.max(worst, Math.abs(spent - budget) / budget, 1 - worthOf(own, bundle, rho) / best);
  }
  for (let j = 0; j < n; j++) {
    const left = 1 - (given[j] as number);
    worst = Math.max(worst, left < 0 ? -left : Math.min(left, (prices[j] as number) / money));
  }
  return Number.isNaN(worst) ? Infinity : worst;
}

function worthOf(weights: Float64Array, bundle: Float64Array, rho: number): number {
  if (rho === Number.NEGATIVE_INFINITY)
    return weights.reduce((least, weight, j) => Math.min(least, (bundle[j] as number) / weight), Infinity);
  if (rho === 0) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return Math.exp(weights.reduce((sum, weight, j) => sum + (weight / total) * Math.log(bundle[j] as number), 0));
  }
  return weights.reduce((sum, weight, j) => sum + weight * (bundle[j] as number) ** rho, 0) ** (1 / rho);
}

/** The most utility that one unit of money buys. */
function mostPerMoney(weights: Float64Array, prices: Float64Array, rho: number): number {
  if (rho === 1) return weights.reduce((most, weight, j) => Math.max(most, weight / (prices[j] as number)), 0);
  if (rho === Number.NEGATIVE_INFINITY)
    return 1 / weights.reduce((sum, weight, j) => sum + weight * (prices[j] as number), 0);
  const elasticity = 1 / (1 - rho);
  const bought = weights.map((weight, j) => (weight / (prices[j] as number)) ** elasticity);
  const cost = bought.reduce((sum, quantity, j) => sum + quantity * (prices[j] as number), 0);
  return worthOf(weights, bought, rho) / cost;
}
