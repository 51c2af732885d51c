/**
 * A smallest step of prices (a tick) or of quantities (a lot). Inside the book everything is a whole number of steps, so nothing
 * is ever rounded; `0.01` is taken as the decimal it was written as, and `57 · 0.01` gives back `0.57`.
 */
export class Increment {
  readonly size: number;
  readonly #numerator: number;
  readonly #denominator: number;

  constructor(size: number) {
    this.size = size;
    let denominator = 1;
    while (denominator < 1e15 && Math.round(size * denominator) / denominator !== size) denominator *= 10;
    const numerator = Math.round(size * denominator);
    const isDecimal = numerator / denominator === size && Number.isSafeInteger(numerator);
    this.#numerator = isDecimal ? numerator : size;
    this.#denominator = isDecimal ? denominator : 1;
  }

  /** How many steps an amount is, or `undefined` where it is no multiple or too large to be counted exactly. */
  stepsIn(amount: number): number | undefined {
    if (this.size === 1) return Number.isSafeInteger(amount) ? amount + 0 : undefined;
    const steps = Math.round((amount * this.#denominator) / this.#numerator);
    if (!Number.isSafeInteger(steps) || Math.abs(steps) * this.#numerator > Number.MAX_SAFE_INTEGER) return undefined;
    // Adding 0 turns −0 into 0.
    return (steps * this.#numerator) / this.#denominator === amount ? steps + 0 : undefined;
  }

  /** The amount of so many steps. */
  amountOf(steps: number): number {
    return (steps * this.#numerator) / this.#denominator;
  }
}
