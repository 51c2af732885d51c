import type { DualSimplex } from './dual-simplex.ts';
import { upTo } from './packing.ts';

/** Bids that may still be in, by how much of them wins in the relaxation and what they offer above its prices. */
export function promisingBids(lp: DualSimplex): Int32Array {
  const scores = new Float64Array(lp.columns);
  for (let bid = 0; bid < lp.columns; bid++) scores[bid] = lp.valueOf(bid) + Math.min(0, lp.reduced[bid] as number);
  return upTo(lp.columns)
    .filter((bid) => lp.upper[bid] !== 0)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}
