/** What a bidder sees of a round after it. */
export interface Experience {
  readonly value: number;
  readonly bid: number;
  /** What the round brought it. */
  readonly utility: number;
  /** Whether it got or gave anything. */
  readonly traded: boolean;
  /** The price of the round: the largest payment anybody made; 0 where nobody paid. */
  readonly price: number;
  /** What another bid would have brought, the others' bids being what they were. */
  utilityOf(bid: number): number;
}

/** A bidder that may bid any number. */
export interface FreeBidder {
  bid(value: number): number;
  learn?(experience: Experience): void;
}

/**
 * A bidder that chooses among finitely many bids, which lets play keep outcomes that it has met before. With `hindsight`, it is told what
 * each of its bids would have brought; otherwise only what the one it made did.
 */
export interface GridBidder {
  readonly grid: Float64Array;
  readonly hindsight: boolean;
  /** The index of its bid. */
  choose(value: number): number;
  /** `utilities` by index of bid; without hindsight, only the chosen one counts. */
  learn(value: number, chosen: number, utilities: Float64Array): void;
  /** How likely it makes each bid at a value. */
  mixtureAt(value: number): Float64Array;
}

export type Bidder = FreeBidder | GridBidder;

export function onGrid(bidder: Bidder): bidder is GridBidder {
  return 'grid' in bidder;
}

/** Which side of a market a bidder is on: a seller's value is its cost. */
export type Side = 'buy' | 'sell';
