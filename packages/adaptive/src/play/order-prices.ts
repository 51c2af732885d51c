/** Rounds prices to those that a market takes: a buyer's down and a seller's up, so that neither trades at a loss. */
export class OrderPrices {
  readonly #numerator: number;
  readonly #denominator: number;

  /** Prices are multiples of the tick, as the decimal that it is written as. */
  constructor(tick: number) {
    let denominator = 1;
    while (denominator < 1e15 && Math.round(tick * denominator) / denominator !== tick) denominator *= 10;
    const isDecimal = Math.round(tick * denominator) / denominator === tick;
    this.#denominator = isDecimal ? denominator : 1;
    this.#numerator = isDecimal ? Math.round(tick * denominator) : tick;
  }

  /** The best price for an agent that is no worse for it than this one. */
  nearest(price: number, side: 'buy' | 'sell'): number {
    const exact = (price * this.#denominator) / this.#numerator;
    const whole = Math.round(exact);
    const isWhole = Math.abs(exact - whole) <= 1e-9 * Math.max(1, whole);
    const steps = isWhole ? whole : side === 'buy' ? Math.floor(exact) : Math.ceil(exact);
    return (steps * this.#numerator) / this.#denominator;
  }
}
