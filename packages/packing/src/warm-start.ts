/*
 * What is left of a search, set up so that its relaxation starts where that of the whole stood: with the basis and the cliques that were
 * there. Bids that are in or out by now but still basic stay, at zero, and so do rows without room, so that the basis is the same.
 */
import type { CutPool } from './cut-pool.ts';
import { atLower, type DualSimplex, inBasis, type Standing } from './dual-simplex.ts';
import { type Packing, packingOf, rowsOfBid, upTo } from './packing.ts';

/** A relaxation as it stands. */
export interface WarmStart {
  /** What it is of, with the room that is left. */
  readonly packing: Packing;
  readonly bids: Standing;
  readonly rows: Standing;
  /** Cliques that bind. */
  readonly cliques: readonly BindingClique[];
}

interface BindingClique {
  readonly bids: Int32Array;
  /** The same in bids of the whole packing. */
  readonly named: Int32Array;
  /** Whether one of them is in. */
  readonly isTaken: boolean;
  readonly state: number;
}

/** How a relaxation stands when these bids are in. */
export function standing(packing: Packing, isIn: (bid: number) => boolean, lp: DualSimplex, cuts: CutPool): WarmStart {
  const capacity = packing.capacity.slice();
  for (let bid = 0; bid < packing.bids; bid++) if (isIn(bid)) leaveNoRoom(packing, bid, capacity);
  const cliques: BindingClique[] = [];
  for (const [cut, bids] of cuts.cliques.entries()) {
    const row = packing.rows + cut;
    if (lp.slackIsBasic(row)) continue;
    const named = cuts.named[cut] as Int32Array;
    cliques.push({ bids, named, isTaken: bids.some(isIn), state: lp.stateOf(packing.bids + row) });
  }
  return {
    packing: { ...packing, capacity },
    bids: lp.standing(0, packing.bids),
    rows: lp.standing(packing.bids, packing.rows),
    cliques,
  };
}

/** The same when further bids, by their names in the whole packing, are in. */
export function withTaken(start: WarmStart, names: ReadonlySet<number>): WarmStart {
  if (names.size === 0) return start;
  const { packing } = start;
  const capacity = packing.capacity.slice();
  const isIn = (bid: number): boolean => names.has(packing.origin.bids[bid] as number);
  for (let bid = 0; bid < packing.bids; bid++) if (isIn(bid)) leaveNoRoom(packing, bid, capacity);
  const cliques = start.cliques.map((clique) => ({ ...clique, isTaken: clique.isTaken || clique.bids.some(isIn) }));
  return { ...start, packing: { ...packing, capacity }, cliques };
}

function leaveNoRoom(packing: Packing, bid: number, capacity: Int32Array): void {
  for (const row of rowsOfBid(packing, bid)) capacity[row] = (capacity[row] as number) - 1;
}

/** What is left to decide, and how its relaxation starts. */
export class Remainder {
  /** The bids that are left and those that are neither, in the order of the whole. */
  readonly packing: Packing;
  /** Whether each bid is left to decide. */
  readonly isOpen: Uint8Array;
  readonly #start: WarmStart;
  /** By bid and by row, what they were before; −1 for rows that stand for a clique without room. */
  readonly #bidBefore: Int32Array;
  readonly #rowBefore: Int32Array;
  /** By clique without room. */
  readonly #full: readonly BindingClique[];

  constructor(start: WarmStart, open: Packing) {
    this.#start = start;
    const { packing, bids } = start;
    const left = new Set(open.origin.bids);
    const isLeft = (bid: number): boolean => left.has(packing.origin.bids[bid] as number);
    this.#bidBefore = upTo(packing.bids).filter((bid) => isLeft(bid) || bids.state[bid] === inBasis);
    this.isOpen = Uint8Array.from(this.#bidBefore, (bid) => Number(isLeft(bid)));
    const used = new Uint8Array(packing.rows);
    for (const bid of this.#bidBefore) for (const row of rowsOfBid(packing, bid)) used[row] = 1;
    const contested = new Set(open.origin.rows);
    const rows = upTo(packing.rows).filter(
      // A row that nothing depends on can go if its slack is basic.
      (row) => used[row] && (start.rows.state[row] !== inBasis || contested.has(packing.origin.rows[row] as number)),
    );
    const rank = new Int32Array(packing.rows).fill(-1);
    for (const [index, row] of rows.entries()) rank[row] = index;
    const kept = new Set(this.#bidBefore);
    this.#full = start.cliques.filter(({ isTaken, bids: members }) => isTaken && members.some((bid) => kept.has(bid)));
    this.#rowBefore = Int32Array.from([...rows, ...this.#full.map(() => -1)]);
    const fullOf = new Map<number, number[]>();
    for (const [index, { bids: members }] of this.#full.entries()) {
      for (const bid of members) fullOf.set(bid, [...(fullOf.get(bid) ?? []), rows.length + index]);
    }
    this.packing = packingOf(
      Float64Array.from(this.#bidBefore, (bid) => packing.values[bid] as number),
      Array.from(this.#bidBefore, (bid) => [
        ...rowsOfBid(packing, bid)
          .map((row) => rank[row] as number)
          .filter((row) => row >= 0),
        ...(fullOf.get(bid) ?? []),
      ]),
      [...Array.from(rows, (row) => packing.capacity[row] as number), ...this.#full.map(() => 0)],
      {
        bids: this.#bidBefore.map((bid) => packing.origin.bids[bid] as number),
        rows: this.#rowBefore.map((row) => (row < 0 ? -1 : (packing.origin.rows[row] as number))),
      },
    );
  }

  /** Brings a new relaxation of the packing to where the old one stood. */
  begin(lp: DualSimplex, cuts: CutPool): void {
    const { bids, rows, cliques } = this.#start;
    const bidNow = new Map([...this.#bidBefore].map((before, bid) => [before, bid]));
    const local: Int32Array[] = [];
    const binding: BindingClique[] = [];
    for (const clique of cliques) {
      if (clique.isTaken) continue;
      const members = clique.bids.map((bid) => bidNow.get(bid) ?? -1).filter((bid) => bid >= 0);
      if (members.length === 0) continue;
      local.push(members.sort());
      binding.push(clique);
    }
    cuts.add(
      lp,
      local,
      binding.map(({ named }) => named),
    );
    for (const [bid, isOpen] of this.isOpen.entries()) if (!isOpen) lp.bind(bid, 0, 0);
    const state: number[] = [];
    const steepness: number[] = [];
    const stands = (as: number, steep: number): void => {
      state.push(as);
      steepness.push(steep);
    };
    for (const bid of this.#bidBefore) stands(bids.state[bid] as number, bids.steepness[bid] as number);
    let full = 0;
    for (const row of this.#rowBefore) {
      if (row < 0) stands((this.#full[full++] as BindingClique).state, 1);
      else stands(rows.state[row] as number, rows.steepness[row] as number);
    }
    for (let cut = 0; cut < cuts.cliques.length; cut++) stands(binding[cut]?.state ?? atLower, 1);
    lp.startFrom(state, steepness);
  }
}
