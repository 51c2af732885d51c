/*
 * What a search writes down so that its bound can be checked without searching: how it split the bids, the prices that close each case, and
 * the bids that these prices rule in or out. Bids and rows are those of the whole packing, whatever part was being decided.
 */

/** Nothing among the bids in question is worth more than a target; here is why. */
export type Proof = Priced | Covered | Branched | Reduced | Parted | Counted | Unlogged;

/** At these prices nothing is worth more; or bids are in or out in all that is worth more than `beat`, and `next` goes on. */
export interface Priced {
  readonly kind: 'priced';
  readonly rows: Int32Array;
  readonly rowPrices: Float64Array;
  /** Bids of which any two need the same single thing, and what winning one of them costs. */
  readonly cliques: readonly ArrayLike<number>[];
  readonly cliquePrices: Float64Array;
  /** All prices are multiples of this power of two. */
  readonly fraction: number;
  readonly beat: number;
  readonly next: Proof | undefined;
}

/** At these prices, all whole, nothing is worth more. */
export interface Covered {
  readonly kind: 'covered';
  readonly rows: readonly number[];
  readonly rowPrices: readonly number[];
  /** Clique by clique: its price, how many bids it has, and these. */
  readonly cliques: readonly number[];
}

/** The first of these bids that wins, case by case; or none of them does. */
export interface Branched {
  readonly kind: 'branched';
  readonly bids: readonly number[];
  readonly taken: readonly Proof[];
  readonly none: Proof;
}

/** One step of a reduction: a row that another implies, a bid that another dominates, a bid that may win whatever else does. */
export type ReductionStep =
  | { readonly row: number; readonly impliedBy: number }
  | { readonly bid: number; readonly dominatedBy: number }
  | { readonly obvious: number };

export interface Reduced {
  readonly kind: 'reduced';
  readonly steps: readonly ReductionStep[];
  readonly next: Proof;
}

/** Every bid is in one of these parts, and each is bounded on its own. */
export interface Parted {
  readonly kind: 'parted';
  readonly parts: readonly { readonly bids: readonly number[]; readonly bound: number; readonly proof: Proof }[];
}

/** So few bids that trying them all is the proof. */
export interface Counted {
  readonly kind: 'counted';
}

/** What was proved and not written down, for want of room. */
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
