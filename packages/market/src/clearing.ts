/*
 * The clearing of a call market, on which all mechanisms of this package with buyers and sellers stand: as many units as possible go from
 * those who ask least to those who bid most. Terms and notation are those of McAfee, "A dominant strategy double auction", Journal of
 * Economic Theory 56 (1992), unit by unit: b(k) is the k-th highest bid, s(k) the k-th lowest ask, and k the largest with b(k) ≥ s(k).
 */
import { crossingOf, exceeds, type OrderRows } from './crossing.ts';

/** What clears, and the four prices round the margin. */
export interface Clearing {
  /** Units that trade: the most there can be at the largest gains. */
  readonly traded: number;
  /** b(k): the lowest bid that trades; infinite where none does. */
  readonly lastBid: number;
  /** b(k+1): the highest bid of a unit that does not trade; −∞ where all do. */
  readonly nextBid: number;
  /** s(k): the highest ask that trades; −∞ where none does. */
  readonly lastAsk: number;
  /** s(k+1): the lowest ask of a unit that does not trade; infinite where all do. */
  readonly nextAsk: number;
  /** What the bids that trade are worth, and what the asks that trade cost. */
  readonly worth: number;
  readonly cost: number;
  /** The price at which some orders may trade in part only; `undefined` without orders. */
  readonly margin: number | undefined;
  /** Units that bids, and asks, at the margin trade. */
  readonly bidsAtMargin: number;
  readonly asksAtMargin: number;
}

/** Clears orders. Whole quantities are added exactly as long as their sum is below 2⁵³. */
export function clear(rows: OrderRows): Clearing {
  const whole = allWhole(rows.quantities);
  const crossing = crossingOf(rows, whole);
  if (crossing === undefined) return nothing;
  const { price: margin, demandAbove, demandWithin, supplyBelow, supplyWithin } = crossing;
  const traded = Math.min(demandAbove + demandWithin, supplyBelow + supplyWithin);
  const [moreDemand, moreSupply] = [demandAbove + demandWithin, supplyBelow + supplyWithin].map((sum) =>
    exceeds(sum, traded, whole),
  );
  const bidsAtMargin = !moreDemand ? demandWithin : exceeds(traded, demandAbove, whole) ? traded - demandAbove : 0;
  const asksAtMargin = !moreSupply ? supplyWithin : exceeds(traded, supplyBelow, whole) ? traded - supplyBelow : 0;
  return {
    traded,
    margin,
    bidsAtMargin,
    asksAtMargin,
    lastBid: bidsAtMargin > 0 ? margin : crossing.lowestBidAbove,
    nextBid: moreDemand ? margin : crossing.highestBidBelow,
    lastAsk: asksAtMargin > 0 ? margin : crossing.highestAskBelow,
    nextAsk: moreSupply ? margin : crossing.lowestAskAbove,
    worth: crossing.worthAbove + margin * bidsAtMargin,
    cost: crossing.costBelow + margin * asksAtMargin,
  };
}

function allWhole(quantities: Float64Array): boolean {
  for (let row = 0; row < quantities.length; row++) {
    const quantity = quantities[row] as number;
    if (Math.floor(quantity) !== quantity) return false;
  }
  return true;
}

const nothing: Clearing = {
  traded: 0,
  margin: undefined,
  bidsAtMargin: 0,
  asksAtMargin: 0,
  lastBid: Number.POSITIVE_INFINITY,
  nextBid: Number.NEGATIVE_INFINITY,
  lastAsk: Number.NEGATIVE_INFINITY,
  nextAsk: Number.POSITIVE_INFINITY,
  worth: 0,
  cost: 0,
};

/** The prices at which exactly the clearing's trades come about: from the lowest to the highest; `null` where nothing trades. */
export function clearingIntervalOf({ traded, lastBid, nextBid, lastAsk, nextAsk }: Clearing): [number, number] | null {
  return traded > 0 ? [Math.max(lastAsk, nextBid), Math.min(lastBid, nextAsk)] : null;
}

/**
 * What each order trades, bought positive and sold negative. Better prices come first; of orders at the margin those that
 * `preferred` puts first, until there is no more to trade.
 */
export function fillsOf(
  { prices, quantities }: OrderRows,
  { traded, margin, bidsAtMargin, asksAtMargin }: Clearing,
  preferred: (row: number, other: number) => number,
): Float64Array {
  const fills = new Float64Array(prices.length);
  if (margin === undefined || traded === 0) return fills;
  const bids: number[] = [];
  const asks: number[] = [];
  for (let row = 0; row < prices.length; row++) {
    const price = prices[row] as number;
    const quantity = quantities[row] as number;
    if (price === margin) (quantity > 0 ? bids : asks).push(row);
    else if (price > margin === quantity > 0) fills[row] = quantity;
  }
  ration(fills, quantities, bids, bidsAtMargin, preferred);
  ration(fills, quantities, asks, asksAtMargin, preferred);
  return fills;
}

function ration(
  fills: Float64Array,
  quantities: Float64Array,
  rows: readonly number[],
  units: number,
  preferred: (row: number, other: number) => number,
): void {
  if (units === 0) return;
  const wanted = rows.reduce((sum, row) => sum + Math.abs(quantities[row] as number), 0);
  let left = wanted > units ? units : Number.POSITIVE_INFINITY;
  const inOrder = wanted > units ? [...rows].sort(preferred) : rows;
  for (const row of inOrder) {
    const quantity = quantities[row] as number;
    const filled = Math.min(left, Math.abs(quantity));
    fills[row] = quantity > 0 ? filled : -filled;
    left -= filled;
    if (left === 0) return;
  }
}
