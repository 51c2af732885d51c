/*
 * Where supply and demand cross, found without sorting: a sample of the orders brackets the crossing, one pass sums up what lies on either
 * side of the bracket and keeps what is within, and so on with that (Floyd and Rivest, "Expected time bounds for selection",
 * Communications of the ACM 18, 1975). On 1,000,000 orders this takes less time than to sort their prices.
 */

/** Sums of quantities differ by rounding where these are not whole; below this share of the sum it is no difference. */
export const rounding = 1e-12;

/** Whether one sum of quantities is more than another: exactly among whole numbers, beyond rounding otherwise. */
export function exceeds(sum: number, other: number, whole: boolean): boolean {
  return sum - other > (whole ? 0 : rounding * sum);
}

/** Orders in rows: the price of each, and its units, bought positive and sold negative. */
export interface OrderRows {
  readonly prices: Float64Array;
  readonly quantities: Float64Array;
}

/** What lies above, within and below a range of prices. */
export interface Split {
  /** Units wanted above, what they are worth together, and the lowest such bid. */
  readonly demandAbove: number;
  readonly worthAbove: number;
  readonly lowestBidAbove: number;
  readonly lowestAskAbove: number;
  /** Units wanted, and offered, within. */
  readonly demandWithin: number;
  readonly supplyWithin: number;
  /** Units offered below, what they cost together, and the highest such ask. */
  readonly supplyBelow: number;
  readonly costBelow: number;
  readonly highestAskBelow: number;
  readonly highestBidBelow: number;
  /** Orders within. */
  readonly count: number;
}

/** The price at which supply and demand cross, and how they lie round it. */
export interface Crossing extends Split {
  readonly price: number;
}

/** Below so many orders, and past so many brackets, which no honest input needs, orders are sorted. */
const fewOrders = 1024;
const mostBrackets = 24;
/** The bracket reaches so far on either side in the sample: four standard deviations of the rank of its middle. */
const reach = 2 * Math.sqrt(fewOrders);

const everything: Split = {
  demandAbove: 0,
  worthAbove: 0,
  lowestBidAbove: Number.POSITIVE_INFINITY,
  lowestAskAbove: Number.POSITIVE_INFINITY,
  demandWithin: 0,
  supplyWithin: 0,
  supplyBelow: 0,
  costBelow: 0,
  highestAskBelow: Number.NEGATIVE_INFINITY,
  highestBidBelow: Number.NEGATIVE_INFINITY,
  count: 0,
};

/**
 * Finds the lowest price of an order at which what is offered at or below it is no less than what is wanted above it; `undefined` without
 * orders. Wherever there is trade it is the lower end of the clearing interval.
 */
