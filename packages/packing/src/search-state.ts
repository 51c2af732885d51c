import { type ConflictGraph, conflictGraphOf } from './conflict-graph.ts';
import { CutPool } from './cut-pool.ts';
import { DualSimplex } from './dual-simplex.ts';
import { type Packing, type RowSets, rowsOfSet, type Selection, setsByRow } from './packing.ts';
import { followed, PriceBound } from './price-bound.ts';
import type { Priced, Proof, Unlogged } from './proof.ts';
import { PseudoCosts } from './pseudo-costs.ts';
import type { SearchOptions } from './search-options.ts';

/** A relaxation that stands already, with sets barred from it that nothing better than the incumbent needs. */
export interface StandingRelaxation {
  readonly lp: DualSimplex;
  readonly cuts: CutPool;
  readonly pseudoCosts: PseudoCosts;
}

/** Prices by which sets were fixed on the way to a node: the proof goes on from each. */
export type FixingSteps = (Omit<Priced, 'next'> | Unlogged)[];

/** Where a search stands: the incumbent, and the relaxation with the sets that are fixed in the current node. */
export class SearchState {
  best: Selection;
  readonly packing: Packing;
  readonly options: SearchOptions;
  readonly lp: DualSimplex;
  readonly cuts: CutPool;
  readonly inRow: RowSets;
  readonly prices: PriceBound;
  readonly pseudoCosts: PseudoCosts;
  /** What the search began with is worth. */
  readonly #floor: number;
  #graph: ConflictGraph | undefined;
  /** Sets whose bounds changed, to be undone on the way back. */
  readonly #trail: number[] = [];

  constructor(
    packing: Packing,
    graph: ConflictGraph | undefined,
    incumbent: Selection,
    options: SearchOptions,
    standing?: StandingRelaxation,
  ) {
    this.packing = packing;
    this.#graph = graph;
    this.options = options;
    this.best = incumbent;
    this.#floor = incumbent.value;
    this.inRow = setsByRow(packing);
    this.lp = standing?.lp ?? new DualSimplex(packing, Math.min(2 * packing.rows + 100, 600));
    this.cuts = standing?.cuts ?? new CutPool(packing.origin.sets, packing.rows);
    this.prices = new PriceBound(packing, this.cuts, options.log);
    this.pseudoCosts = standing?.pseudoCosts ?? new PseudoCosts(packing.sets);
  }

  hasTime = (): boolean => this.options.budget.look();

  /** The bound, in the relaxation's scale, below which nothing better than the incumbent is left. */
  cutoff(): number {
    return (this.best.value + 0.5) / this.lp.scale;
  }

  /** Whether prices prove that nothing is better than the incumbent. */
  isClosed(): boolean {
    return this.prices.bound <= this.best.value;
  }

  /** The proof that the current prices are. */
  closingProof(): Proof {
    return followed(this.prices.step(this.best.value, this.lp), undefined);
  }

  /** Which sets conflict, found when first needed. */
  conflicts(): ConflictGraph {
    this.#graph ??= conflictGraphOf(this.packing);
    return this.#graph;
  }

  /** Keeps a selection where it is better than the incumbent. */
  offer(found: Selection): void {
    if (found.value > this.#floor) this.options.onSelection?.(found);
    if (found.value > this.best.value) this.best = found;
  }

  freeSets(): Int32Array {
    const free: number[] = [];
    for (let set = 0; set < this.packing.sets; set++) if (!this.lp.isFixed(set)) free.push(set);
    return Int32Array.from(free);
  }

  /** How far the trail of fixed sets has come, for {@link undo}. */
  mark(): number {
    return this.#trail.length;
  }

  undo(to: number): void {
    while (this.#trail.length > to) this.lp.bind(this.#trail.pop() as number, 0, 1);
  }

  /** Takes a set in or out. */
  fix(set: number, into: 0 | 1): void {
    if (into) this.take(set);
    else this.#bind(set, 0);
  }

  /** Takes a set; those that no longer fit go. */
  take(set: number): void {
    this.#bind(set, 1);
    const { lp } = this;
    const { starts, setsIn } = this.inRow;
    for (const row of rowsOfSet(this.packing, set)) {
      let room = this.packing.capacity[row] as number;
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        room -= lp.lower[setsIn[at] as number] as number;
      }
      if (room > 0) continue;
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
        const other = setsIn[at] as number;
        if (!lp.isFixed(other)) this.#bind(other, 0);
      }
    }
  }

  /** Takes sets out, or in, that at these prices cannot be otherwise in anything better than the incumbent; whether there were any. */
  fixByPrices(steps: FixingSteps): boolean {
    const { lp } = this;
    const { above, bound } = this.prices;
    const slack = bound - this.best.value;
    const into: number[] = [];
    const out: number[] = [];
    for (let set = 0; set < this.packing.sets; set++) {
      if (lp.isFixed(set)) continue;
      if ((above[set] as number) <= -slack) out.push(set);
      else if ((above[set] as number) >= slack) into.push(set);
    }
    if (into.length + out.length === 0) return false;
    steps.push(this.prices.step(this.best.value, lp));
    for (const set of out) this.#bind(set, 0);
    for (const set of into) if (!lp.isFixed(set)) this.take(set);
    return true;
  }

  #bind(set: number, to: 0 | 1): void {
    this.#trail.push(set);
    this.lp.bind(set, to, to);
  }
}
