/** The largest whole number up to which all are doubles. */
export const largestWhole: number = Number.MAX_SAFE_INTEGER;

/** Powers of ten that are doubles. */
const powers: readonly number[] = Array.from({ length: 23 }, (_, digits) => 10 ** digits);
const mostDigits = powers.length - 1;

/** No unit is finer. */
export const finestUnit: number = Number(`1e-${mostDigits}`);

/** A decimal as the shortest text that stands for its double: `digits` times ten to the power of `-decimals`. */
interface Decimal {
  readonly digits: number;
  readonly decimals: number;
}

function decimalOf(amount: number): Decimal {
  if (Number.isInteger(amount)) return { digits: amount, decimals: 0 };
  // The digits are those of the shortest text.
  const [mantissa, exponent] = amount.toExponential().split('e') as [string, string];
  const [whole, fraction = ''] = mantissa.split('.');
  return { digits: Number(`${whole}${fraction}`), decimals: fraction.length - Number(exponent) };
}

/** How many decimals an amount of money is written with: 2 for 0.25. */
export function decimalsOf(amount: number): number {
  if (Number.isInteger(amount)) return 0;
  // Below this, few decimals are told apart by products that are exact enough, and no text has to be made.
  for (let decimals = 1; decimals <= 4 && Math.abs(amount) < 1e9; decimals++) {
    const power = powers[decimals] as number;
    if (Math.round(amount * power) / power === amount) return decimals;
  }
  const text = String(amount);
  if (text.includes('e')) return decimalOf(amount).decimals;
  return text.length - 1 - text.indexOf('.');
}

/** Units of so many decimals, each made once. */
const withDecimals: Unit[] = [];

/**
 * The smallest amount of money that counts in a run. Inside a rule, money is counted in it, in whole numbers; outside, it is the decimal
 * that it is written as.
 */
export class Unit {
  /** As it is written. */
  readonly amount: number;
  readonly #numerator: number;
  readonly #power: number;

  /** @throws RangeError where the unit has more digits than a double can keep apart. */
  constructor(amount: number) {
    const { digits, decimals } = decimalOf(amount);
    if (!(amount > 0) || decimals > mostDigits || digits > largestWhole) throw new RangeError('no unit');
    this.amount = amount;
    this.#numerator = digits;
    this.#power = powers[decimals] as number;
  }

  /** The unit of amounts that are written with at most so many decimals; none where that is finer than doubles can say. */
  static withDecimals(decimals: number): Unit | undefined {
    if (decimals > mostDigits) return undefined;
    withDecimals[decimals] ??= new Unit(Number(`1e-${decimals}`));
    return withDecimals[decimals];
  }

  /** An amount in units; `undefined` where it is no whole number of them, or more than can be counted. */
  counted(amount: number): number | undefined {
    const near = Math.round((amount * this.#power) / this.#numerator);
    // Near the largest whole numbers, the product may have been rounded to a half, and that to the next number.
    for (const units of [near, near - 1]) {
      // What is divided on the way back has to be a whole number that doubles can say.
      const dividend = this.#power === 1 ? units : units * this.#numerator;
      if (this.written(units) === amount && Number.isSafeInteger(dividend)) return units;
    }
    return undefined;
  }

  /** Units as an amount: a whole number of them is the double nearest to its decimal. */
  readonly written = (units: number): number => (units * this.#numerator) / this.#power;
}
