/** The prices that a clock calls, round by round. */
export interface PriceSteps {
  priceOf(round: number): number;
  /** One increment above a price: the next that is called where this is one, and otherwise their sum. */
  raised(price: number): number;
  /** The first round whose price is above this; infinite where no round that can be counted is. */
  firstAbove(price: number): number;
  /** The first round whose price is at least this; infinite where no round that can be counted is. */
  firstAtLeast(price: number): number;
}

const lastRound = Number.MAX_SAFE_INTEGER;

/** Prices that rise by an increment. Each is computed from its round, so that rounding never adds up. */
export function risingSteps(startingPrice: number, increment: number): PriceSteps {
  const priceOf = (round: number): number => startingPrice + (round - 1) * increment;
  const nearby = (price: number): number => Math.ceil((price - startingPrice) / increment) + 1;
  return {
    priceOf,
    raised(price) {
      const round = Math.round((price - startingPrice) / increment) + 1;
      return priceOf(round) === price ? priceOf(round + 1) : price + increment;
    },
    firstAbove: (price) => firstRound(nearby(price), (round) => priceOf(round) > price),
    firstAtLeast: (price) => firstRound(nearby(price), (round) => priceOf(round) >= price),
  };
}

/**
 * The first round in which something that stays true has become true. The estimate and its neighbours settle all but the cases
 * in which rounding swallows steps; those are bisected.
 */
function firstRound(estimate: number, isTrueIn: (round: number) => boolean): number {
  let [before, from] = [0, lastRound + 1];
  const within = Math.min(Math.max(estimate, 1), lastRound);
  for (const round of [within - 1, within, within + 1]) {
    if (round <= before || round >= from) continue;
    if (isTrueIn(round)) from = round;
    else before = round;
  }
  while (from - before > 1) {
    const middle = before + Math.floor((from - before) / 2);
    if (isTrueIn(middle)) from = middle;
    else before = middle;
  }
  return from > lastRound ? Number.POSITIVE_INFINITY : from;
}
