import { isRecord } from './leaves.ts';

/** Whether two outcomes say the same: keys in any order, numbers up to `tolerance` of their size. */
export function same(one: unknown, other: unknown, tolerance = 0): boolean {
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

function close(one: number, other: number, tolerance: number): boolean {
  if (Object.is(one, other)) return true;
  return Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one), Math.abs(other));
}
