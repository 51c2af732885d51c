/*
 * What a search writes down so that its bound can be checked without searching: how it split the sets, the prices that close each case, and
 * the sets that these prices rule in or out. Sets and rows are those of the whole packing, whatever part was being decided.
 */

/**
 * Nothing among the sets in question is worth more than a target; here is why.
 *
 * @category Proofs
 */
export type Proof = Priced | Covered | Branched | Reduced | Parted | Counted | Unlogged;

/**
 * At these prices nothing is worth more; or sets are in or out in all that is worth more than `beat`, and `next` goes on.
 *
 * @category Proofs
 */
export interface Priced {
  readonly kind: 'priced';
  readonly rows: Int32Array;
  readonly rowPrices: Float64Array;
  /** Sets of which any two need the same single thing, and what having one of them costs. */
  readonly cliques: readonly ArrayLike<number>[];
  readonly cliquePrices: Float64Array;
  /** All prices are multiples of this power of two. */
  readonly fraction: number;
  readonly beat: number;
  readonly next: Proof | undefined;
}

/**
 * At these prices, all whole, nothing is worth more.
 *
 * @category Proofs
 */
export interface Covered {
  readonly kind: 'covered';
  readonly rows: readonly number[];
  readonly rowPrices: readonly number[];
  /** Clique by clique: its price, how many sets it has, and these. */
  readonly cliques: readonly number[];
}

/**
 * The first of these sets that is in, case by case; or none of them is.
 *
 * @category Proofs
 */
export interface Branched {
  readonly kind: 'branched';
  readonly sets: readonly number[];
  readonly taken: readonly Proof[];
  readonly none: Proof;
}

/**
 * One step of a reduction: a row that another implies, a set that another dominates, a set that may be in whatever else is.
 *
 * @category Proofs
 */
export type ReductionStep =
  | { readonly row: number; readonly impliedBy: number }
  | { readonly set: number; readonly dominatedBy: number }
  | { readonly obvious: number };

/** @category Proofs */
export interface Reduced {
  readonly kind: 'reduced';
  readonly steps: readonly ReductionStep[];
  readonly next: Proof;
}

/**
 * Every set is in one of these parts, and each is bounded on its own.
 *
 * @category Proofs
 */
export interface Parted {
  readonly kind: 'parted';
  readonly parts: readonly { readonly sets: readonly number[]; readonly bound: number; readonly proof: Proof }[];
}

/**
 * So few sets that trying them all is the proof.
 *
 * @category Proofs
 */
export interface Counted {
  readonly kind: 'counted';
}

/**
 * What was proved and not written down, for want of room.
 *
 * @category Proofs
 */
export interface Unlogged {
  readonly kind: 'unlogged';
}

export const unlogged: Unlogged = { kind: 'unlogged' };
export const counted: Counted = { kind: 'counted' };

/** How much room there is to write in, in numbers. */
export class ProofLog {
  #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  /** Whether a step of this size still fits. */
  fits(size: number): boolean {
    this.#room -= size;
    return this.#room >= 0;
  }
}
