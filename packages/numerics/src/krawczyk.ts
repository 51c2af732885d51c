/*
 * Solutions of equations in a box, by intervals: Krawczyk, "Newton-Algorithmen zur Bestimmung von Nullstellen mit Fehlerschranken", Computing 4
 * (1969). Whatever solves the equations in the box lies in the image of the box, and where the image lies inside, there is just one.
 */
import { invertMatrix } from './linear-system.ts';

/**
 * Ranges of some numbers.
 *
 * @category Intervals
 */
export interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * What is known in a box of as many functions as there are numbers: where all of them are 0 is looked for.
 *
 * @category Intervals
 */
export interface Linearization {
  /** A point of the box: the middle unless told. */
  readonly centre?: Float64Array;
  /** The functions' values there. */
  readonly values: Float64Array;
  /** The middles of the ranges that their derivatives have in the box, a row for each function. */
  readonly slopes: Float64Array;
  /** By how much the derivatives may differ from that. */
  readonly radii: Float64Array;
}

/**
 * There is no solution in the box; there is just one, which lies in a smaller box, and no further from the centre than `error` in any number; or all that
 * there are lie in a smaller box, the image.
 *
 * @category Intervals
 */
export type BoxVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly box: Box; readonly error: number }
  | {
      readonly kind: 'open';
      readonly image: Box;
      /** By how much derivatives differ in the box, as a step of Newton's method sees it: below 1, steps lead nearer. */
      readonly change: number;
      /** How much of the box the image is. */
      readonly left: number;
    };

const none: BoxVerdict = { kind: 'none' };
/** The inverse is one of the slopes but for rounding, which grows with its entries. */
const worstInverse = 1e6;
const unit = 2 ** -52;
/** Off the middle: solutions such as 1/2 are common, and what lies on a cut is in neither box for good. */
const cutAt = 0.4871;

/**
 * Says what solutions there are in a box.
 *
 * @param rounding more than what rounding adds up to in values and slopes; the result is certain if that is true
 * @category Intervals
 *
 * @example
 * ```ts
 * import { contractBox } from '@mechane/numerics';
 *
 * // x² = 2 between 1 and 2: in the middle, x² - 2 is 1/4; its derivative lies between 2 and 4.
 * const box = { low: Float64Array.of(1), high: Float64Array.of(2) };
 * const values = Float64Array.of(1 / 4);
 * const verdict = contractBox(box, { values, slopes: Float64Array.of(3), radii: Float64Array.of(1) }, 1e-12);
 * verdict.kind; // => 'one'
 * ```
 */
export function contractBox(
  box: Box,
  { centre = middleOf(box), values, slopes, radii }: Linearization,
  rounding: number,
): BoxVerdict {
  const count = values.length;
  const inverse = invertMatrix(slopes.slice(), count);
  if (inverse === undefined) return { kind: 'open', image: box, change: Infinity, left: 1 };
  const [low, high] = [new Float64Array(count), new Float64Array(count)];
  let [isInside, left, change, away] = [true, 1, 0, 0];
  for (let row = 0; row < count; row++) {
    let [move, weight, changes, spread] = [0, 0, 0, 0];
    for (let by = 0; by < count; by++) {
      const entry = inverse[row * count + by] as number;
      move -= entry * (values[by] as number);
      weight += Math.abs(entry);
    }
    if (!(weight < worstInverse)) return { kind: 'open', image: box, change: Infinity, left: 1 };
    for (let column = 0; column < count; column++) {
      // What the inverse times the slopes is short of 1 or 0 comes from rounding only.
      let by = weight * count * unit;
      for (let at = 0; at < count; at++) {
        by += Math.abs(inverse[row * count + at] as number) * ((radii[at * count + column] as number) + rounding);
      }
      const middle = centre[column] as number;
      changes += by;
      spread += by * Math.max((box.high[column] as number) - middle, middle - (box.low[column] as number));
    }
    const off = rounding * (1 + weight);
    const [from, to, own] = [box.low[row] as number, box.high[row] as number, centre[row] as number];
    const [least, most] = [own + move - spread - off, own + move + spread + off];
    if (!(least > from && most < to)) isInside = false;
    low[row] = Math.max(from, least);
    high[row] = Math.min(to, most);
    if ((low[row] as number) > (high[row] as number)) return none;
    left *= ((high[row] as number) - (low[row] as number)) / (to - from);
    change = Math.max(change, changes);
    away = Math.max(away, Math.abs(move) + off);
  }
  const image = { low, high };
  if (isInside) return { kind: 'one', box: image, error: change < 1 ? away / (1 - change) : Infinity };
  return { kind: 'open', image, change, left };
}

/**
 * The two parts of a box, cut across the longest of its sides, or of some of them.
 *
 * @category Intervals
 */
export function cutBox({ low, high }: Box, sides: Iterable<number> = low.keys()): readonly [Box, Box] {
  const widest = widestSide({ low, high }, sides);
  const from = low[widest] as number;
  const cut = from + cutAt * ((high[widest] as number) - from);
  return [
    { low, high: high.with(widest, cut) },
    { low: low.with(widest, cut), high },
  ];
}

/**
 * The longest of the sides of a box, or of some of them.
 *
 * @category Intervals
 */
export function widestSide({ low, high }: Box, sides: Iterable<number> = low.keys()): number {
  let [widest, length] = [0, -Infinity];
  for (const at of sides) {
    const own = (high[at] as number) - (low[at] as number);
    if (own > length) [widest, length] = [at, own];
  }
  return widest;
}

function middleOf({ low, high }: Box): Float64Array {
  return low.map((from, at) => (from + (high[at] as number)) / 2);
}
