/*
 * The exact equilibrium of a linear Fisher market, from spending that is close to it.
 *
 * At an equilibrium, agents spend on goods of the best weight per price only. Goods that share such agents move together: prices
 * within a component of the graph of favourites are tied, and the component's level is set by its money. So this is an active-set
 * method on the logarithms of prices: components move to their levels until some good becomes a favourite across them; where the money
 * cannot flow along favourites, the least cut says which part of a component is too cheap (Devanur, Papadimitriou, Saberi and
 * Vazirani, Journal of the ACM 55, 2008). Every move lowers the convex function that Eisenberg and Gale's dual is.
 */
import { Favourites } from './favourites.ts';
import type { FisherMarket, FisherSolution } from './fisher-market.ts';
import { MoneyFlow } from './money-flow.ts';

/** Money this small, as a part of all money, is rounding. */
const rounding = 1e-13;

/** The equilibrium, or nothing if it is not found in so many moves. */
export function finishLinear(
  market: FisherMarket,
  logPrices: Float64Array,
  spent: Float64Array,
  limit: number,
): Omit<FisherSolution, 'method'> | undefined {
  const favourites = new Favourites(market, logPrices.slice());
  favourites.tieBySpending(spent);
  for (let iterations = 1; iterations <= limit; iterations++) {
    favourites.refresh();
    if (favourites.group() > rounding) {
      if (!favourites.move()) return undefined;
      continue;
    }
    const flow = new MoneyFlow(favourites);
    if (flow.idle <= rounding * 10) {
      const prices = favourites.logPrices.subarray(0, market.goodCount).map(Math.exp);
      return { prices, quantities: flow.quantities(prices), iterations };
    }
    favourites.group(flow.sides());
    if (!favourites.move()) return undefined;
  }
  return undefined;
}
