/*
 * The linear relaxation of a whole auction, kept for the auctions without one of its bidders: each starts from the basis and the cliques that
 * are there, needs a few steps, and then says which bids can be part of anything better than what is known.
 */
import type { Budget } from './budget.ts';
import { cliqueCuts } from './clique-cuts.ts';
import type { ConflictGraph } from './conflict-graph.ts';
import { DualSimplex } from './dual-simplex.ts';
import { byScore, greedySelection } from './local-search.ts';
import { bidsByRow, type Packing, type RowBids, restricted, rowsOfBid, type Selection } from './packing.ts';
import { exactFraction, roundedPrice } from './prices.ts';
import { bindingRows } from './reduce.ts';

const cutRounds = 12;
const cutsARound = 60;

/** What is left to decide without some bids. */
export interface Narrowed {
  /** Nothing among the other bids is worth more. */
  readonly bound: number;
  /** What greedy makes of the relaxation: where that is whole, the best. */
  readonly selection: Selection;
  /** The bids that something worth more than what is known may be made of. */
  readonly bids: Int32Array;
}

export class MarginalRelaxation {
  readonly #packing: Packing;
  readonly #lp: DualSimplex;
  readonly #cliques: Int32Array[] = [];
  readonly #fraction: number;
  readonly #inRow: RowBids;
  readonly #keepOn: () => boolean;

  constructor(given: Packing, graph: ConflictGraph, budget: Budget) {
    const everyBid = Int32Array.from({ length: given.bids }, (_, bid) => bid);
    const packing = restricted(given, everyBid, bindingRows(given));
    this.#packing = packing;
    this.#fraction = exactFraction(packing);
    this.#inRow = bidsByRow(packing);
    this.#keepOn = () => budget.look();
    this.#lp = new DualSimplex(packing, Math.min(packing.rows + 100, 400));
    this.#lp.solve(-Infinity, this.#keepOn);
    for (let round = 0; round < cutRounds && this.#keepOn(); round++) {
      const solution = Float64Array.from(everyBid, (bid) => this.#lp.valueOf(bid));
      const cuts = cliqueCuts(graph, solution, this.#lp.reduced, cutsARound);
      if (cuts.length === 0) break;
      const before = this.#lp.rows;
      this.#lp.addCuts(cuts);
      this.#cliques.push(...cuts.slice(0, this.#lp.rows - before));
      this.#lp.solve(-Infinity, this.#keepOn);
    }
  }

  /** Narrows down what could be worth more than what is known among the bids that `others` marks. */
  without(others: Uint8Array, known: Selection): Narrowed {
    const lp = this.#lp;
    const { bids } = this.#packing;
    for (let bid = 0; bid < bids; bid++) if (!others[bid]) lp.bind(bid, 0, 0);
    lp.solve((known.value + 0.5) / lp.scale, this.#keepOn);
    const wins = Float64Array.from(others, (there, bid) =>
      there ? lp.valueOf(bid) + Math.min(0, lp.reduced[bid] as number) : -Infinity,
    );
    const order = byScore(wins).filter((bid) => others[bid]);
    const greedy = greedySelection(this.#packing, order, this.#inRow);
    const selection = greedy.value > known.value ? greedy : known;
    const { bound, above } = this.#pricedOut(others);
    for (let bid = 0; bid < bids; bid++) if (!others[bid]) lp.bind(bid, 0, 1);
    const left: number[] = [];
    for (let bid = 0; bid < bids; bid++) {
      if (others[bid] && (above[bid] as number) > selection.value - bound) left.push(bid);
    }
    return { bound, selection, bids: Int32Array.from(left) };
  }

  /** The bound that the current prices prove for these bids, and what each offers above them; exact (see prices.ts). */
  #pricedOut(others: Uint8Array): { bound: number; above: Float64Array } {
    const { bids, rows, values, capacity } = this.#packing;
    const price = (row: number): number =>
      roundedPrice((this.#lp.prices[row] as number) * this.#lp.scale, this.#fraction);
    const prices = Float64Array.from({ length: rows }, (_, row) => price(row));
    let bound = prices.reduce((sum, each, row) => sum + each * (capacity[row] as number), 0);
    const above = values.slice();
    for (let bid = 0; bid < bids; bid++) {
      for (const row of rowsOfBid(this.#packing, bid)) above[bid] = (above[bid] as number) - (prices[row] as number);
    }
    for (const [index, clique] of this.#cliques.entries()) {
      const each = price(rows + index);
      if (each === 0) continue;
      bound += each;
      for (const bid of clique) above[bid] = (above[bid] as number) - each;
    }
    for (let bid = 0; bid < bids; bid++) if (others[bid] && (above[bid] as number) > 0) bound += above[bid] as number;
    return { bound: Math.floor(bound), above };
  }
}
