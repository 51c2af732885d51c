/*
 * The linear relaxation of a whole packing, kept for packings that are nearly the same: without some of the sets, or at other values. Each
 * starts from the basis and the cliques that are there, needs a few steps, and then says which sets can be part of anything better
 * than what is known. Cliques that one finds serve all that follow.
 */
import { popcount } from './bitset.ts';
import { branchFrom } from './branch-and-bound.ts';
import type { Budget } from './budget.ts';
import { cliqueCuts } from './clique-cuts.ts';
import { type ConflictGraph, densityOf } from './conflict-graph.ts';
import { CutPool } from './cut-pool.ts';
import { DualSimplex } from './dual-simplex.ts';
import { exchanged, greedySelection } from './local-search.ts';
import { type Packing, type RowSets, restricted, type Selection, setsByRow, upTo } from './packing.ts';
import { PriceBound } from './price-bound.ts';
import { promisingSets } from './promising-sets.ts';
import { PseudoCosts } from './pseudo-costs.ts';
import { bindingRows } from './reduce.ts';
import type { SearchResult } from './search-options.ts';

const rootRounds = 12;
const furtherRounds = 6;
const cutsARound = 60;
/** So few sets are decided faster by looking at them. */
const fewLeft = 40;
/** Nodes that may be branched on from the relaxation as it stands where many sets conflict: more than this share of pairs. */
const fewNodes = 40;
const dense = 0.5;
/** Selections worth more than what is known that are kept; those of less worth come first and go first. */
const mostBetter = 64;
/** Steps of the walk that looks for better selections. */
const walked = 60;

/** When to branch from the relaxation. */
export type Branching = 'always' | 'unless better' | 'never';

/** What is left to decide. */
export interface Narrowed {
  /** Nothing is worth more. */
  readonly bound: number;
  /** The best that was found, or what was known. */
  readonly selection: Selection;
  /** All that was found and is worth more than what was known. */
  readonly better: readonly Selection[];
  /** The sets that something worth more than the selection may be made of. */
  readonly sets: Int32Array;
}

export class SharedRelaxation {
  readonly #lp: DualSimplex;
  readonly #cuts: CutPool;
  readonly #graph: ConflictGraph;
  readonly #inRow: RowSets;
  readonly #budget: Budget;
  readonly #hasTime: () => boolean;
  readonly #pseudoCosts: PseudoCosts;
  readonly #room: number;
  readonly #dense: boolean;
  #packing: Packing;

  constructor(given: Packing, graph: ConflictGraph, budget: Budget) {
    const packing = restricted(given, upTo(given.sets), bindingRows(given));
    this.#packing = packing;
    this.#graph = graph;
    this.#inRow = setsByRow(packing);
    this.#budget = budget;
    this.#hasTime = () => budget.look();
    this.#pseudoCosts = new PseudoCosts(packing.sets);
    this.#dense = densityOf(graph, popcount) > dense;
    this.#room = Math.min(packing.rows + 100, 400);
    this.#lp = new DualSimplex(packing, this.#room);
    this.#cuts = new CutPool(packing.origin.sets, packing.rows);
    this.#lp.solve(-Infinity, this.#hasTime);
    for (let round = 0; round < rootRounds && this.#hasTime() && this.#cut(); round++) {
      this.#lp.solve(-Infinity, this.#hasTime);
    }
  }

  /** Goes on with other values of the sets. */
  revalue(values: Float64Array): void {
    this.#packing = { ...this.#packing, values };
    this.#lp.revalue(values);
  }

  /** Narrows down what could be worth more than what is known among the sets that `others` marks, or among all. */
  narrowed(known: Selection, branching: Branching, others?: Uint8Array): Narrowed {
    const lp = this.#lp;
    const { sets } = this.#packing;
    const barred: number[] = [];
    const bar = (set: number): void => {
      lp.bind(set, 0, 0);
      barred.push(set);
    };
    if (others) for (let set = 0; set < sets; set++) if (!others[set]) bar(set);
    const prices = new PriceBound(this.#packing, this.#cuts, undefined);
    const better: Selection[] = [];
    let selection = known;
    let bound = Infinity;
    for (let round = 0; ; round++) {
      const status = lp.solve((selection.value + 0.5) / lp.scale, this.#hasTime);
      bound = Math.min(bound, prices.update(lp));
      if (bound <= selection.value) break;
      const improves = (found: Selection): boolean => {
        if (found.value > known.value) better.push(found);
        if (found.value <= selection.value) return false;
        selection = found;
        return true;
      };
      const barAll = (): void => {
        const slack = prices.bound - selection.value;
        for (let set = 0; set < sets; set++) {
          if (!lp.isFixed(set) && (prices.above[set] as number) <= -slack) bar(set);
        }
      };
      barAll();
      const order = promisingSets(lp);
      if (improves(greedySelection(this.#packing, order, this.#inRow))) {
        if (bound <= selection.value) break;
        barAll();
      }
      if (sets - barred.length <= fewLeft) break;
      if (improves(this.#walked(selection, order))) {
        if (bound <= selection.value) break;
        barAll();
      }
      if (round === furtherRounds || status !== 'optimal') break;
      if (!this.#hasTime() || !this.#cut()) break;
    }
    const left = upTo(sets).filter((set) => lp.upper[set] !== 0);
    const isEnough = branching === 'never' || (branching === 'unless better' && better.length > 0);
    if (bound > selection.value && !isEnough && this.#hasTime()) {
      const found = this.#branched(selection, better);
      selection = found.selection;
      bound = Math.min(bound, found.bound);
    }
    for (const set of barred) lp.bind(set, 0, 1);
    return { bound: Math.max(bound, selection.value), selection, better, sets: left };
  }

  /** Branches on; selections worth more than what is known are added to those that are better. */
  #branched(known: Selection, better: Selection[]): SearchResult {
    const standing = { lp: this.#lp, cuts: this.#cuts, pseudoCosts: this.#pseudoCosts };
    const part = this.#budget.part(1, this.#dense ? fewNodes : Infinity);
    const onSelection = (selection: Selection): void => {
      if (better.push(selection) > mostBetter) better.shift();
    };
    const options = { budget: part, onSelection };
    const found = branchFrom(standing, this.#packing, this.#graph, known, options);
    this.#budget.nodes += part.nodes;
    return found;
  }

  #cut(): boolean {
    const lp = this.#lp;
    if (this.#cuts.cliques.length > 0.8 * this.#room) this.#cuts.dropIdle(lp);
    const solution = Float64Array.from({ length: this.#packing.sets }, (_, set) => lp.valueOf(set));
    const before = this.#cuts.cliques.length;
    this.#cuts.add(lp, cliqueCuts(this.#graph, solution, lp.reduced, cutsARound));
    return this.#cuts.cliques.length > before;
  }

  /** Exchanges of what is known for sets that may still matter. */
  #walked(known: Selection, order: Int32Array): Selection {
    const { upper } = this.#lp;
    return exchanged(this.#packing, known, {
      order: order.filter((set) => upper[set] !== 0),
      steps: walked,
      inRow: this.#inRow,
      budget: this.#budget,
    });
  }
}
