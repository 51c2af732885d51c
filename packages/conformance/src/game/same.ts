import type { Reports } from '../case.ts';
import { decimalsIn } from './decimals.ts';
import { isRecord, numbersIn } from './leaves.ts';
import { lostToRounding, reportedIn } from './rounding.ts';

/** How far fractions in outcomes may lie apart that were computed in another order, as a share of their size. */
const fraction = 1e-9;

/**
 * Whether two outcomes of these reports say the same: whole numbers exactly, where all amounts and their sums are whole numbers of the finest decimal
 * among them that doubles hold exactly; fractions nearly; and where sums are not exact, up to what they lose.
 */
export function agree(one: unknown, other: unknown, reports: Reports, settings: unknown): boolean {
  if (same(one, other)) return true;
  const { size } = reportedIn([reports]);
  let finest = 0;
  for (const [, number] of numbersIn([...reports.values(), settings])) finest = Math.max(finest, decimalsIn(number));
  const isExact = size * 10 ** finest <= Number.MAX_SAFE_INTEGER;
  return same(one, other, isExact ? { fractions: fraction } : { share: fraction, lost: lostToRounding(size) });
}

/** How close numbers have to be: the same, up to a share of their size, or that where one of them is a fraction, or that or up to an amount. */
export type Closeness = number | { readonly fractions: number } | { readonly share: number; readonly lost: number };

/** Whether plain data says the same: keys in any order, numbers as close as they have to be. */
export function same(one: unknown, other: unknown, tolerance: Closeness = 0): boolean {
  if (typeof one === 'number' && typeof other === 'number') return close(one, other, tolerance);
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((element, index) => same(element, other[index], tolerance));
  }
  if (isRecord(one) && isRecord(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key], tolerance))
    );
  }
  return Object.is(one, other);
}

function close(one: number, other: number, tolerance: Closeness): boolean {
  if (one === other || Object.is(one, other)) return true;
  if (tolerance === 0) return false;
  if (typeof tolerance === 'object') {
    if ('lost' in tolerance) return Math.abs(one - other) <= tolerance.lost || close(one, other, tolerance.share);
    const areWhole = Number.isSafeInteger(one) && Number.isSafeInteger(other);
    return !areWhole && close(one, other, tolerance.fractions);
  }
  return Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other));
}
