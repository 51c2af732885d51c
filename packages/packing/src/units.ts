/**
 * How values become whole numbers, so that every sum and comparison in the search is exact.
 *
 * @category Packings
 */
export interface Units {
  /** Units in a value of 1. */
  readonly scale: number;
  /** Whether no value had to be rounded. */
  readonly exact: boolean;
}

/** Sums of units stay below this, so that all whole numbers whose sum can be told from its neighbours count as they are. */
const mostExact = Number.MAX_SAFE_INTEGER;
const mostRounded = 2 ** 40;
const mostDecimals = 9;
/** Of two; beyond, values too small to be told from nothing would become infinite. */
const greatestPower = 1_000;

/**
 * Whole numbers count as they are, decimals in their smallest place, and what is neither in a power of two that keeps 40 bits of
 * the sum of all values.
 *
 * @category Packings
 * @example
 * ```ts
 * import { fromUnits, packingOf, solvePacking, toUnits, unitsFor } from '@mechane/packing';
 *
 * const prices = [2.8, 2, 3.25];
 * const units = unitsFor(prices);
 * units; // => { scale: 100, exact: true }
 * const values = prices.map((price) => toUnits(price, units));
 * const { bound } = solvePacking(packingOf(values, [[0], [1], [0, 1]], [1, 1]));
 * fromUnits(bound, units); // => 4.8
 * ```
 */
export function unitsFor(values: Iterable<number>): Units {
  const all = [...values];
  const total = all.reduce((sum, value) => sum + value, 0);
  for (let decimals = 0, scale = 1; decimals <= mostDecimals && total * scale <= mostExact; decimals++) {
    if (all.every((value) => Math.round(value * scale) / scale === value)) return { scale, exact: true };
    scale *= 10;
  }
  const scale = 2 ** Math.min(greatestPower, Math.floor(Math.log2(mostRounded / total)));
  return { scale, exact: all.every((value) => Number.isInteger(value * scale)) };
}

/**
 * A value in units: what is worth something is worth one at least.
 *
 * @category Packings
 */
export function toUnits(value: number, { scale }: Units): number {
  return value > 0 ? Math.max(1, Math.round(value * scale)) : 0;
}

/**
 * What so many units are worth: the decimal that was meant, not the sum of its roundings.
 *
 * @category Packings
 */
export function fromUnits(units: number, { scale }: Units): number {
  return units / scale;
}
