import { type AgentId, byCodeUnit, perAgent, type TieOrder } from '@mechane/core';
import type { FisherMarket, FisherSolution } from './equilibrium-solvers/fisher-market.ts';
import { type Bundle, shapeOf, type Utility } from './utility/utility.ts';

/**
 * An agent with money that has no other use than to buy goods, unless its utility is quasi-linear.
 *
 * @category Types of mechanisms
 */
export interface FisherReport {
  budget: number;
  utility: Utility;
}

/** A Fisher market in numbers, and what the numbers stand for. */
export interface NumberedFisher {
  readonly market: FisherMarket;
  readonly agents: readonly AgentId[];
  readonly goods: readonly string[];
  /** All money there is, as a logarithm: it may be more than a double can say. */
  readonly logMoney: number;
}

/**
 * Numbers agents and goods. Agents without money and goods that none of the others wants are left out; agents come in tie order and
 * goods in code unit order, so that solvers do not depend on the order of reports.
 */
export function numberFisher(
  supplies: Bundle,
  reports: ReadonlyMap<AgentId, FisherReport>,
  tieOrder: TieOrder,
): NumberedFisher {
  const rich = [...reports].filter(([, { budget }]) => budget > 0).sort(([a], [b]) => tieOrder(a, b));
  const shapes = rich.map(([, { utility }]) => shapeOf(utility));
  const wanted = new Set<string>();
  for (const { weights } of shapes) for (const [good] of weights) wanted.add(good);
  const goods = Object.keys(supplies)
    .filter((good) => wanted.has(good))
    .sort(byCodeUnit);
  const numberOf = new Map(goods.map((good, index) => [good, index]));
  const largest = rich.reduce((most, [, { budget }]) => Math.max(most, budget), 0);
  const total = rich.reduce((sum, [, { budget }]) => sum + budget / largest, 0);
  const logMoney = Math.log(largest) + Math.log(total);
  const logSupply = goods.map((good) => Math.log(supplies[good] as number));

  const entries = shapes.reduce((sum, { weights }) => sum + weights.length, 0);
  const market: FisherMarket = {
    goodCount: goods.length,
    budgets: Float64Array.from(rich, ([, { budget }]) => budget / largest / total),
    starts: new Int32Array(rich.length + 1),
    goods: new Int32Array(entries),
    logWeights: new Float64Array(entries),
    rho: Float64Array.from(shapes, ({ rho }) => rho),
    keepsMoney: Uint8Array.from(shapes, ({ keepsMoney }) => Number(keepsMoney)),
  };
  let entry = 0;
  shapes.forEach(({ rho, weights, keepsMoney }, index) => {
    const ordered = inOrder(weights, numberOf);
    const most = Math.log(weights.reduce((largestWeight, [, weight]) => Math.max(largestWeight, weight), 0));
    const sum = rho === 0 ? ordered.reduce((before, [, weight]) => before + Math.exp(Math.log(weight) - most), 0) : 1;
    const unit = keepsMoney ? logMoney : most + Math.log(sum);
    for (const [good, weight] of ordered) {
      const number = numberOf.get(good) as number;
      market.goods[entry] = number;
      market.logWeights[entry++] = Math.log(weight) - unit + exponentOf(rho) * (logSupply[number] as number);
    }
    market.starts[index + 1] = entry;
  });
  return { market, agents: rich.map(([agent]) => agent), goods, logMoney };
}

type Weights = readonly (readonly [good: string, weight: number])[];

/** Weights in the order of goods, as most reports have them anyway. */
function inOrder(weights: Weights, numberOf: ReadonlyMap<string, number>): Weights {
  let before = -1;
  for (const [good] of weights) {
    const number = numberOf.get(good) as number;
    if (number < before)
      return weights.toSorted(([a], [b]) => (numberOf.get(a) as number) - (numberOf.get(b) as number));
    before = number;
  }
  return weights;
}

/** To which power of a good's supply its weight grows when all of the good is counted as one unit. */
function exponentOf(rho: number): number {
  return rho === Number.NEGATIVE_INFINITY ? -1 : rho;
}

/** A division of the goods in the units of the supplies, and what it costs. */
interface Division {
  readonly prices: Record<string, number>;
  readonly allocation: Record<AgentId, Record<string, number>>;
  readonly payments: Record<AgentId, number>;
}

/** Reads a solution. Goods that were left out cost nothing. */
export function readFisher(
  { market, agents, goods, logMoney }: NumberedFisher,
  solution: FisherSolution,
  supplies: Bundle,
  participants: readonly AgentId[],
): Division {
  const money = Math.exp(logMoney);
  const supply = Float64Array.from(goods, (good) => supplies[good] as number);
  const price = solution.prices.map((share, j) => (share * money) / (supply[j] as number));
  const prices = perAgent(Object.keys(supplies), () => 0);
  goods.forEach((good, j) => {
    prices[good] = price[j] as number;
  });
  const allocation = perAgent(participants, () => perAgent<number>([], () => 0));
  const payments = perAgent(participants, () => 0);
  agents.forEach((agent, i) => {
    const bought: number[] = [];
    let paid = 0;
    for (let k = market.starts[i] as number; k < (market.starts[i + 1] as number); k++) {
      if ((solution.quantities[k] as number) > 0) bought.push(k);
    }
    const names = bought.map((k) => goods[market.goods[k] as number] as string);
    let next = 0;
    allocation[agent] = perAgent(names, () => {
      const k = bought[next++] as number;
      const good = market.goods[k] as number;
      const quantity = (solution.quantities[k] as number) * (supply[good] as number);
      paid += quantity * (price[good] as number);
      return quantity;
    });
    payments[agent] = paid;
  });
  return { prices, allocation, payments };
}
