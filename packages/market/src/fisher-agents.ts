import { type AgentId, byCodeUnit, type TieOrder } from '@mechane/core';
import type { FisherMarket, FisherSolution } from './equilibrium-solvers/fisher-market.ts';
import { type Bundle, shapeOf, type Utility } from './utility/utility.ts';

/** An agent with money that has no other use than to buy goods, unless its utility is quasi-linear. */
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
  const wanted = new Set(shapes.flatMap(({ weights }) => weights.map(([good]) => good)));
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
    const numbered = weights
      .map(([good, weight]) => ({ good: numberOf.get(good) as number, log: Math.log(weight) }))
      .sort((a, b) => a.good - b.good);
    const most = numbered.reduce((largestLog, { log }) => Math.max(largestLog, log), -Infinity);
    const sum = numbered.reduce((before, { log }) => before + Math.exp(log - most), 0);
    const unit = keepsMoney ? logMoney : rho === 0 ? most + Math.log(sum) : most;
    for (const { good, log } of numbered) {
      market.goods[entry] = good;
      market.logWeights[entry++] = log - unit + exponentOf(rho) * (logSupply[good] as number);
    }
    market.starts[index + 1] = entry;
  });
  return { market, agents: rich.map(([agent]) => agent), goods, logMoney };
}

/** To which power of a good's supply its weight grows when all of the good is counted as one unit. */
function exponentOf(rho: number): number {
  return rho === Number.NEGATIVE_INFINITY ? -1 : rho;
}

/** Prices by good, and bundles by agent, in the units of the supplies. Goods that were left out cost nothing. */
export function readFisher(
  { market, agents, goods, logMoney }: NumberedFisher,
  { prices, quantities }: FisherSolution,
  supplies: Bundle,
  participants: readonly AgentId[],
): { readonly prices: Record<string, number>; readonly allocation: Record<AgentId, Record<string, number>> } {
  const money = Math.exp(logMoney);
  const named: Record<string, number> = Object.create(null);
  for (const good of Object.keys(supplies)) named[good] = 0;
  goods.forEach((good, j) => {
    named[good] = ((prices[j] as number) * money) / (supplies[good] as number);
  });
  const allocation: Record<AgentId, Record<string, number>> = Object.create(null);
  for (const agent of participants) allocation[agent] = Object.create(null);
  agents.forEach((agent, i) => {
    for (let k = market.starts[i] as number; k < (market.starts[i + 1] as number); k++) {
      const quantity = quantities[k] as number;
      const good = goods[market.goods[k] as number] as string;
      if (quantity > 0) (allocation[agent] as Record<string, number>)[good] = quantity * (supplies[good] as number);
    }
  });
  return { prices: named, allocation };
}
