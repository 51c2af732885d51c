import type { Packing, Selection } from './packing.ts';

/** So few sets that going through them costs less than looking at them more closely. */
export const few = 16;

/**
 * The most valuable selection of a few sets: each comes in or stays out, in order, as long as what is left can still matter. Among equals it
 * is the first: the one that has the earliest sets.
 */
export function enumerateFew({ sets, values, starts, rowsOf, capacity }: Packing): Selection {
  const room = capacity.slice();
  const left = new Float64Array(sets + 1);
  for (let set = sets - 1; set >= 0; set--) left[set] = (left[set + 1] as number) + (values[set] as number);
  let best = 0;
  let most = 0;
  const visit = (set: number, value: number, chosen: number): void => {
    if (value > best) {
      best = value;
      most = chosen;
    }
    if (set === sets || value + (left[set] as number) <= best) return;
    const from = starts[set] as number;
    const end = starts[set + 1] as number;
    let at = from;
    while (at < end && (room[rowsOf[at] as number] as number) > 0) at += 1;
    if (at === end) {
      for (at = from; at < end; at++) room[rowsOf[at] as number] = (room[rowsOf[at] as number] as number) - 1;
      visit(set + 1, value + (values[set] as number), chosen | (1 << set));
      for (at = from; at < end; at++) room[rowsOf[at] as number] = (room[rowsOf[at] as number] as number) + 1;
    }
    visit(set + 1, value, chosen);
  };
  visit(0, 0, 0);
  const those: number[] = [];
  for (let set = 0; set < sets; set++) if ((most >>> set) & 1) those.push(set);
  return { sets: those, value: best };
}
