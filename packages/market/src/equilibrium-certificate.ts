/*
 * What makes prices and an allocation an equilibrium, checked from its definition. Nothing here is shared with the solvers.
 */
import type { AgentId } from '@mechane/core';
import { logLevel } from './utility/bundle-value.ts';
import { type Bundle, type Shape, shapeOf, type Utility } from './utility/utility.ts';

/**
 * Somebody in a market: with a budget of money (Fisher) or with goods to sell (exchange).
 *
 * @category Equilibria and utilities
 */
export type MarketAgent =
  | { readonly budget: number; readonly utility: Utility; readonly endowment?: undefined }
  | { readonly endowment: Bundle; readonly utility: Utility; readonly budget?: undefined };

/**
 * What is claimed to be an equilibrium.
 *
 * @category Equilibria and utilities
 */
export interface EquilibriumClaim {
  /** How much there is of each good. */
  readonly supplies: Bundle;
  readonly agents: Iterable<readonly [AgentId, MarketAgent]>;
  readonly prices: Bundle;
  readonly allocation: Readonly<Record<AgentId, Bundle>>;
}

/**
 * By how much each condition of an equilibrium is missed at the worst place: 0 where it holds. All are shares, without a unit.
 *
 * @category Equilibria and utilities
 */
export interface EquilibriumResiduals {
  /** The largest of the three below. */
  readonly residual: number;
  /**
   * Of a good: the part of its supply by which more is given out than there is; where some is left over, the part that is left
   * or what all of the good is worth as a part of all goods, or of what any of its owners has, whichever is less.
   */
  readonly clearing: number;
  /** Of an agent: what it spends too much, or does not spend though more would be worth more to it, as a part of its income. */
  readonly budgets: number;
  /** Of an agent: the part by which its bundle is worth less than the best that its income buys at the prices. */
  readonly optimality: number;
  /**
   * Of all agents: the logarithms of the best value over the value, weighted by income: what the Eisenberg–Gale program and its dual
   * are apart, as a part of all money. In an exchange economy, that is the program for the incomes at these prices.
   */
  readonly dualityGap: number;
}

/**
 * Checks an equilibrium of a Fisher market or an exchange economy by its definition: the goods are divided, incomes are spent, and
 * nobody can buy anything better. Of agents without income, those who came with nothing ask for nothing; those whose goods are free ask for
 * what is free.
 *
 * @category Equilibria and utilities
 * @example
 * ```ts
 * import { verifyEquilibrium } from '@mechane/market';
 *
 * const linear = (x: number, y: number) => ({ kind: 'linear' as const, weights: { x, y } });
 * const claim = {
 *   supplies: { x: 1, y: 1 },
 *   agents: [['ann', { budget: 1, utility: linear(2, 1) }], ['bob', { budget: 1, utility: linear(1, 2) }]] as const,
 *   allocation: { ann: { x: 1 }, bob: { y: 1 } },
 * };
 * verifyEquilibrium({ ...claim, prices: { x: 1, y: 1 } }).residual; // => 0
 * verifyEquilibrium({ ...claim, prices: { x: 1.5, y: 0.5 } }).residual; // => 0.5
 * ```
 */
export function verifyEquilibrium({ supplies, agents, prices, allocation }: EquilibriumClaim): EquilibriumResiduals {
  const taken = new Map<string, number>(Object.keys(supplies).map((good) => [good, 0]));
  const shares = new Map<string, number>();
  let [budgets, optimality, gap, money] = [0, 0, 0, 0];
  for (const [agent, { utility, ...means }] of agents) {
    const bundle = allocation[agent] ?? {};
    for (const good of Object.keys(bundle)) taken.set(good, (taken.get(good) ?? 0) + (bundle[good] as number));
    const income = means.budget ?? worth(means.endowment, prices);
    const shape = shapeOf(utility);
    if (income === 0) {
      if (ownsSomething(means.endowment) && unlimited(shape, prices)) optimality = 1;
      continue;
    }
    for (const [good, owned] of Object.entries(means.endowment ?? {}))
      shares.set(good, Math.max(shares.get(good) ?? 0, (owned * (prices[good] ?? 0)) / income));
    const spent = worth(bundle, prices);
    const kept = shape.keepsMoney ? Math.max(0, income - spent) : 0;
    budgets = Math.max(budgets, Math.abs(spent + kept - income) / income);
    const missed = logBest(shape, prices, income) - logValue(shape, bundle, kept);
    optimality = Math.max(optimality, missed === Infinity ? 1 : -Math.expm1(-missed));
    gap += income * missed;
    money += income;
  }
  const clearing = worstClearing(supplies, taken, prices, shares);
  const largest = Math.max(clearing, budgets, optimality);
  const residual = Number.isNaN(largest) ? Infinity : largest;
  return { residual, clearing, budgets, optimality, dualityGap: money === 0 ? 0 : gap / money };
}

