import type { FisherMarket } from './fisher-market.ts';

/**
 * What agents spend on goods, where each divides its budget by b = B·softmax(base − curvature · log price): all utilities of constant
 * elasticity do, with elasticity − 1 as curvature (Leontief −1, Cobb–Douglas 0).
 */
export interface Spending {
  readonly market: FisherMarket;
  /** By agent. */
  readonly curvature: Float64Array;
  /** By entry of the market. */
  readonly base: Float64Array;
  /** By entry: how much money goes there. */
  readonly spent: Float64Array;
  /** By agent: how much it keeps. */
  readonly kept: Float64Array;
  /** By agent: the base of keeping money, whose price is always 1; −Infinity where it has no use. */
  readonly keepingBase: Float64Array;
  /** By good: how much money comes in. */
  readonly received: Float64Array;
  /** By entry of Leontief agents: the weight itself, by which they divide without any power; 0 for others. */
  readonly needs: Float64Array;
  /** Space for the steps of Newton's method, by entry. */
  readonly scratch: { readonly indices: Int32Array; readonly money: Float64Array };
}

/** From here on a utility is treated as linear: what that costs an agent is less than what doubles can tell. */
export const linearFrom: number = 1 - 1e-10;

/** Spending at no prices yet. Linear agents have a base of 0: see `sharpen`. */
export function spendingOf(market: FisherMarket): Spending {
  const { rho, starts, logWeights, budgets, goodCount, keepsMoney } = market;
  const agents = budgets.length;
  const curvature = new Float64Array(agents);
  const base = new Float64Array(logWeights.length);
  const needs = new Float64Array(logWeights.length);
  for (let i = 0; i < agents; i++) {
    const r = rho[i] as number;
    if (r >= linearFrom) continue;
    const elasticity = 1 / (1 - r);
    curvature[i] = elasticity - 1;
    const scale = r === Number.NEGATIVE_INFINITY ? 1 : elasticity;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      base[k] = scale * (logWeights[k] as number);
      if (elasticity === 0) needs[k] = Math.exp(logWeights[k] as number);
    }
  }
  return {
    market,
    curvature,
    base,
    spent: new Float64Array(logWeights.length),
    kept: new Float64Array(agents),
    keepingBase: Float64Array.from(keepsMoney, (keeps) => (keeps ? 0 : -Infinity)),
    received: new Float64Array(goodCount),
    needs,
    scratch: { indices: new Int32Array(logWeights.length), money: new Float64Array(logWeights.length) },
  };
}

/** Terms below e^−faint of the largest are no money at all. */
const faint = 42;

/** Divides all budgets at these prices, given by their logarithms. */
export function spend(spending: Spending, logPrices: Float64Array): void {
  const { market, curvature, base, spent, kept, keepingBase, received, needs } = spending;
  const { starts, goods, budgets } = market;
  received.fill(0);
  const prices = needs.length > 0 && curvature.includes(-1) ? logPrices.map(Math.exp) : logPrices;
  for (let i = 0; i < budgets.length; i++) {
    const [from, to] = [starts[i] as number, starts[i + 1] as number];
    const c = curvature[i] as number;
    if (c === -1 && divided(spending, i, prices)) continue;
    let most = keepingBase[i] as number;
    for (let k = from; k < to; k++) {
      const log = (base[k] as number) - c * (logPrices[goods[k] as number] as number);
      spent[k] = log;
      if (log > most) most = log;
    }
    const least = most - faint;
    const keeping = (keepingBase[i] as number) > least ? Math.exp((keepingBase[i] as number) - most) : 0;
    let total = keeping;
    for (let k = from; k < to; k++) {
      const log = spent[k] as number;
      const term = log > least ? Math.exp(log - most) : 0;
      spent[k] = term;
      total += term;
    }
    const unit = (budgets[i] as number) / total;
    kept[i] = keeping * unit;
    for (let k = from; k < to; k++) {
      const term = spent[k] as number;
      if (term === 0) continue;
      const money = term * unit;
      spent[k] = money;
      const good = goods[k] as number;
      received[good] = (received[good] as number) + money;
    }
  }
}

/** Divides the budget of a Leontief agent in proportion to need · price; gives whether these numbers are of a size to do so. */
function divided({ market, spent, received, needs }: Spending, agent: number, prices: Float64Array): boolean {
  const { starts, goods, budgets } = market;
  const [from, to] = [starts[agent] as number, starts[agent + 1] as number];
  let total = 0;
  for (let k = from; k < to; k++) {
    const cost = (needs[k] as number) * (prices[goods[k] as number] as number);
    spent[k] = cost;
    total += cost;
  }
  const unit = (budgets[agent] as number) / total;
  if (!(unit > 0 && unit < Infinity)) return false;
  for (let k = from; k < to; k++) {
    const money = (spent[k] as number) * unit;
    const good = goods[k] as number;
    spent[k] = money;
    received[good] = (received[good] as number) + money;
  }
  return true;
}
