import type { FisherMarket, FisherSolver } from './fisher-market.ts';

/**
 * Proportional response: every agent divides its budget in proportion to what each good gave it the last time, and goods are divided in
 * proportion to bids. For linear utilities and substitutes it converges (Wu and Zhang, STOC 2007; Zhang, Theoretical Computer
 * Science 412, 2011); for linear ones it is mirror descent, with an error of 1/rounds (Birnbaum, Devanur and Xiao, EC 2011).
 */
export const proportionalResponse: FisherSolver = {
  name: 'proportional-response',
  unfit: (rho, keepsMoney) =>
    rho >= 0 && !keepsMoney
      ? undefined
      : 'proportional response is for linear, Cobb–Douglas and CES utilities with rho of 0 or more',
  solve(market, { maxIterations, tolerance, signal }) {
    const { goods, budgets, starts } = market;
    const bids = new Float64Array(goods.length);
    for (let i = 0; i < budgets.length; i++) {
      const [from, to] = [starts[i] as number, starts[i + 1] as number];
      bids.fill((budgets[i] as number) / (to - from), from, to);
    }
    const prices = new Float64Array(market.goodCount);
    let iterations = 0;
    do {
      addUp(market, bids, prices);
      iterations += 1;
    } while (respond(market, bids, prices) > tolerance && iterations < maxIterations && !signal?.aborted);
    addUp(market, bids, prices);
    const quantities = bids.map((bid, k) => (bid === 0 ? 0 : bid / (prices[goods[k] as number] as number)));
    return { prices, quantities, iterations, method: this.name };
  },
};

function addUp({ goods }: FisherMarket, bids: Float64Array, prices: Float64Array): void {
  prices.fill(0);
  goods.forEach((good, k) => {
    prices[good] = (prices[good] as number) + (bids[k] as number);
  });
}

/** Bids anew; gives the largest regret of an agent: what its favourite good is above what its goods give on average, as a logarithm. */
function respond(market: FisherMarket, bids: Float64Array, prices: Float64Array): number {
  const { goods, budgets, starts, rho, logWeights } = market;
  let regret = 0;
  for (let i = 0; i < budgets.length; i++) {
    const [from, to] = [starts[i] as number, starts[i + 1] as number];
    const r = rho[i] as number;
    let [total, best] = [0, 0];
    for (let k = from; k < to; k++) {
      // The utility that a good brings: weight · quantity^rho.
      const bid = bids[k] as number;
      const price = prices[goods[k] as number] as number;
      const gain = bid === 0 ? 0 : Math.exp((logWeights[k] as number) + r * Math.log(bid / price));
      if (bid > 0) best = Math.max(best, gain / bid);
      bids[k] = gain;
      total += gain;
    }
    regret = Math.max(regret, Math.log((best * (budgets[i] as number)) / total));
    for (let k = from; k < to; k++) bids[k] = ((bids[k] as number) * (budgets[i] as number)) / total;
  }
  return regret;
}
