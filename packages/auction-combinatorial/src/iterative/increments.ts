/** Prices that are whole numbers of increments. */
export interface Increments {
  /** The least price above nothing: one increment. */
  readonly first: number;
  /** One increment above a price. */
  raised(price: number): number;
  /** One increment below a price. */
  lowered(price: number): number;
}

/**
 * Counts in increments, so that rounding never adds up: the third price in steps of 0.1 is 0.3. Prices that are no whole number of
 * increments, as jump bids may be, rise by plain addition.
 */
export function incrementsOf(increment: number): Increments {
  const perUnit = Math.round(1 / increment);
  const priceOf = (steps: number): number => (1 / perUnit === increment ? steps / perUnit : steps * increment);
  const moved = (price: number, by: number): number => {
    const steps = Math.round(price / increment);
    return priceOf(steps) === price ? priceOf(steps + by) : price + by * increment;
  };
  return { first: increment, raised: (price) => moved(price, 1), lowered: (price) => moved(price, -1) };
}
