import type { FisherMarket, FisherSolver } from './fisher-market.ts';

/**
 * Markets with a formula. Cobb–Douglas agents spend the same shares at all prices, so a good's price is what it is given. A single agent
 * takes everything, at prices in proportion to what a little more of each good would be worth to it.
 */
export const closedForm: FisherSolver = {
  name: 'closed-form',
  unfit: (rho) => (rho === 0 ? undefined : 'there is a formula for Cobb–Douglas utilities only'),
  solve(market) {
    const { goodCount, rho } = market;
    const quantities = new Float64Array(market.goods.length);
    const prices = new Float64Array(goodCount);
    if (rho.every((r) => r === 0)) shareOut(market, prices, quantities);
    else takeAll(market, prices, quantities);
    return { prices, quantities, iterations: 0, method: this.name };
  },
};

function shareOut(market: FisherMarket, prices: Float64Array, quantities: Float64Array): void {
  const { starts, goods, logWeights, budgets } = market;
  for (let i = 0; i < budgets.length; i++) {
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      const money = (budgets[i] as number) * Math.exp(logWeights[k] as number);
      const good = goods[k] as number;
      quantities[k] = money;
      prices[good] = (prices[good] as number) + money;
    }
  }
  goods.forEach((good, k) => {
    quantities[k] = (quantities[k] as number) / (prices[good] as number);
  });
}

function takeAll(
  { rho, logWeights, goods, keepsMoney }: FisherMarket,
  prices: Float64Array,
  quantities: Float64Array,
): void {
  const most = logWeights.reduce((largest, log) => Math.max(largest, log), -Infinity);
  if (rho[0] === Number.NEGATIVE_INFINITY) {
    // What is used up first is all that costs anything.
    const scarce = logWeights.filter((log) => log === most).length;
    goods.forEach((good, k) => {
      prices[good] = logWeights[k] === most ? 1 / scarce : 0;
      quantities[k] = Math.exp((logWeights[k] as number) - most);
    });
    return;
  }
  const worth = logWeights.reduce((sum, log) => sum + Math.exp(log - most), 0);
  // Money that buys less than it is worth is kept.
  const level = keepsMoney[0] ? Math.min(1, worth * Math.exp(most)) : 1;
  goods.forEach((good, k) => {
    prices[good] = (level * Math.exp((logWeights[k] as number) - most)) / worth;
    quantities[k] = 1;
  });
}
