import { areaUnder, type Curve, limitsAt, quantityAt } from './curve.ts';
import { beyondDoubles } from './errors.ts';

/**
 * Where a demand and a supply curve meet.
 *
 * @category Supply and demand
 */
export interface PartialEquilibrium {
  /** The middle of the interval; `null` where nothing trades or demand exceeds supply at all prices. */
  readonly price: number | null;
  /** The prices at which demand and supply can be made to agree. */
  readonly interval: readonly [number, number] | null;
  readonly quantity: number;
  /** What buyers would have paid beyond the price; infinite where some would pay any. */
  readonly consumerSurplus: number;
  /** What sellers get beyond the least they would have taken. */
  readonly producerSurplus: number;
}

const noTrade: PartialEquilibrium = {
  price: null,
  interval: null,
  quantity: 0,
  consumerSurplus: 0,
  producerSurplus: 0,
};

/**
 * The equilibrium of one market by itself: the price of 0 or more at which demand is supply (Marshall 1890). Where curves run together over
 * several prices it is the middle of them.
 *
 * @throws MechaneError `overflow` when the numbers leave the range of doubles.
 * @category Supply and demand
 *
 * @example
 * ```ts
 * import { demandCurve, meet, supplyCurve } from '@mechane/market';
 *
 * const demand = demandCurve({ kind: 'linear', intercept: 100, slope: -2 });
 * const supply = supplyCurve({ kind: 'linear', intercept: -20, slope: 4 });
 * meet(demand, supply); // => { price: 20, interval: [20, 20], quantity: 60, consumerSurplus: 900, producerSurplus: 450 }
 * ```
 */
export function meet(demand: Curve, supply: Curve): PartialEquilibrium {
  const prices = [...new Set([0, ...[demand, supply].flatMap(({ knots }) => knots.map(({ price }) => price))])]
    .filter((price) => price >= 0)
    .sort((a, b) => a - b);
  const excess = (price: number): { before: number; after: number } => {
    const [wanted, offered] = [limitsAt(demand, price), limitsAt(supply, price)];
    return { before: wanted.before - offered.before, after: wanted.after - offered.after };
  };
  const slope = demand.finalSlope - supply.finalSlope;
  const low = lowestMeeting(prices, excess, slope);
  if (low === undefined) return noTrade;
  const high = highestMeeting(prices, excess, slope);
  const price = high === Number.POSITIVE_INFINITY ? low : low + (high - low) / 2;
  const quantity = Math.min(quantityAt(demand, price), quantityAt(supply, price));
  if (quantity === 0) return noTrade;
  const consumerSurplus = areaUnder(demand, price, Number.POSITIVE_INFINITY);
  const producerSurplus = areaUnder(supply, Math.min(price, supply.knots[0]?.price ?? price), price);
  if (![price, quantity, producerSurplus].every(Number.isFinite) || Number.isNaN(consumerSurplus)) {
    throw beyondDoubles(['demand', 'supply']);
  }
  return { price, interval: [low, high], quantity, consumerSurplus, producerSurplus };
}

type Excess = (price: number) => { readonly before: number; readonly after: number };

/** The lowest price just above which no more is demanded than supplied. */
function lowestMeeting(prices: readonly number[], excess: Excess, slope: number): number | undefined {
  let index = 0;
  for (;;) {
    const price = prices[index] as number;
    const { after } = excess(price);
    if (after <= 0) return price;
    index += 1;
    const next = prices[index];
    if (next === undefined) return slope < 0 ? price - after / slope : undefined;
    const { before } = excess(next);
    if (before <= 0) return price + ((next - price) * after) / (after - before);
  }
}

/** The highest price just below which no less is demanded than supplied. */
function highestMeeting(prices: readonly number[], excess: Excess, slope: number): number {
  const last = prices.at(-1) as number;
  const { after: left } = excess(last);
  if (left >= 0 && slope < 0) return last - left / slope;
  if (left >= 0) return Number.POSITIVE_INFINITY;
  for (let index = prices.length - 1; index > 0; index--) {
    const [price, under] = [prices[index] as number, prices[index - 1] as number];
    const { before } = excess(price);
    if (before >= 0) return price;
    const { after } = excess(under);
    if (after >= 0) return under + ((price - under) * after) / (after - before);
  }
  return prices[0] as number;
}
