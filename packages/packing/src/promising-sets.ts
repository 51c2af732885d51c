import type { DualSimplex } from './dual-simplex.ts';
import { upTo } from './packing.ts';

/** Sets that may still be in, by how much of them is in the relaxation's solution and what they offer above its prices. */
export function promisingSets(lp: DualSimplex): Int32Array {
  const scores = new Float64Array(lp.columns);
  for (let set = 0; set < lp.columns; set++) scores[set] = lp.valueOf(set) + Math.min(0, lp.reduced[set] as number);
  return upTo(lp.columns)
    .filter((set) => lp.upper[set] !== 0)
    .sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}
