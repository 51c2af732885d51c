import { seededRandom } from '@mechane/core';
import { type Packing, packingOf, rowsOfBid } from '../src/winner-determination/packing.ts';

/** Bids on a few rows, small enough to try every way in which the rows can be filled. */
export function randomPacking(seed: number): Packing {
  const random = seededRandom(seed);
  const rows = 3 + random.below(6);
  const copies = random.below(3) === 0;
  const capacity = Array.from({ length: rows }, () => (copies && random.below(3) === 0 ? 2 : 1));
  const bids = 1 + random.below(60);
  const sparse = 2 + random.below(4);
  const rowsOf = Array.from({ length: bids }, () => {
    const wanted = Array.from({ length: rows }, (_, row) => row).filter(() => random.below(sparse) === 0);
    const own = wanted.length === 0 ? [random.below(rows)] : wanted;
    if (own.every((row) => (capacity[row] as number) > 1)) own.push(capacity.push(1) - 1);
    return own;
  });
  const values = rowsOf.map((own) => random.below(own.length * 20));
  return packingOf(values, rowsOf, capacity);
}

/** The best value by dynamic programming over what room is left. Rows that all of their bids fit in are left out. */
export function bestByTrying(packing: Packing): number {
  const wanted = new Int32Array(packing.rows);
  for (const row of packing.rowsOf) wanted[row] = (wanted[row] as number) + 1;
  const binding = [...wanted.keys()].filter((row) => (wanted[row] as number) > (packing.capacity[row] as number));
  let best = new Map<string, number>([[binding.map((row) => packing.capacity[row]).join(), 0]]);
  for (let bid = 0; bid < packing.bids; bid++) {
    const own = new Set(rowsOfBid(packing, bid));
    const next = new Map(best);
    for (const [key, value] of best) {
      const room = key.split(',').map((left, at) => Number(left) - (own.has(binding[at] as number) ? 1 : 0));
      if (room.some((left) => left < 0)) continue;
      const after = room.join();
      next.set(after, Math.max(next.get(after) ?? 0, value + (packing.values[bid] as number)));
    }
    best = next;
  }
  return [...best.values()].reduce((most, value) => Math.max(most, value), 0);
}
