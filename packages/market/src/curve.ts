import { noCommonSide } from './errors.ts';

/**
 * A price at which a curve bends or jumps: the quantity just before it and just after.
 *
 * @category Supply and demand
 */
export interface Knot {
  readonly price: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Demand or supply as a function of the price: straight between knots, constant before the first (nothing, for supply), and after the last
 * rising by `finalSlope`. Demand never rises and supply never falls. Made by `demandCurve` and `supplyCurve`.
 *
 * @category Supply and demand
 */
export interface Curve {
  readonly side: 'demand' | 'supply';
  readonly knots: readonly Knot[];
  readonly finalSlope: number;
}

/** The quantity of a curve just before and just after a price. */
export function limitsAt(
  { knots, finalSlope }: Curve,
  price: number,
): { readonly before: number; readonly after: number } {
  let [low, high] = [0, knots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((knots[middle] as Knot).price < price) low = middle + 1;
    else high = middle;
  }
  const next = knots[low];
  if (next?.price === price) return next;
  const last = knots[low - 1];
  if (last === undefined) {
    const quantity = next?.before ?? 0;
    return { before: quantity, after: quantity };
  }
  const quantity =
    next === undefined
      ? last.after + finalSlope * (price - last.price)
      : last.after + ((next.before - last.after) * (price - last.price)) / (next.price - last.price);
  return { before: quantity, after: quantity };
}

/**
 * How much is demanded or supplied at a price, counting those to whom it makes no difference.
 *
 * @category Supply and demand
 */
export function quantityAt(curve: Curve, price: number): number {
  const { before, after } = limitsAt(curve, price);
  return curve.side === 'demand' ? before : after;
}

/**
 * The sum of several curves of one side, quantity by quantity.
 *
 * @throws MechaneError `invalid-settings` when demand and supply are mixed or there is no curve.
 * @category Supply and demand
 *
 * @example
 * ```ts
 * import { aggregate, demandCurve, quantityAt } from '@mechane/market';
 *
 * const rich = demandCurve({ kind: 'linear', intercept: 10, slope: -1 });
 * const poor = demandCurve({ kind: 'linear', intercept: 10, slope: -5 });
 * const both = aggregate([rich, poor]);
 * [quantityAt(both, 1), quantityAt(both, 4)]; // => [14, 6]
 * ```
 */
export function aggregate(curves: readonly Curve[]): Curve {
  const [first] = curves;
  if (first === undefined) throw noCommonSide(curves.length);
  const { side } = first;
  if (curves.some((curve) => curve.side !== side)) throw noCommonSide(curves.length);
  const prices = [...new Set(curves.flatMap(({ knots }) => knots.map(({ price }) => price)))].sort((a, b) => a - b);
  const knots = prices.map((price): Knot => {
    let [before, after] = [0, 0];
    for (const curve of curves) {
      const limits = limitsAt(curve, price);
      before += limits.before;
      after += limits.after;
    }
    return { price, before, after };
  });
  return { side, knots, finalSlope: curves.reduce((sum, { finalSlope }) => sum + finalSlope, 0) };
}

/** Everybody demands or supplies so many times as much. */
export function scaled({ side, knots, finalSlope }: Curve, factor: number): Curve {
  const more = knots.map(({ price, before, after }) => ({ price, before: factor * before, after: factor * after }));
  return { side, knots: more, finalSlope: factor * finalSlope };
}

/** A curve that has the quantities of this one at prices so much higher. */
export function shifted({ side, knots, finalSlope }: Curve, by: number): Curve {
  return { side, knots: knots.map((knot) => ({ ...knot, price: knot.price + by })), finalSlope };
}

/** A curve that has the quantities of this one at prices so many times as high. */
export function stretched({ side, knots, finalSlope }: Curve, factor: number): Curve {
  const dearer = knots.map((knot) => ({ ...knot, price: factor * knot.price }));
  return { side, knots: dearer, finalSlope: finalSlope / factor };
}

/** The area under a curve between two prices; the second may be infinite. */
export function areaUnder(curve: Curve, from: number, to: number): number {
  if (!(from < to)) return 0;
  const { knots, finalSlope } = curve;
  const end = knots.at(-1);
  if (to === Number.POSITIVE_INFINITY) {
    const rest = finalSlope > 0 || (end !== undefined && (end.after > 0 || end.price === to));
    return rest ? to : areaUnder(curve, from, Math.max(from, ...knots.slice(-1).map(({ price }) => price)));
  }
  let area = 0;
  let left = from;
  for (const price of [...knots.map((knot) => knot.price).filter((inner) => inner > from && inner < to), to]) {
    area += ((limitsAt(curve, left).after + limitsAt(curve, price).before) / 2) * (price - left);
    left = price;
  }
  return area;
}
