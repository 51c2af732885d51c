/** The prices that a descending clock calls, round by round. */
export interface PriceSteps {
  /** The round that calls the last price, the lowest that is not below the floor; infinite where it cannot be counted. */
  readonly last: number;
  priceOf(round: number): number;
  /** The first round whose price is no more than this; infinite where none that is called is. */
  firstAtMost(price: number): number;
}

const lastRound = Number.MAX_SAFE_INTEGER;

/** Prices that fall by a decrement as far as the floor. Each is computed from its round, so that rounding never adds up. */
export function fallingSteps(startingPrice: number, decrement: number, floor: number): PriceSteps {
  const priceOf = (round: number): number => startingPrice - (round - 1) * decrement;
  const nearby = (price: number): number => Math.ceil((startingPrice - price) / decrement) + 1;
  const last = firstRound(nearby(floor), (round) => priceOf(round) < floor) - 1;
  return {
    last,
    priceOf,
    firstAtMost(price) {
      const round = firstRound(nearby(price), (candidate) => priceOf(candidate) <= price);
      return round <= last ? round : Number.POSITIVE_INFINITY;
    },
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
