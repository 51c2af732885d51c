import type { PlanBox } from './plan-box.ts';
import type { SignedSequences } from './plan-support.ts';

/**
 * A sum of products of one coefficient and the probability of one sequence of each of some players, in doubles. Coefficients stand in a table, the
 * last player's place running fastest.
 */
export class MultilinearForm {
  /** The players, in order. */
  readonly factors: readonly number[];
  readonly #sizes: readonly number[];
  readonly #coefficients: Float64Array;
  /** What is left when the players from the last on are summed out. */
  readonly #levels: readonly Float64Array[];
  readonly #upper: readonly Float64Array[];

  constructor(factors: readonly number[], sizes: readonly number[], coefficients: Float64Array) {
    this.factors = factors;
    this.#sizes = sizes;
    this.#coefficients = coefficients;
    let length = coefficients.length;
    const levels = sizes.toReversed().map((size) => {
      length /= size;
      return new Float64Array(length);
    });
    this.#levels = levels;
    this.#upper = levels.map((level) => level.slice());
  }

  /** The most that it comes to, times `sign`, where plans lie in boxes. */
  most(boxes: readonly PlanBox[], sign: number): number {
    let table = this.#coefficients;
    let turned = sign;
    for (let depth = 0, at = this.factors.length - 1; at >= 0; depth++, at--) {
      const size = this.#sizes[at] as number;
      const box = boxes[this.factors[at] as number] as PlanBox;
      const level = this.#levels[depth] as Float64Array;
      for (let place = 0, from = 0; place < level.length; place++, from += size) {
        level[place] = box.most(table, from, turned);
      }
      table = level;
      turned = 1;
    }
    return turned * (table[0] as number);
  }

  /** What it comes to under some probabilities, by player and place. */
  at(weights: readonly Float64Array[]): number {
    let table = this.#coefficients;
    for (let depth = 0, at = this.factors.length - 1; at >= 0; depth++, at--) {
      const size = this.#sizes[at] as number;
      const own = weights[this.factors[at] as number] as Float64Array;
      const level = this.#levels[depth] as Float64Array;
      for (let place = 0, from = 0; place < level.length; place++, from += size) {
        let sum = 0;
        for (let each = 0; each < size; each++) sum += (table[from + each] as number) * (own[each] as number);
        level[place] = sum;
      }
      table = level;
    }
    return table[0] as number;
  }

  /** The least and the most that it comes to where each probability lies in a range, plan or not. Writes them to `range`. */
  within(low: readonly Float64Array[], high: readonly Float64Array[], range: Float64Array): void {
    let [least, most] = [this.#coefficients, this.#coefficients];
    for (let depth = 0, at = this.factors.length - 1; at >= 0; depth++, at--) {
      const size = this.#sizes[at] as number;
      const player = this.factors[at] as number;
      const [from, to] = [low[player] as Float64Array, high[player] as Float64Array];
      const [lower, upper] = [this.#levels[depth] as Float64Array, this.#upper[depth] as Float64Array];
      for (let place = 0, start = 0; place < lower.length; place++, start += size) {
        let [down, up] = [0, 0];
        for (let each = 0; each < size; each++) {
          const [a, b] = [least[start + each] as number, most[start + each] as number];
          const [c, d] = [from[each] as number, to[each] as number];
          const [ac, ad, bc, bd] = [a * c, a * d, b * c, b * d];
          down += Math.min(ac, ad, bc, bd);
          up += Math.max(ac, ad, bc, bd);
        }
        lower[place] = down;
        upper[place] = up;
      }
      [least, most] = [lower, upper];
    }
    range[0] = least[0] as number;
    range[1] = most[0] as number;
  }

  /** How fast it grows with a sum and difference of one player's probabilities, by places; a form of the other players. */
  slope(player: number, terms: SignedSequences): MultilinearForm {
    const at = this.factors.indexOf(player);
    const size = this.#sizes[at] as number;
    const inner = this.#sizes.slice(at + 1).reduce((product, other) => product * other, 1);
    const outer = this.#coefficients.length / (size * inner);
    const coefficients = new Float64Array(outer * inner);
    for (const [place, sign] of terms) {
      for (let block = 0; block < outer; block++) {
        const from = (block * size + place) * inner;
        for (let offset = 0; offset < inner; offset++) {
          const to = block * inner + offset;
          coefficients[to] = (coefficients[to] as number) + sign * (this.#coefficients[from + offset] as number);
        }
      }
    }
    return new MultilinearForm(this.factors.toSpliced(at, 1), this.#sizes.toSpliced(at, 1), coefficients);
  }
}
