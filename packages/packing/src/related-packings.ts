/*
 * One packing, solved again and again as it changes a little: without some of its sets, as payments by Vickrey, Clarke and Groves ask for,
 * or at other values, as payments in the core do.
 */
import { popcount } from './bitset.ts';
import type { Budget } from './budget.ts';
import { type ConflictGraph, conflictGraphOf, densityOf } from './conflict-graph.ts';
import { few } from './enumerate-few.ts';
import { KnownSelections } from './known-selections.ts';
import { byScore, valuePerRow, WorkingSelection } from './local-search.ts';
import { type Packing, type RowSets, type Selection, setsByRow, upTo, valueOfSets } from './packing.ts';
import type { SearchStatistics } from './search-options.ts';
import { type Narrowed, SharedRelaxation } from './shared-relaxation.ts';
import { type PackingSolution, solveAmong } from './solve-packing.ts';

/** A share of pairs in conflict from which a relaxation that stands already says too little to be worth asking. */
const veryDense = 0.6;

/** Known selections that are repaired to start from. */
const mostRepaired = 3;

/** Known selections that are brought up at once where they are worth more at other values. */
const mostRecalled = 8;

/**
 * Whether to search to the end, until something better is found, or only to take what the relaxation says.
 *
 * @category Search
 */
export type Effort = 'all' | 'until better' | 'quick';

const branchings = { all: 'always', 'until better': 'unless better', quick: 'never' } as const;

/**
 * Solves the same packing again and again: without some of its sets, or at other values. What is known to be possible is where each starts,
 * and one relaxation says which sets matter.
 *
 * @category Search
 * @example
 * ```ts
 * import { Budget, packingOf, RelatedPackings, solvePacking } from '@mechane/packing';
 *
 * const budget = new Budget({ timeLimit: 10 });
 * const packing = packingOf([28, 20, 32], [[0], [1], [0, 1]], [1, 1]);
 * const { selection } = solvePacking(packing, budget);
 * const related = new RelatedPackings(packing, budget);
 * related.without(Uint8Array.of(0, 1, 1), selection).bound; // => 32
 * ```
 */
export class RelatedPackings {
  #packing: Packing;
  readonly #budget: Budget;
  readonly #inRow: RowSets;
  readonly #known = new KnownSelections();
  readonly #order: Int32Array;
  #relaxation: SharedRelaxation | undefined;
  #graph: ConflictGraph | undefined;
  #isDense: boolean | undefined;

  constructor(packing: Packing, budget: Budget) {
    this.#packing = packing;
    this.#budget = budget;
    this.#inRow = setsByRow(packing);
    this.#order = byScore(valuePerRow(packing, 0.5));
  }

  /** Notes a selection to start from. */
  know(selection: Selection): void {
    this.#known.add(selection);
  }

  /** The best of the sets that `others` marks, given the best of all, than which nothing can be worth more. */
  without(others: Uint8Array, before: Selection): PackingSolution {
    this.#known.add(before);
    const known = this.#repaired(others);
    if (known.value === before.value) return this.#settled(known);
    if (others.reduce((count, one) => count + one, 0) <= few || this.#dense()) {
      const there = upTo(others.length).filter((set) => others[set]);
      return solveAmong(this.#packing, there, this.#budget, known);
    }
    const narrowed = this.#shared().narrowed(known, 'always', others);
    const found = this.#decided(narrowed, before.value);
    this.#known.add(found.selection);
    return found;
  }

  /** What is known, without the sets that are not there and with those that fit then. */
  #repaired(others: Uint8Array): Selection {
    let best: Selection = { sets: [], value: -1 };
    const order = this.#order.filter((set) => others[set]);
    for (const { sets } of this.#known.above(-1, this.#packing.values, mostRepaired, others)) {
      const working = new WorkingSelection(this.#packing, this.#inRow);
      for (const set of sets) working.add(set);
      working.fill(order);
      if (working.value > best.value) best = working.selection();
    }
    return best;
  }

  /**
   * The best at other values, or, where some are found at once, selections that are worth more than what is chosen, and more by a margin
   * that rounding does not make.
   */
  at(
    values: Float64Array,
    chosen: Selection,
    { effort, margin }: { readonly effort: Effort; readonly margin: number },
  ): PackingSolution & { readonly better: readonly Selection[] } {
    this.#packing = { ...this.#packing, values };
    // What is not worth more by the margin is worth no more.
    const known = { sets: chosen.sets, value: valueOfSets(this.#packing, chosen.sets) + Math.floor(margin) };
    const isBetter = ({ value }: Selection): boolean => value > known.value;
    if (effort === 'quick') {
      const better = this.#known.above(known.value, values, mostRecalled);
      if (better.length > 0) return { ...this.#settled(known), bound: Infinity, better };
    }
    const whole = (found: PackingSolution): PackingSolution & { readonly better: readonly Selection[] } => {
      const better = [found.selection].filter(isBetter);
      for (const selection of better) this.#known.add(selection);
      return { ...found, better };
    };
    if (this.#packing.sets <= few || this.#dense()) {
      return whole(solveAmong(this.#packing, upTo(this.#packing.sets), this.#budget, known));
    }
    const shared = this.#shared();
    shared.revalue(values);
    const narrowed = shared.narrowed(known, branchings[effort]);
    const better = narrowed.better.filter(isBetter);
    for (const selection of better) this.#known.add(selection);
    if (better.length > 0 || effort === 'quick') {
      return { ...this.#settled(narrowed.selection), bound: narrowed.bound, better };
    }
    return whole(this.#decided(narrowed, Infinity));
  }

  #decided({ bound, selection, sets }: Narrowed, most: number): PackingSolution {
    if (bound <= selection.value) return this.#settled(selection);
    const found = solveAmong(this.#packing, sets, this.#budget, selection);
    return { ...found, bound: Math.max(found.selection.value, Math.min(found.bound, bound, most)) };
  }

  #settled(selection: Selection): PackingSolution {
    const statistics: SearchStatistics = { lpNodes: 0, pivots: 0, cuts: 0 };
    return { selection, bound: selection.value, proof: undefined, nodes: this.#budget.nodes, statistics };
  }

  #dense(): boolean {
    this.#graph ??= conflictGraphOf(this.#packing);
    this.#isDense ??= densityOf(this.#graph, popcount) > veryDense;
    return this.#isDense;
  }

  #shared(): SharedRelaxation {
    this.#graph ??= conflictGraphOf(this.#packing);
    this.#relaxation ??= new SharedRelaxation(this.#packing, this.#graph, this.#budget);
    return this.#relaxation;
  }
}
