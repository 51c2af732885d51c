import { solveLinearSystem } from './linear-system.ts';
import type { PayoffMap } from './payoff-map.ts';

/** Ranges of the weights of a support, each player's last strategy left out: it has what the others leave. */
export interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * What can be said of the weights in a box against which all strategies of the support pay the same and no other pays
 * more: there are none, there is just one solution,
 * or it takes smaller boxes to know.
 */
export type BoxVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly weights: Float64Array }
  | { readonly kind: 'open'; readonly boxes: readonly Box[] };

/** More than all rounding of values between 0 and 1, or of their slopes, adds up to. */
const rounding = 1e-12;
const none: BoxVerdict = { kind: 'none' };

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

  judge(box: Box): BoxVerdict {
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
    return this.#contract(box, radius, middles, radii, residual);
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

  /**
   * Krawczyk's operator: whatever solves the equations in the box lies in its image, and where that lies inside, there
   * is just one.
   */
  #contract(
    box: Box,
    radius: Float64Array,
    middles: Float64Array,
    radii: Float64Array,
    residual: Float64Array,
  ): BoxVerdict {
    const count = radius.length;
    const inverse = invert(middles, count);
    if (inverse === undefined) return { kind: 'open', boxes: parts(box) };
    const [low, high] = [new Float64Array(count), new Float64Array(count)];
    let isInside = true;
    let shrunk = 1;
    for (let row = 0; row < count; row++) {
      let [move, spread] = [0, 0];
      let weight = 0;
      for (let by = 0; by < count; by++) {
        const entry = inverse[row * count + by] as number;
        move -= entry * (residual[by] as number);
        weight += Math.abs(entry);
        for (let column = 0; column < count; column++) {
          spread += Math.abs(entry) * (radii[by * count + column] as number) * (radius[column] as number);
        }
      }
      spread += rounding * (1 + weight);
      // The inverse is one of the middles but for rounding, which grows with its entries.
      if (!(weight < worstInverse)) return { kind: 'open', boxes: parts(box) };
      const own = radius[row] as number;
      if (Math.abs(move) + spread >= own) isInside = false;
      const centre = ((box.low[row] as number) + (box.high[row] as number)) / 2;
      low[row] = Math.max(box.low[row] as number, centre + move - spread);
      high[row] = Math.min(box.high[row] as number, centre + move + spread);
      if ((low[row] as number) > (high[row] as number)) return none;
      shrunk *= ((high[row] as number) - (low[row] as number)) / (2 * own);
    }
    const image = { low, high };
    if (isInside) return { kind: 'one', weights: this.#weightsAt(image) };
    return { kind: 'open', boxes: shrunk < worthwhile ? [image] : parts(image) };
  }

  #weightsAt(box: Box): Float64Array {
    this.#enter(box);
    return this.#middle.slice();
  }
}

const worstInverse = 1e6;
const worthwhile = 0.5;

/** Off the middle: weights such as 1/2 are common, and what lies on a cut is in neither box for good. */
const cutAt = 0.4871;

/** The two parts of a box, cut across its longest side. */
function parts({ low, high }: Box): Box[] {
  let widest = 0;
  for (let at = 1; at < low.length; at++) {
    if ((high[at] as number) - (low[at] as number) > (high[widest] as number) - (low[widest] as number)) widest = at;
  }
  const from = low[widest] as number;
  const cut = from + cutAt * ((high[widest] as number) - from);
  return [
    { low, high: high.with(widest, cut) },
    { low: low.with(widest, cut), high },
  ];
}

function invert(matrix: Float64Array, count: number): Float64Array | undefined {
  const inverse = new Float64Array(count * count);
  for (let column = 0; column < count; column++) {
    const right = new Float64Array(count);
    right[column] = 1;
    if (solveLinearSystem(matrix.slice(), right, count) === 0) return undefined;
    for (let row = 0; row < count; row++) inverse[row * count + column] = right[row] as number;
  }
  return inverse;
}
