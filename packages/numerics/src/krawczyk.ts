/*
 * Solutions of equations in a box, by intervals: Krawczyk, "Newton-Algorithmen zur Bestimmung von Nullstellen mit Fehlerschranken", Computing 4
 * (1969). Whatever solves the equations in the box lies in the image of the box, and where the image lies inside, there is just one.
 */
import { invertMatrix } from './linear-system.ts';

/** Ranges of some numbers. */
export interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What is known in a box of as many functions as there are numbers: where all of them are 0 is looked for. */
export interface Linearization {
  /** The functions' values in the middle of the box. */
  readonly values: Float64Array;
  /** The middles of the ranges that their derivatives have in the box, a row for each function. */
  readonly slopes: Float64Array;
  /** By how much the derivatives may differ from that. */
  readonly radii: Float64Array;
}

/** There is no solution in the box; there is just one, and it lies in a smaller box; or it takes some smaller boxes to know. */
export type BoxVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly box: Box }
  | { readonly kind: 'open'; readonly boxes: readonly Box[] };

const none: BoxVerdict = { kind: 'none' };
/** The inverse is one of the slopes but for rounding, which grows with its entries. */
const worstInverse = 1e6;
/** A box that loses half is looked at again before it is cut. */
const worthwhile = 0.5;
/** Off the middle: solutions such as 1/2 are common, and what lies on a cut is in neither box for good. */
const cutAt = 0.4871;

/**
 * Says what solutions there are in a box.
 *
 * @param rounding more than what rounding adds up to in values and slopes; the result is certain if that is true
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
export function contractBox(box: Box, { values, slopes, radii }: Linearization, rounding: number): BoxVerdict {
  const count = values.length;
  const inverse = invertMatrix(slopes.slice(), count);
  if (inverse === undefined) return { kind: 'open', boxes: parts(box) };
  const radius = box.low.map((low, at) => ((box.high[at] as number) - low) / 2);
  const [low, high] = [new Float64Array(count), new Float64Array(count)];
  let isInside = true;
  let shrunk = 1;
  for (let row = 0; row < count; row++) {
    let [move, spread] = [0, 0];
    let weight = 0;
    for (let by = 0; by < count; by++) {
      const entry = inverse[row * count + by] as number;
      move -= entry * (values[by] as number);
      weight += Math.abs(entry);
      for (let column = 0; column < count; column++) {
        spread += Math.abs(entry) * (radii[by * count + column] as number) * (radius[column] as number);
      }
    }
    spread += rounding * (1 + weight);
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
  if (isInside) return { kind: 'one', box: image };
  return { kind: 'open', boxes: shrunk < worthwhile ? [image] : parts(image) };
}

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
