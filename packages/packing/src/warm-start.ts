/*
 * What is left of a search, set up so that its relaxation starts where that of the whole stood: with the basis and the cliques that were
 * there. Sets that are in or out by now but still basic stay, at zero, and so do rows without room, so that the basis is the same.
 */
import type { CutPool } from './cut-pool.ts';
import { atLower, type DualSimplex, inBasis, type Standing } from './dual-simplex.ts';
import { laidOut, type Packing, rowsOfSet, upTo } from './packing.ts';

/** A relaxation as it stands. */
export interface WarmStart {
  /** What it is of, with the room that is left. */
  readonly packing: Packing;
  readonly sets: Standing;
  readonly rows: Standing;
  /** Cliques that bind. */
  readonly cliques: readonly BindingClique[];
}

interface BindingClique {
  readonly sets: Int32Array;
  /** Its sets by their names in the whole packing. */
  readonly named: Int32Array;
  /** Whether one of them is in. */
  readonly isTaken: boolean;
  readonly state: number;
}

/** How a relaxation stands when these sets are in. */
export function standing(packing: Packing, isIn: (set: number) => boolean, lp: DualSimplex, cuts: CutPool): WarmStart {
  const capacity = packing.capacity.slice();
  for (let set = 0; set < packing.sets; set++) if (isIn(set)) leaveNoRoom(packing, set, capacity);
  const cliques: BindingClique[] = [];
  for (const [cut, sets] of cuts.cliques.entries()) {
    const row = packing.rows + cut;
    if (lp.slackIsBasic(row)) continue;
    const named = cuts.named[cut] as Int32Array;
    cliques.push({ sets, named, isTaken: sets.some(isIn), state: lp.stateOf(packing.sets + row) });
  }
  return {
    packing: { ...packing, capacity },
    sets: lp.standing(0, packing.sets),
    rows: lp.standing(packing.sets, packing.rows),
    cliques,
  };
}

/** How a relaxation stands once further sets are in, which are given by their names in the whole packing. */
export function withTaken(start: WarmStart, names: ReadonlySet<number>): WarmStart {
  if (names.size === 0) return start;
  const { packing } = start;
  const capacity = packing.capacity.slice();
  const isIn = (set: number): boolean => names.has(packing.origin.sets[set] as number);
  for (let set = 0; set < packing.sets; set++) if (isIn(set)) leaveNoRoom(packing, set, capacity);
  const cliques = start.cliques.map((clique) => ({ ...clique, isTaken: clique.isTaken || clique.sets.some(isIn) }));
  return { ...start, packing: { ...packing, capacity }, cliques };
}

function leaveNoRoom(packing: Packing, set: number, capacity: Int32Array): void {
  for (const row of rowsOfSet(packing, set)) capacity[row] = (capacity[row] as number) - 1;
}

/** What is left to decide, and how its relaxation starts. */
export class Remainder {
  /** The sets that are left and those that are neither, in the order of the whole. */
  readonly packing: Packing;
  /** Whether each set is left to decide. */
  readonly isOpen: Uint8Array;
  readonly #start: WarmStart;
  /** By set and by row, what they were before; −1 for rows that stand for a clique without room. */
  readonly #setBefore: Int32Array;
  readonly #rowBefore: Int32Array;
  /** By clique without room. */
  readonly #full: readonly BindingClique[];

  constructor(start: WarmStart, open: Packing) {
    this.#start = start;
    const { packing, sets } = start;
    const left = new Set(open.origin.sets);
    const isLeft = (set: number): boolean => left.has(packing.origin.sets[set] as number);
    this.#setBefore = upTo(packing.sets).filter((set) => isLeft(set) || sets.state[set] === inBasis);
    this.isOpen = Uint8Array.from(this.#setBefore, (set) => Number(isLeft(set)));
    const used = new Uint8Array(packing.rows);
    for (const set of this.#setBefore) for (const row of rowsOfSet(packing, set)) used[row] = 1;
    const contested = new Set(open.origin.rows);
    const rows = upTo(packing.rows).filter(
      // A row that nothing depends on can go if its slack is basic.
      (row) => used[row] && (start.rows.state[row] !== inBasis || contested.has(packing.origin.rows[row] as number)),
    );
    const rank = new Int32Array(packing.rows).fill(-1);
    for (const [index, row] of rows.entries()) rank[row] = index;
    const kept = new Set(this.#setBefore);
    this.#full = start.cliques.filter(({ isTaken, sets: members }) => isTaken && members.some((set) => kept.has(set)));
    this.#rowBefore = Int32Array.from([...rows, ...this.#full.map(() => -1)]);
    const fullOf = new Map<number, number[]>();
    for (const [index, { sets: members }] of this.#full.entries()) {
      for (const set of members) fullOf.set(set, [...(fullOf.get(set) ?? []), rows.length + index]);
    }
    this.packing = laidOut(
      Float64Array.from(this.#setBefore, (set) => packing.values[set] as number),
      Array.from(this.#setBefore, (set) => [
        ...rowsOfSet(packing, set)
          .map((row) => rank[row] as number)
          .filter((row) => row >= 0),
        ...(fullOf.get(set) ?? []),
      ]),
      [...Array.from(rows, (row) => packing.capacity[row] as number), ...this.#full.map(() => 0)],
      {
        sets: this.#setBefore.map((set) => packing.origin.sets[set] as number),
        rows: this.#rowBefore.map((row) => (row < 0 ? -1 : (packing.origin.rows[row] as number))),
      },
    );
  }

  /** Brings a new relaxation of the packing to where the old one stood. */
  begin(lp: DualSimplex, cuts: CutPool): void {
    const { sets, rows, cliques } = this.#start;
    const setNow = new Map([...this.#setBefore].map((before, set) => [before, set]));
    const local: Int32Array[] = [];
    const binding: BindingClique[] = [];
    for (const clique of cliques) {
      if (clique.isTaken) continue;
      const members = clique.sets.map((set) => setNow.get(set) ?? -1).filter((set) => set >= 0);
      if (members.length === 0) continue;
      local.push(members.sort());
      binding.push(clique);
    }
    cuts.add(
      lp,
      local,
      binding.map(({ named }) => named),
    );
    for (const [set, isOpen] of this.isOpen.entries()) if (!isOpen) lp.bind(set, 0, 0);
    const state: number[] = [];
    const steepness: number[] = [];
    const stands = (as: number, steep: number): void => {
      state.push(as);
      steepness.push(steep);
    };
    for (const set of this.#setBefore) stands(sets.state[set] as number, sets.steepness[set] as number);
    let full = 0;
    for (const row of this.#rowBefore) {
      if (row < 0) stands((this.#full[full++] as BindingClique).state, 1);
      else stands(rows.state[row] as number, rows.steepness[row] as number);
    }
    for (let cut = 0; cut < cuts.cliques.length; cut++) stands(binding[cut]?.state ?? atLower, 1);
    lp.startFrom(state, steepness);
  }
}
