import { minimum, Rational } from '@mechane/numerics';
import { exactNumber } from '../exact-number.ts';

/**
 * One player's payoffs at all profiles, in the order of the game's `strides`.
 *
 * @category Games in tables
 */
export type Payoffs = readonly Rational[] | Float64Array;

/** A player's payoffs between 0 and 1: less the lowest, as shares of their range. No comparison of what they come to is another. */
export interface PayoffShares {
  readonly low: number;
  /** Half of the range: it does not overflow where payoffs do not. */
  readonly halfRange: number;
  readonly shares: Float64Array;
}

/** How many times the range decimals may be away from 0, so that little of their differences is lost in doubles. */
const farthest = 64;
/** Doubles nearer to 0 have fewer digits. */
const smallest = 1e-290;

/**
 * Payoffs as shares of their range, each rounded once: what payoffs have in common, however large, is taken away exactly before.
 */
export function sharesOf(payoffs: Payoffs): PayoffShares {
  const doubles = nearestDoubles(payoffs);
  const range = rangeInDoubles(payoffs, doubles);
  if (range === undefined) return exactly(payoffs);
  const { low, halfRange } = range;
  return {
    low,
    halfRange,
    shares:
      halfRange === 0 ? new Float64Array(doubles.length) : doubles.map((payoff) => (payoff / 2 - low / 2) / halfRange),
  };
}

/** What payoffs have in common that doubles of their differences do not bear: their lowest, or else 0. */
export function commonPart(payoffs: readonly Rational[]): Rational {
  return rangeInDoubles(payoffs, nearestDoubles(payoffs)) === undefined ? minimum(payoffs) : Rational.zero;
}

/** Doubles that are payoffs less a level, in units of twice a half. */
export interface MeasuredPayoffs {
  readonly level: number;
  readonly halfUnit: number;
  readonly values: Float64Array;
}

/** The nearest doubles to payoffs where those bear their differences, and else their shares of the range. */
export function measured(payoffs: Payoffs): MeasuredPayoffs {
  const doubles = nearestDoubles(payoffs);
  if (rangeInDoubles(payoffs, doubles) !== undefined) return { level: 0, halfUnit: 0.5, values: doubles };
  const { low, halfRange, shares } = exactly(payoffs);
  return { level: low, halfUnit: halfRange, values: shares };
}

function nearestDoubles(payoffs: Payoffs): Float64Array {
  return payoffs instanceof Float64Array ? payoffs : Float64Array.from(payoffs, (payoff) => payoff.toNumber());
}

/** The range of payoffs, if that of their doubles and the differences in it are as good. */
function rangeInDoubles(payoffs: Payoffs, doubles: Float64Array): Pick<PayoffShares, 'low' | 'halfRange'> | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const payoff of doubles) {
    if (payoff < low) low = payoff;
    if (payoff > high) high = payoff;
  }
  const halfRange = high / 2 - low / 2;
  if (payoffs === doubles && low === high) return { low, halfRange: 0 };
  const isFar = Math.max(Math.abs(low), Math.abs(high)) / 2 > farthest * halfRange;
  // Differences of whole numbers are exact.
  const isWhole = (): boolean => payoffs === doubles && doubles.every((payoff) => Number.isSafeInteger(payoff));
  return (isFar && !isWhole()) || !(halfRange > smallest && halfRange < Infinity) ? undefined : { low, halfRange };
}

/** Payoffs less what they have in common, in doubles. */
export interface Levelled {
  readonly level: number;
  readonly differences: Float64Array;
}

/** Payoffs less a level, which is 0 where doubles bear their differences anyway. */
export function levelled(payoffs: Payoffs): Levelled {
  const doubles = nearestDoubles(payoffs);
  if (payoffs.length === 0 || rangeInDoubles(payoffs, doubles) !== undefined) return { level: 0, differences: doubles };
  const exact = Array.from({ length: payoffs.length }, (_, index) => exactAt(payoffs, index));
  const low = minimum(exact);
  return {
    level: finite(low.toNumber()),
    differences: Float64Array.from(exact, (payoff) => finite(payoff.minus(low).toNumber())),
  };
}

function exactAt(payoffs: Payoffs, index: number): Rational {
  const payoff = payoffs[index] as number | Rational;
  return payoff instanceof Rational ? payoff : exactNumber(payoff);
}

function exactly(payoffs: Payoffs): PayoffShares {
  const at = (index: number): Rational => exactAt(payoffs, index);
  let low = at(0);
  let high = low;
  for (let index = 1; index < payoffs.length; index++) {
    const payoff = at(index);
    if (payoff.isLess(low)) low = payoff;
    if (high.isLess(payoff)) high = payoff;
  }
  const range = high.minus(low);
  return {
    low: finite(low.toNumber()),
    halfRange: finite(range.over(Rational.of(2)).toNumber()),
    shares: Float64Array.from({ length: payoffs.length }, (_, index) =>
      range.sign === 0 ? 0 : at(index).minus(low).over(range).toNumber(),
    ),
  };
}

/** The nearest double that is finite. */
export function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
