import type { Settled } from './settled.ts';
import type { Brought } from './valuation.ts';

/** Outcomes that were met before, or what they are worth, by what was bid. */
export interface KeptOutcomes {
  /** Takes note of what everybody bids, by index; all else is about that. */
  turnTo(chosen: Int32Array): void;
  /** What comes of another bid of a seat, if that is kept. */
  outcomeOf(seat: number, bid: number): Settled | undefined;
  keepOutcome(seat: number, bid: number, settled: Settled): void;
  /** Whether what outcomes are worth is kept, too, as lines over values. */
  readonly hasLines: boolean;
  keepLine(seat: number, bid: number, brought: Brought): void;
  /** What each bid of a seat is worth to it at a value; no number, and `false`, where that is not known. */
  read(seat: number, value: number, into: Float64Array): boolean;
  /** Forgets all lines, and keeps none from now on; whether outcomes are still kept. */
  dropLines(): boolean;
}
