import { firstRound } from '@mechane/core';

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