export function crossingOf(rows: OrderRows, whole: boolean): Crossing | undefined {
  let [active, spare] = [rows, nowhere];
  let around: Split = { ...everything, count: rows.prices.length };
  for (let bracket = 0; around.count > fewOrders && bracket < mostBrackets; bracket++) {
    const [low, high] = bracketed(active, around);
    if (spare === nowhere) spare = emptyRows(around.count);
    const split = splitAt(active, around, low, high, spare);
    let beyond: Split | undefined;
    if (exceeds(split.demandAbove, split.supplyBelow + split.supplyWithin, whole)) {
      const next = Math.min(split.lowestBidAbove, split.lowestAskAbove);
      beyond = splitAt(active, around, next, Number.POSITIVE_INFINITY, spare);
    } else if (!exceeds(split.demandAbove + split.demandWithin, split.supplyBelow, whole)) {
      beyond = splitAt(active, around, 0, Math.max(split.highestBidBelow, split.highestAskBelow), spare);
    }
    // Where nothing lies beyond, nothing was written over what the bracket keeps.
    around = beyond !== undefined && beyond.count > 0 ? beyond : split;
    if (around === split && low === high) return { price: low, ...split };
    [active, spare] = [spare, active === rows ? nowhere : active];
  }
  if (around.count === 0) return undefined;
  const { prices, position } = sortedCrossing(active, around, around.count);
  const price = prices[position] as number;
  return { price, ...splitAt(active, around, price, price, emptyRows(around.count)) };

  /** The crossing among every so many-th of the orders, each standing for as many, with room on either side. */
  function bracketed(from: OrderRows, known: Split): readonly [number, number] {
    const sample = sortedCrossing(from, known, fewOrders);
    const { prices: sampled, position: middle } = sample;
    return [
      sampled[Math.max(0, middle - reach)] as number,
      sampled[Math.min(sampled.length - 1, middle + reach)] as number,
    ];
  }

  /** Sorts orders, evenly spaced among those given, and finds where they cross: the last where they do not. */
  function sortedCrossing(
    { prices, quantities }: OrderRows,
    { count, demandAbove, supplyBelow }: Split,
    sampled: number,
  ): { readonly prices: Float64Array; readonly position: number } {
    const scale = count / sampled;
    const inOrder = Array.from({ length: sampled }, (_, index) => Math.floor(index * scale));
    inOrder.sort((row, other) => (prices[row] as number) - (prices[other] as number));
    const sorted = Float64Array.from(inOrder, (row) => prices[row] as number);
    const demandFrom = new Float64Array(sampled + 1);
    demandFrom[sampled] = demandAbove;
    for (let position = sampled - 1; position >= 0; position--) {
      const quantity = quantities[inOrder[position] as number] as number;
      demandFrom[position] = (demandFrom[position + 1] as number) + scale * Math.max(0, quantity);
    }
    let supply = supplyBelow;
    for (let position = 0; position < sampled; position++) {
      supply += scale * Math.max(0, -(quantities[inOrder[position] as number] as number));
      if (sorted[position] === sorted[position + 1]) continue;
      if (!exceeds(demandFrom[position + 1] as number, supply, whole)) return { prices: sorted, position };
    }
    return { prices: sorted, position: sampled - 1 };
  }
}

const nowhere: OrderRows = emptyRows(0);

function emptyRows(count: number): OrderRows {
  return { prices: new Float64Array(count), quantities: new Float64Array(count) };
}

/** Splits orders at a range of prices: those within are written out, those outside are added to what is known to lie there. */
function splitAt({ prices, quantities }: OrderRows, known: Split, low: number, high: number, within: OrderRows): Split {
  const { prices: pricesWithin, quantities: quantitiesWithin } = within;
  let { demandAbove, worthAbove, lowestBidAbove, lowestAskAbove } = known;
  let { supplyBelow, costBelow, highestAskBelow, highestBidBelow } = known;
  let [demandWithin, supplyWithin, count] = [0, 0, 0];
  for (let row = 0; row < known.count; row++) {
    const price = prices[row] as number;
    const quantity = quantities[row] as number;
    if (price > high) {
      if (quantity > 0) {
        demandAbove += quantity;
        worthAbove += price * quantity;
        lowestBidAbove = Math.min(lowestBidAbove, price);
      } else {
        lowestAskAbove = Math.min(lowestAskAbove, price);
      }
    } else if (price < low) {
      if (quantity < 0) {
        supplyBelow -= quantity;
        costBelow -= price * quantity;
        highestAskBelow = Math.max(highestAskBelow, price);
      } else {
        highestBidBelow = Math.max(highestBidBelow, price);
      }
    } else {
      pricesWithin[count] = price;
      quantitiesWithin[count] = quantity;
      count += 1;
      if (quantity > 0) demandWithin += quantity;
      else supplyWithin -= quantity;
    }
  }
  return {
    demandAbove,
    worthAbove,
    lowestBidAbove,
    lowestAskAbove,
    demandWithin,
    supplyWithin,
    supplyBelow,
    costBelow,
    highestAskBelow,
    highestBidBelow,
    count,
  };
}
