import { firstRound } from '@mechane/core';

/** The prices that a descending clock calls, round by round. */
export interface PriceSteps {
  /** The round that calls the last price, the lowest that is not below the floor; infinite where it cannot be counted. */
  readonly last: number;
  priceOf(round: number): number;
  /** The first round whose price is no more than this; infinite where none that is called is. */
  firstAtMost(price: number): number;
}

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