/** What a bundle costs. A good without a price cannot be bought, so it makes the sum infinite. */
function worth(bundle: Bundle, prices: Bundle): number {
  let sum = 0;
  for (const good of Object.keys(bundle)) {
    const quantity = bundle[good] as number;
    if (quantity !== 0) sum += quantity * (prices[good] ?? Infinity);
  }
  return sum;
}

function ownsSomething(endowment: Bundle | undefined): boolean {
  return Object.values(endowment ?? {}).some((quantity) => quantity > 0);
}

/** Whether what is free is all that it takes for any utility. */
function unlimited({ rho, weights }: Shape, prices: Bundle): boolean {
  const free = ([good]: readonly [string, number]): boolean => prices[good] === 0;
  return rho > 0 ? weights.some(free) : weights.every(free);
}

/** @param shares the largest part of anybody's income that comes from each good */
function worstClearing(
  supplies: Bundle,
  taken: ReadonlyMap<string, number>,
  prices: Bundle,
  shares: ReadonlyMap<string, number>,
): number {
  const total = worth(supplies, prices);
  let worst = 0;
  for (const [good, quantity] of taken) {
    const supply = supplies[good] ?? 0;
    const left = supply - quantity;
    const part = Math.abs(left) / (supply === 0 ? 1 : supply);
    const value = total === 0 ? 0 : (supply * (prices[good] ?? Infinity)) / total;
    worst = Math.max(worst, left < 0 ? part : Math.min(part, Math.max(value, shares.get(good) ?? 0)));
  }
  return worst;
}

/** The logarithm of what a bundle is worth, money that is kept included, on the scale of {@link logBest}. */
function logValue(shape: Shape, bundle: Bundle, kept: number): number {
  const held = shape.weights.map(([good]) => bundle[good] ?? 0);
  if (shape.rho !== 1) return logLevel(shape, held);
  return Math.log(shape.weights.reduce((sum, [, weight], index) => sum + weight * (held[index] as number), kept));
}

/** The logarithm of the best that can be had for an income: of the income over what a unit of utility costs at least. */
function logBest({ rho, weights, keepsMoney }: Shape, prices: Bundle, income: number): number {
  const priced = weights.map(([good, weight]) => [weight, prices[good] ?? Infinity] as const);
  if (rho === 1) {
    const rates = priced.map(([weight, price]) => weight / price);
    return Math.log(income) + Math.log(rates.reduce((best, rate) => Math.max(best, rate), keepsMoney ? 1 : 0));
  }
  if (rho === Number.NEGATIVE_INFINITY)
    return Math.log(income) - Math.log(priced.reduce((sum, [weight, price]) => sum + weight * price, 0));
  // What is bought is (weight/price)^elasticity, up to a factor.
  if (priced.some(([, price]) => price === 0) && rho >= 0) return Infinity;
  const elasticity = 1 / (1 - rho);
  const bought = priced.map(([weight, price]) => elasticity * (Math.log(weight) - Math.log(price)));
  const largest = bought.reduce((most, log) => (log > most && log < Infinity ? log : most), -Infinity);
  const held = bought.map((log) => Math.exp(log - largest));
  const cost = priced.reduce((sum, [, price], index) => sum + (price === 0 ? 0 : price * (held[index] as number)), 0);
  return Math.log(income) - Math.log(cost) + logLevel({ rho, weights }, held);
}
