import type { FisherSolver } from './fisher-market.ts';
import { linearFrom, spend, spendingOf } from './spending.ts';

/** By which part of the excess demand prices change: small enough for complements of any kind (Cheung, Cole and Devanur). */
const speed = 0.1;

/**
 * Tâtonnement: prices rise where demand exceeds supply, p ← p·exp(speed · min(1, excess)). For utilities of constant elasticity it is
 * gradient descent on the dual of Eisenberg and Gale, and converges (Cheung, Cole and Devanur, STOC 2013). Linear demand jumps: there is no
 * such proof, and no use.
 */
export const priceAdjustment: FisherSolver = {
  name: 'tatonnement',
  unfit: (rho) =>
    rho >= linearFrom ? 'the demand of linear utilities jumps, so that tâtonnement does not settle' : undefined,
  solve(market, { maxIterations, tolerance, signal }) {
    const spending = spendingOf(market);
    const n = market.goodCount;
    const logPrices = new Float64Array(n).fill(-Math.log(n));
    const highest = spending.curvature.reduce((most, curvature) => Math.max(most, curvature + 1), 1);
    let iterations = 0;
    for (; iterations < maxIterations && !signal?.aborted; iterations++) {
      spend(spending, logPrices);
      let worst = 0;
      for (let j = 0; j < n; j++) {
        const price = Math.exp(logPrices[j] as number);
        const excess = (spending.received[j] as number) / price - 1;
        worst = Math.max(worst, excess, Math.min(-excess, price));
        logPrices[j] = (logPrices[j] as number) + (speed / highest) * Math.min(1, excess);
      }
      if (worst <= tolerance / 10) break;
    }
    spend(spending, logPrices);
    const prices = logPrices.map(Math.exp);
    const quantities = spending.spent.map((money, k) => {
      const j = market.goods[k] as number;
      const demanded = (spending.received[j] as number) / (prices[j] as number);
      return money / (prices[j] as number) / Math.max(1, demanded);
    });
    return { prices, quantities, iterations, method: this.name };
  },
};
