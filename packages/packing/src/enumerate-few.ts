import type { Packing, Selection } from './packing.ts';

/** So few bids that going through them costs less than looking at them more closely. */
export const few = 16;

/**
 * The most valuable selection of a few bids: each comes in or stays out, in order, as long as what is left can still matter. Among equals it
 * is the first: the one that has the earliest bids.
 */
export function enumerateFew({ bids, values, starts, rowsOf, capacity }: Packing): Selection {
  const room = capacity.slice();
  const left = new Float64Array(bids + 1);
  for (let bid = bids - 1; bid >= 0; bid--) left[bid] = (left[bid + 1] as number) + (values[bid] as number);
  let best = 0;
  let bestSet = 0;
  const visit = (bid: number, value: number, set: number): void => {
    if (value > best) {
      best = value;
      bestSet = set;
    }
    if (bid === bids || value + (left[bid] as number) <= best) return;
    const from = starts[bid] as number;
    const end = starts[bid + 1] as number;
    let at = from;
    while (at < end && (room[rowsOf[at] as number] as number) > 0) at += 1;
    if (at === end) {
      for (at = from; at < end; at++) room[rowsOf[at] as number] = (room[rowsOf[at] as number] as number) - 1;
      visit(bid + 1, value + (values[bid] as number), set | (1 << bid));
      for (at = from; at < end; at++) room[rowsOf[at] as number] = (room[rowsOf[at] as number] as number) + 1;
    }
    visit(bid + 1, value, set);
  };
  visit(0, 0, 0);
  const chosen: number[] = [];
  for (let bid = 0; bid < bids; bid++) if ((bestSet >>> bid) & 1) chosen.push(bid);
  return { bids: chosen, value: best };
}
