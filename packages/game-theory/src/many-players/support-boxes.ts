import { type Box, type BoxVerdict, contractBox } from '@mechane/numerics';
import type { PayoffMap } from './payoff-map.ts';

/**
 * What can be said of the weights in a box against which all strategies of the support pay the same and no other pays more. A box ranges over the
 * weights of the support, each player's last strategy left out: it has what the others leave.
 */
export type SupportVerdict =
  | Exclude<BoxVerdict, { readonly kind: 'one' }>
  | { readonly kind: 'one'; readonly weights: Float64Array };

/** More than all rounding of values between 0 and 1, or of their slopes, adds up to. */
const rounding = 1e-12;
const none: SupportVerdict = { kind: 'none' };

/** The equations of one support, in intervals. Rounding is allowed for by {@link rounding}. */
export class SupportBoxes {
  readonly #map: PayoffMap;
  /** The strategies of the support but for each player's last, numbered through, with that last one. */
  readonly #free: readonly number[];
  readonly #lasts: readonly number[];
  /** Strategies outside the support, with the last one of their player inside. */
  readonly #outside: readonly (readonly [strategy: number, last: number])[];
  /** The last strategies of the players' supports. */
  readonly #references: readonly number[];
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  readonly #middle: Float64Array;
  readonly #values: Float64Array;
  readonly #spare: Float64Array;
  readonly #lowSlopes: Float64Array;
  readonly #highSlopes: Float64Array;

  constructor(map: PayoffMap, support: readonly (readonly number[])[]) {
    const free: number[] = [];
    const lasts: number[] = [];
    const outside: (readonly [number, number])[] = [];
    support.forEach((own, player) => {
      const from = map.offsets[player] as number;
      const last = from + (own.at(-1) as number);
      for (let at = 0; at < (map.shape[player] as number); at++) {
        if (!own.includes(at)) outside.push([from + at, last]);
        else if (from + at !== last) {
          free.push(from + at);
          lasts.push(last);
        }
      }
    });
    this.#map = map;
    this.#free = free;
    this.#lasts = lasts;
    this.#outside = outside;
    this.#references = support.map((own, player) => (map.offsets[player] as number) + (own.at(-1) as number));
    this.#low = new Float64Array(map.size);
    this.#high = new Float64Array(map.size);
    this.#middle = new Float64Array(map.size);
    this.#values = new Float64Array(map.size);
    this.#spare = new Float64Array(map.size);
    this.#lowSlopes = new Float64Array(map.size ** 2);
    this.#highSlopes = new Float64Array(map.size ** 2);
  }

  /** All weights there are. */
  whole(): Box {
    return { low: new Float64Array(this.#free.length), high: new Float64Array(this.#free.length).fill(1) };
  }

  judge(box: Box): SupportVerdict {
    if (!this.#enter(box)) return none;
    const free = this.#free;
    const count = free.length;
    const { size } = this.#map;
    // Payoffs and weights are 0 or more, so that slopes grow with the weights.
    this.#map.evaluate(this.#low, this.#spare, this.#lowSlopes);
    this.#map.evaluate(this.#high, this.#spare, this.#highSlopes);
    this.#map.evaluate(this.#middle, this.#values);
    const radius = box.low.map((low, at) => ((box.high[at] as number) - low) / 2);
    const middles = new Float64Array(count * count);
    const radii = new Float64Array(count * count);
    const residual = new Float64Array(count);
    const slope = (strategy: number, last: number, column: number): readonly [middle: number, radius: number] => {
      const [by, byLast] = [free[column] as number, this.#lasts[column] as number];
      let [middle, spread] = [0, rounding];
      for (const [row, sign] of [
        [strategy, 1],
        [last, -1],
      ] as const) {
        for (const [weight, signed] of [
          [by, sign],
          [byLast, -sign],
        ] as const) {
          const low = this.#lowSlopes[row * size + weight] as number;
          const high = this.#highSlopes[row * size + weight] as number;
          middle += (signed * (low + high)) / 2;
          spread += (high - low) / 2;
        }
      }
      return [middle, spread];
    };
    /** How far the difference of two strategies' payoffs may be from that in the middle. */
    const reachOf = (strategy: number, last: number, row: number): number => {
      let reach = rounding;
      for (let column = 0; column < count; column++) {
        const [middle, spread] = slope(strategy, last, column);
        if (row >= 0) [middles[row * count + column], radii[row * count + column]] = [middle, spread];
        reach += (Math.abs(middle) + spread) * (radius[column] as number);
      }
      return reach;
    };
    const difference = (strategy: number, last: number): number =>
      (this.#values[strategy] as number) - (this.#values[last] as number);
    for (let row = 0; row < count; row++) {
      const [strategy, last] = [free[row] as number, this.#lasts[row] as number];
      residual[row] = difference(strategy, last);
      if (Math.abs(residual[row] as number) > reachOf(strategy, last, row)) return none;
    }
    for (const [strategy, last] of this.#outside) {
      if (difference(strategy, last) > reachOf(strategy, last, -1)) return none;
    }
    const verdict = contractBox(box, { values: residual, slopes: middles, radii }, rounding);
    return verdict.kind === 'one' ? { kind: 'one', weights: this.#weightsAt(verdict.box) } : verdict;
  }

  /**
   * Sets the ranges of all strategies and the middle; `false` where the last strategies would have to have less than
   * nothing.
   */
  #enter({ low, high }: Box): boolean {
    for (const last of this.#references) {
      this.#low[last] = 1;
      this.#high[last] = 1;
      this.#middle[last] = 1;
    }
    for (let at = 0; at < this.#free.length; at++) {
      const [strategy, last] = [this.#free[at] as number, this.#lasts[at] as number];
      const [from, to] = [low[at] as number, high[at] as number];
      this.#low[strategy] = from;
      this.#high[strategy] = to;
      this.#middle[strategy] = (from + to) / 2;
      this.#low[last] = (this.#low[last] as number) - to;
      this.#high[last] = (this.#high[last] as number) - from;
      this.#middle[last] = (this.#middle[last] as number) - (from + to) / 2;
    }
    for (const last of this.#references) {
      if ((this.#high[last] as number) < -rounding) return false;
      this.#low[last] = Math.max(0, this.#low[last] as number);
      this.#high[last] = Math.max(0, this.#high[last] as number) + rounding;
    }
    return true;
  }

  #weightsAt(box: Box): Float64Array {
    this.#enter(box);
    return this.#middle.slice();
  }
}
