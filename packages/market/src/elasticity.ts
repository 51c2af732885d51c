import { type Curve, limitsAt } from './curve.ts';

/**
 * The price elasticity of a curve at a price: by how many per cent the quantity changes when the price rises by one (Marshall 1890).
 * Where the curve bends, it is that of lower prices; `null` where the curve jumps or has no quantity.
 *
 * @category Supply and demand
 * @example
 * ```ts
 * import { demandCurve, elasticityAt } from '@mechane/market';
 *
 * const demand = demandCurve({ kind: 'linear', intercept: 100, slope: -2 });
 * elasticityAt(demand, 25); // => -1
 * elasticityAt(demand, 40); // => -4
 * ```
 */
export function elasticityAt(curve: Curve, price: number): number | null {
  const { before, after } = limitsAt(curve, price);
  if (before !== after || before === 0) return null;
  const { knots, finalSlope } = curve;
  const index = knots.findIndex((knot) => knot.price >= price);
  const [from, to] = index === -1 ? [knots.at(-1), undefined] : [knots[index - 1], knots[index]];
  const slope =
    to === undefined ? finalSlope : from === undefined ? 0 : (to.before - from.after) / (to.price - from.price);
  return 0 + (slope * price) / before;
}

/**
 * The elasticity between two points of a curve, `[price, quantity]` each, by the midpoint method: the same in both directions
 * (Allen 1934). `null` where the price or both quantities are the same nothing.
 *
 * @category Supply and demand
 * @example
 * ```ts
 * import { arcElasticity } from '@mechane/market';
 *
 * arcElasticity([4, 120], [6, 80]); // => -1
 * ```
 */
export function arcElasticity(
  [price, quantity]: readonly [price: number, quantity: number],
  [otherPrice, otherQuantity]: readonly [price: number, quantity: number],
): number | null {
  if (price === otherPrice || quantity + otherQuantity === 0) return null;
  const change = (otherQuantity - quantity) / (quantity + otherQuantity);
  return change / ((otherPrice - price) / (price + otherPrice));
}
