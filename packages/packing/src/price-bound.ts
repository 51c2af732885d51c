import type { CutPool } from './cut-pool.ts';
import type { DualSimplex } from './dual-simplex.ts';
import type { Packing } from './packing.ts';
import { exactFraction, roundedPrice } from './prices.ts';
import { type Priced, type Proof, type ProofLog, type Unlogged, unlogged } from './proof.ts';

/** The bound that a relaxation's prices prove, exactly, and what each set offers above them (see prices.ts). */
export class PriceBound {
  /** Nothing is worth more, given which sets are in and out. */
  bound = 0;
  /** By set, its value less the prices of what it needs. */
  readonly above: Float64Array;
  readonly #packing: Packing;
  readonly #cuts: CutPool;
  readonly #log: ProofLog | undefined;
  readonly #fraction: number;
  readonly #rowPrices: Float64Array;
  #cutPrices: Float64Array = new Float64Array(0);

  constructor(packing: Packing, cuts: CutPool, log: ProofLog | undefined) {
    this.#packing = packing;
    this.#cuts = cuts;
    this.#log = log;
    this.#fraction = exactFraction(packing);
    this.#rowPrices = new Float64Array(packing.rows);
    this.above = new Float64Array(packing.sets);
  }

  update(lp: DualSimplex): number {
    const packing = this.#packing;
    const { ofSet, cliques: all } = this.#cuts;
    let bound = 0;
    for (let row = 0; row < packing.rows; row++) {
      const price = roundedPrice((lp.prices[row] as number) * lp.scale, this.#fraction);
      this.#rowPrices[row] = price;
      bound += price * (packing.capacity[row] as number);
    }
    if (this.#cutPrices.length !== all.length) this.#cutPrices = new Float64Array(all.length);
    for (let cut = 0; cut < all.length; cut++) {
      const price = roundedPrice((lp.prices[packing.rows + cut] as number) * lp.scale, this.#fraction);
      this.#cutPrices[cut] = price;
      bound += price;
    }
    const { starts, rowsOf, values } = packing;
    for (let set = 0; set < packing.sets; set++) {
      if (lp.upper[set] === 0) continue;
      let above = values[set] as number;
      for (let at = starts[set] as number; at < (starts[set + 1] as number); at++) {
        above -= this.#rowPrices[rowsOf[at] as number] as number;
      }
      const cliques = ofSet[set] as number[];
      for (let index = 0; index < cliques.length; index++) above -= this.#cutPrices[cliques[index] as number] as number;
      this.above[set] = above;
      if (above > 0 || lp.lower[set] === 1) bound += above;
    }
    this.bound = Math.floor(bound);
    return this.bound;
  }

  /** These prices as a step of a proof, of what is worth more than `best` when these sets are in. */
  step(best: number, lp: DualSimplex): Omit<Priced, 'next'> | Unlogged {
    const { sets, rows, values, capacity, origin } = this.#packing;
    const pricedRows: number[] = [];
    for (let row = 0; row < rows; row++) {
      // Where no room is left, a price says nothing.
      if ((this.#rowPrices[row] as number) > 0 && (capacity[row] as number) > 0) pricedRows.push(row);
    }
    const pricedCuts: number[] = [];
    for (let cut = 0; cut < this.#cutPrices.length; cut++)
      if ((this.#cutPrices[cut] as number) > 0) pricedCuts.push(cut);
    if (!this.#log?.fits(16 + 2 * (pricedRows.length + pricedCuts.length))) return unlogged;
    let beat = best;
    for (let set = 0; set < sets; set++) if (lp.lower[set] === 1) beat -= values[set] as number;
    return {
      kind: 'priced',
      rows: Int32Array.from(pricedRows, (row) => origin.rows[row] as number),
      rowPrices: Float64Array.from(pricedRows, (row) => this.#rowPrices[row] as number),
      cliques: pricedCuts.map((cut) => this.#cuts.named[cut] as Int32Array),
      cliquePrices: Float64Array.from(pricedCuts, (cut) => this.#cutPrices[cut] as number),
      fraction: this.#fraction,
      beat,
    };
  }
}

/** A step after which a proof goes on, or ends. */
export function followed(step: Omit<Priced, 'next'> | Unlogged, next: Proof | undefined): Proof {
  return step.kind === 'unlogged' ? unlogged : { ...step, next };
}
