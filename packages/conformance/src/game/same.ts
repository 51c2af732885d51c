import type { Reports } from '../case.ts';
import { isRecord } from './leaves.ts';
import { reportedIn } from './rounding.ts';

/** How far fractions in outcomes may lie apart that were computed in another order, as a share of their size. */
const fraction = 1e-9;

/** Whether two outcomes of these reports say the same: whole numbers exactly, where sums of what was reported are exact, others nearly. */
export function agree(one: unknown, other: unknown, reports: Reports): boolean {
  if (same(one, other)) return true;
  const { size } = reportedIn([reports]);
  return same(one, other, size > Number.MAX_SAFE_INTEGER ? fraction : { fractions: fraction });
}

/** How close numbers have to be: the same, up to a share of their size, or that where one of them is a fraction. */
export type Closeness = number | { readonly fractions: number };

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
  const areWhole = Number.isSafeInteger(one) && Number.isSafeInteger(other);
  if (typeof tolerance === 'object') return !areWhole && close(one, other, tolerance.fractions);
  return Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other));
}
