/**
 * What a bidder sees of a round after it.
 *
 * @category Bidders
 */
export interface Experience {
  readonly value: number;
  readonly bid: number;
  /** What the round brought it. */
  readonly utility: number;
  /** Whether it got or gave anything. */
  readonly traded: boolean;
  /** The price of the round: the largest payment anybody made; 0 where nobody paid. */
  readonly price: number;
  /** What it paid itself; what it received is negative. */
  readonly paid: number;
  /** What another bid would have brought, the others' bids being what they were. */
  utilityOf(bid: number): number;
}

/** An offer in a market where offers are made one after another, as everybody hears it. */
export interface Shout {
  readonly side: Side;
  /** What it was made at; the price of the trade where it was taken. */
  readonly price: number;
  /** Whether it was taken at once. */
  readonly taken: boolean;
}

/** What somebody who hears an offer would offer itself, as the market takes it, and whether it has still to trade. */
export interface Listening {
  readonly offer: number;
  readonly active: boolean;
}

/**
 * A bidder that may bid any number.
 *
 * @category Bidders
 */
export interface FreeBidder {
  bid(value: number): number;
  /** Hears of a round when it is over. */
  learn?(experience: Experience): void;
  /** Hears an offer of anybody's, its own too, where a round is a market in which they are made one after another. */
  hear?(shout: Shout, own: Listening): void;
}

/**
 * A bidder that chooses among finitely many bids, which lets play keep outcomes that it has met before. With `hindsight`, it is told what
 * each of its bids would have brought; otherwise only what the one it made did.
 *
 * @category Bidders
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

/** @category Bidders */
export type Bidder = FreeBidder | GridBidder;

export function onGrid(bidder: Bidder): bidder is GridBidder {
  return 'grid' in bidder;
}

/**
 * Which side of a market a bidder is on: a seller's value is its cost.
 *
 * @category Bidders
 */
export type Side = 'buy' | 'sell';
