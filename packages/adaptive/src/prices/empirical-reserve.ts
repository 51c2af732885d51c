import { invalidValue } from '../errors.ts';

/**
 * Learns the price that earns most from values it has seen.
 *
 * @category Prices
 */
export interface ReserveFromValues {
  /** @throws MechaneError `invalid-value` for what is no value: negative, infinite or no number */
  learn(value: number): void;
  /** The best price for the values so far; 0 before the first. */
  reserve(): number;
}

/** Values that are within 1 part in 512 of each other. */
interface Bin {
  /** The least value in it, which is the price at which all of it buys. */
  least: number;
  count: number;
}

/** How many leading binary digits of a value say its bin, the first one not counted. */
const digits = 9;
/** What is rarer than one in so many is known too badly. */
const rare = 200;

/**
 * The monopoly price of the values seen so far (Cole and Roughgarden, "The sample complexity of revenue maximization", STOC 2014): it tends to the
 * Myerson reserve of a regular distribution. Values are counted in bins as wide as 1/512 of them, whatever they are, so that none spoils
 * what is known of others and memory does not grow with their number; the price is a value that was seen, and exact while each bin has one.
 * Prices that fewer than one value in 200 would pay are left out: few samples are a bad guide to a long tail (the guarded variant,
 * of Dhangwatnotai, Roughgarden and Yan 2015).
 *
 * @category Prices
 * @example
 * ```ts
 * import { empiricalReserve } from '@mechane/adaptive';
 *
 * const learner = empiricalReserve();
 * for (const value of [4, 4, 10]) learner.learn(value);
 * learner.reserve(); // => 4
 * ```
 */
export function empiricalReserve(): ReserveFromValues {
  const bins = new Map<number, Bin>();
  let falling: readonly Bin[] = [];
  let total = 0;
  return {
    learn(value) {
      if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) throw invalidValue(value);
      total += 1;
      const key = binOf(value);
      const bin = bins.get(key);
      if (bin === undefined) bins.set(key, { least: value, count: 1 });
      else {
        bin.count += 1;
        bin.least = Math.min(bin.least, value);
      }
    },
    reserve() {
      if (falling.length < bins.size) falling = [...bins.values()].sort((one, other) => other.least - one.least);
      let [buyers, best, revenue] = [0, 0, 0];
      for (const { least, count } of falling) {
        buyers += count;
        // In units so large that no revenue is beyond what numbers can say.
        const earned = least * (buyers / 2 ** 53);
        if (buyers * rare < total || earned < revenue) continue;
        [best, revenue] = [least, earned];
      }
      return best;
    },
  };
}

const bits = new DataView(new ArrayBuffer(8));

/** The exponent of a value and its leading digits, as one whole number that rises with it. */
function binOf(value: number): number {
  // 0 has a sign, which says nothing of a value.
  bits.setFloat64(0, Math.abs(value));
  return bits.getUint32(0) >>> (20 - digits);
}
