import type { AgentId } from '@mechane/core';
import type { Bidder } from '../bidders/bidder.ts';
import type { Values } from '../population/value-distribution.ts';
import type { ReportOfBid } from './report-field.ts';

/** Somebody who plays round after round. */
export interface Seat {
  readonly agent: AgentId;
  readonly values: Values;
  readonly bidder: Bidder;
  readonly reportOf: ReportOfBid;
}

/**
 * What a round came to. The object is the same in every round: copy what is to be kept.
 *
 * @category Rounds
 */
export interface PlayedRound {
  readonly values: Float64Array;
  /** What each agent bid; no number where it failed to. */
  readonly bids: Float64Array;
  /** What each agent paid; what it received is negative. */
  readonly paid: Float64Array;
  /** The price at which each agent traded, if each has one unit; no number where it did not. */
  readonly prices: Float64Array;
  readonly utilities: Float64Array;
  readonly outcome: object;
  welfare: number;
  bestWelfare: number;
  /** `null` where a share says nothing. */
  efficiency: number | null;
  revenue: number;
  /** The largest payment anybody made. */
  price: number;
  /** How many agents failed to bid. */
  failures: number;
}

/**
 * Hears what each bid of an agent would have brought, where that is known anyway or asked for. Of a bidder without a grid, `chosen` is -1, and what
 * others would have brought is to be asked for.
 */
export type Counterfactuals = (seat: number, value: number, chosen: number, utilities: Float64Array) => void;

/** A stage played round after round. */
export interface RoundPlay {
  readonly seats: readonly Seat[];
  readonly round: PlayedRound;
  /** Whether what other bids would have brought is found without playing them all, so that hindsight costs little. */
  readonly keepsOutcomes: boolean;
  /** Whether the mechanism has drawn randomness, so that bids do not settle outcomes. */
  readonly drew: boolean;
  /** Lets everybody bid, plays, and lets everybody learn. `counterfactuals` is called for those whose other bids are looked at. */
  playRound(counterfactuals?: Counterfactuals, lookAtAll?: boolean): PlayedRound;
  /** What each of these bids of an agent would have brought it in the last round, the others' being what they were. */
  utilitiesOf(seat: number, bids: Float64Array, into: Float64Array): void;
}

/** A round as it is played; what came of it is asked for when it is wanted. */
export class RoundInPlay implements PlayedRound {
  readonly values: Float64Array;
  readonly bids: Float64Array;
  readonly paid: Float64Array;
  readonly prices: Float64Array;
  readonly utilities: Float64Array;
  welfare = 0;
  bestWelfare = 0;
  efficiency: number | null = null;
  revenue = 0;
  price = 0;
  failures = 0;
  readonly #outcome: () => object;

  constructor(seats: number, outcome: () => object) {
    this.values = new Float64Array(seats);
    this.bids = new Float64Array(seats);
    this.paid = new Float64Array(seats);
    this.prices = new Float64Array(seats);
    this.utilities = new Float64Array(seats);
    this.#outcome = outcome;
  }

  // In an object literal, a getter would make every other field slow.
  get outcome(): object {
    return this.#outcome();
  }
}
