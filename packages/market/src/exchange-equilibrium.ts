import { type AgentId, emptyRecord, perAgent } from '@mechane/core';
import { solveExchange } from './equilibrium-solvers/exchange-solvers.ts';
import type { Economy } from './exchange-agents.ts';
import { numberCircle } from './number-circle.ts';
import type { Trading, TradingCircle } from './trading-circles.ts';
import type { Bundle } from './utility/utility.ts';

/** Prices that sum to 1 and what everybody ends with, an equilibrium up to the certificate. */
export interface Found {
  readonly prices: Record<string, number>;
  readonly allocation: Record<AgentId, Record<string, number>>;
  readonly method: string;
  readonly iterations: number;
}

/**
 * Looks for an equilibrium in which circles trade among themselves and all else is free. There is none where linear agents want of another circle
 * what turns out to be free there, as it may among Leontief agents.
 *
 * @param endowments of every agent, also of those that trade nothing
 */
export function equilibriumOf(
  economy: Economy,
  trading: Trading,
  endowments: Readonly<Record<AgentId, Bundle>>,
  maxRounds: number,
  signal: AbortSignal | undefined,
): Found | undefined {
  const { supplies } = economy;
  const { circles } = trading;
  const prices = emptyRecord<number>();
  for (const good of Object.keys(supplies)) prices[good] = 0;
  const circulating = new Set(circles.flatMap(({ goods }) => goods));
  // What is free stays where it is.
  const allocation = perAgent(Object.keys(endowments), (agent) => {
    const kept = emptyRecord<number>();
    for (const [good, quantity] of Object.entries(endowments[agent] as Bundle))
      if (!circulating.has(good)) kept[good] = quantity;
    return kept;
  });
  let [method, iterations] = ['closed-form', 0];
  // Later circles may want goods of earlier ones, which are therefore scaled up when the later ones are known.
  const rates = new Map<AgentId, number>();
  for (const { goods, traders } of circles.toReversed()) {
    const market = numberCircle({ goods, traders }, supplies);
    const found = solveExchange(market, maxRounds, signal);
    iterations += found.iterations;
    if (found.method !== 'closed-form') method = found.method;
    const own = new Map(goods.map((good, j) => [good, (found.prices[j] as number) / (supplies[good] as number)]));
    const scale = dearEnough(circles, rates, own);
    if (scale === undefined) return undefined;
    for (const [good, price] of own) prices[good] = price * scale;
    traders.forEach(({ agent, shape }, i) => {
      for (let k = market.starts[i] as number; k < (market.starts[i + 1] as number); k++) {
        const good = goods[market.goods[k] as number] as string;
        const quantity = (found.quantities[k] as number) * (supplies[good] as number);
        if (quantity > 0) (allocation[agent] as Record<string, number>)[good] = quantity;
      }
      rates.set(agent, bestRate(shape.weights, prices, own));
    });
  }
  takeWhatIsAbundant(economy, trading, allocation);
  priceWhatIsMissing(economy, rates, prices);
  const total = Object.values(prices).reduce((sum, price) => sum + price, 0);
  if (total > 0) for (const good of Object.keys(prices)) prices[good] = (prices[good] as number) / total;
  takeFromThePenniless(economy, prices, allocation);
  return { prices, allocation, method, iterations };
}

/** By how much a circle's prices have to be multiplied, so that linear agents of later circles buy nothing there; nothing if none does. */
function dearEnough(
  circles: readonly TradingCircle[],
  rates: ReadonlyMap<AgentId, number>,
  own: ReadonlyMap<string, number>,
): number | undefined {
  let scale = 1;
  for (const circle of circles) {
    for (const { agent, shape } of circle.traders) {
      const rate = rates.get(agent);
      if (rate === undefined) continue;
      for (const [good, weight] of shape.weights) {
        const price = own.get(good);
        if (price === 0) return undefined;
        if (price !== undefined) scale = Math.max(scale, weight / rate / price);
      }
    }
  }
  return scale;
}
/** The most weight that an agent gets for its money among the goods of its own circle. */
function bestRate(
  weights: readonly (readonly [string, number])[],
  prices: Bundle,
  own: ReadonlyMap<string, number>,
): number {
  return weights.reduce((best, [good, weight]) => {
    return own.has(good) ? Math.max(best, weight / (prices[good] as number)) : best;
  }, 0);
}

/** Whose goods all turn out to be free can buy nothing, however little. */
function takeFromThePenniless(
  { traders }: Economy,
  prices: Bundle,
  allocation: Readonly<Record<AgentId, Record<string, number>>>,
): void {
  for (const { agent, endowment } of traders) {
    if (Object.keys(endowment).some((good) => (prices[good] as number) > 0)) continue;
    const held = allocation[agent] as Record<string, number>;
    for (const good of Object.keys(held)) if ((prices[good] as number) > 0) delete held[good];
  }
}

/** Gives Leontief agents as much of what is free as goes with the rest of what they have, out of what there is of it. */
function takeWhatIsAbundant(
  { supplies, traders }: Economy,
  { circles, abundant }: Trading,
  allocation: Readonly<Record<AgentId, Record<string, number>>>,
): void {
  if (abundant.size === 0) return;
  const whole = new Map(traders.map(({ agent, shape }) => [agent, shape]));
  const needs: { agent: AgentId; good: string; quantity: number }[] = [];
  const taken = new Map<string, number>();
  for (const { agent, shape } of circles.flatMap((circle) => circle.traders)) {
    const held = allocation[agent] as Bundle;
    const level = shape.weights.reduce(
      (least, [good, weight]) => Math.min(least, (held[good] ?? 0) / weight),
      Infinity,
    );
    for (const [good, weight] of whole.get(agent)?.weights ?? []) {
      if (!abundant.has(good)) continue;
      needs.push({ agent, good, quantity: level * weight });
      taken.set(good, (taken.get(good) ?? 0) + level * weight);
    }
  }
  for (const { agent } of traders) {
    const held = allocation[agent] as Record<string, number>;
    for (const good of abundant) {
      const left = Math.max(0, 1 - (taken.get(good) ?? 0) / (supplies[good] as number));
      if (held[good] !== undefined) held[good] *= left;
    }
  }
  for (const { agent, good, quantity } of needs) {
    const held = allocation[agent] as Record<string, number>;
    held[good] = (held[good] ?? 0) + quantity;
  }
}

/**
 * A good that nobody has costs so much that none of those buys it who could live without it, the least such price; where only agents want it
 * that can buy nothing, any price does. What nobody wants costs nothing.
 */
function priceWhatIsMissing(
  { supplies, wanted }: Economy,
  rates: ReadonlyMap<AgentId, number>,
  prices: Record<string, number>,
): void {
  for (const [good, weights] of wanted) {
    if (supplies[good] !== 0) continue;
    let price = 0;
    for (const [agent, weight] of weights) price = Math.max(price, weight / (rates.get(agent) ?? Infinity));
    prices[good] = price === 0 ? 1 : price;
  }
}
