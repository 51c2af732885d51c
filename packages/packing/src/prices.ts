/*
 * Bounds from prices. Whatever the prices of the rows are, as long as none is negative, no selection is worth more than all capacities at
 * these prices together with what sets offer above the price of what they need (weak duality). Prices are rounded to fractions of a unit
 * that doubles add exactly, so the bound is exact however inexact the prices' origin is.
 */
import type { Packing } from './packing.ts';

/** The largest fraction 2^-n of a unit that sums over this packing can be counted in exactly. */
export function exactFraction({ values, rows }: Pick<Packing, 'values' | 'rows'>): number {
  let total = 1;
  for (const value of values) total += value;
  const bits = 51 - Math.ceil(Math.log2(total)) - Math.ceil(Math.log2(rows + 2) / 4);
  return 2 ** -Math.max(0, Math.min(20, bits));
}

/** A price as a multiple of the fraction, never negative. */
export function roundedPrice(price: number, fraction: number): number {
  return price <= 0 ? 0 : Math.round(price / fraction) * fraction;
}
