/*
 * What is bid in equilibrium, from the literature. Values are independent and uniform from 0 to `high`, unless a function says otherwise.
 */

/**
 * The bid in a first-price auction, and the price at which a Dutch clock is stopped: what the highest of the others' values is on average, where
 * it is below one's own (Vickrey, "Counterspeculation, auctions, and competitive sealed tenders", 1961).
 */
export function firstPriceBid(value: number, n: number): number {
  return ((n - 1) / n) * value;
}

/** The mean revenue of both a first and a second price, by the equivalence of revenues (Vickrey 1961; Myerson 1981). */
export function meanRevenue(n: number, high: number): number {
  return ((n - 1) / (n + 1)) * high;
}

/** Where a common value is uniform from `low` to `high`, and each signal uniform within `noise` of it. */
export interface CommonValue {
  readonly low: number;
  readonly high: number;
  readonly noise: number;
}

/**
 * The bid of whoever has heard `signal` of a common value (Wilson 1977; Milgrom and Weber 1982; in this form Kagel and Levin, "The winner's curse
 * and public information in common value auctions", 1986). Within `noise` of the upper end, the formula has no closed form.
 */
export function commonValueBid(signal: number, n: number, { low, high, noise }: CommonValue): number | undefined {
  if (signal > high - noise) return undefined;
  if (signal < low + noise) return low + (signal + noise - low) / (n + 1);
  const rest = ((2 * noise) / (n + 1)) * Math.exp((-n / (2 * noise)) * (signal - low - noise));
  return signal - noise + rest;
}

/**
 * The bid of one of `n` who want one of `k` places each, where those who get one pay what they bid: what the k-th highest of the others' values
 * is on average, where it is below one's own (Vickrey, "Auctions and bidding games", 1962; Weber, "Multiple-object auctions", 1983).
 */
export function payAsBid(value: number, n: number, k: number, high: number): number {
  if (n <= k || value <= 0) return 0;
  const x = Math.min(1, value / high);
  return ((high * (n - k)) / n) * (betaTail(x, n - k + 1, k) / betaTail(x, n - k, k));
}

/** The mean of the price of `k` places among `n`, times the places (Weber 1983): the (k + 1)-th highest value, on average. */
export function meanOfPlaces(n: number, k: number, high: number): number {
  return n <= k ? 0 : (k * (n - k) * high) / (n + 1);
}

/** The regularized incomplete beta function for whole `a` and `b`, which is a tail of the binomial distribution. */
function betaTail(x: number, a: number, b: number): number {
  const trials = a + b - 1;
  let [sum, ways] = [0, 1];
  for (let hits = 0; hits <= trials; hits++) {
    if (hits >= a) sum += ways * x ** hits * (1 - x) ** (trials - hits);
    ways *= (trials - hits) / (hits + 1);
  }
  return sum;
}

/**
 * What a buyer and a seller name who trade at the middle of what they name, where they do (Chatterjee and Samuelson, "Bargaining under incomplete
 * information", 1983). Of those who will not trade whatever they say, the truth is as good as anything.
 */
export function bargainingOffer(side: 'buy' | 'sell', value: number, high: number): number {
  const linear = (2 / 3) * value;
  return side === 'buy' ? Math.min(value, linear + high / 12) : Math.max(value, linear + high / 4);
}

/** What a pair gains on average in that equilibrium (Chatterjee and Samuelson 1983; no mechanism gives more: Myerson and Satterthwaite 1983). */
export function meanBargain(high: number): number {
  return (9 / 64) * high;
}
