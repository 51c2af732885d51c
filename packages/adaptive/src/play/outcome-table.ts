import type { KeptOutcomes } from './kept-outcomes.ts';
import type { Settled } from './settled.ts';
import type { Brought } from './valuation.ts';

/** The most numbers that are kept. */
const largestTable = 2 ** 20;

/**
 * Outcomes by the indices of everybody's bids, filled as they are met. What an outcome is worth to an agent is kept as a line over its values, which
 * turns hindsight into two look-ups and a product; where a mechanism values otherwise, only outcomes are kept.
 */
export class OutcomeTable implements KeptOutcomes {
  readonly #seats: number;
  /** By seat and other seat: how far apart the places of neighbouring bids of the other are, in the order of the seat. */
  readonly #strides: Int32Array;
  /**
   * For each seat, by place in an order of its own: what the outcome is worth to it at a value of 0, and what each unit of value adds. Its own bids lie
   * side by side, so that hindsight reads memory in a row.
   */
  readonly #worths: readonly Float64Array[];
  readonly #settled: (Settled | undefined)[];
  #chosen: Int32Array;
  hasLines = true;

  constructor(sizes: readonly number[]) {
    const count = sizes.length;
    this.#seats = count;
    this.#chosen = new Int32Array(count);
    this.#strides = new Int32Array(count * count);
    const size = sizes.reduce((product, bids) => product * bids, 1);
    for (let seat = 0; seat < count; seat++) {
      let stride = sizes[seat] as number;
      for (let other = 0; other < count; other++) {
        this.#strides[seat * count + other] = other === seat ? 1 : stride;
        if (other !== seat) stride *= sizes[other] as number;
      }
    }
    this.#settled = new Array<Settled | undefined>(size).fill(undefined);
    this.#worths = sizes.map(() => new Float64Array(2 * size).fill(Number.NaN));
  }

  static fits(sizes: readonly number[]): boolean {
    return sizes.reduce((size, bids) => size * bids, sizes.length) <= largestTable;
  }

  turnTo(chosen: Int32Array): void {
    this.#chosen = chosen;
  }

  outcomeOf(seat: number, bid: number): Settled | undefined {
    return this.#settled[this.#placeOf(seat, bid)];
  }

  keepOutcome(seat: number, bid: number, settled: Settled): void {
    this.#settled[this.#placeOf(seat, bid)] = settled;
  }

  read(seat: number, value: number, into: Float64Array): boolean {
    const worths = this.#worths[seat] as Float64Array;
    const { length } = into;
    let sum = 0;
    for (let bid = 0, at = 2 * this.#rowOf(seat); bid < length; bid++, at += 2) {
      const worth = (worths[at] as number) + (worths[at + 1] as number) * value;
      into[bid] = worth;
      sum += worth;
    }
    return !Number.isNaN(sum);
  }

  keepLine(seat: number, bid: number, { intercept, slope, paid }: Brought): void {
    const worths = this.#worths[seat] as Float64Array;
    const place = this.#rowOf(seat) + bid;
    worths[2 * place] = intercept - paid;
    worths[2 * place + 1] = slope;
  }

  dropLines(): boolean {
    this.hasLines = false;
    for (const worths of this.#worths) worths.fill(Number.NaN);
    return true;
  }

  /** Where the bids of a seat begin in its order, the others' being what they are. */
  #rowOf(seat: number): number {
    const count = this.#seats;
    let row = 0;
    for (let other = 0; other < count; other++) {
      if (other !== seat) row += (this.#chosen[other] as number) * (this.#strides[seat * count + other] as number);
    }
    return row;
  }

  /** The place of an outcome where one seat makes a certain bid and the others what they do. */
  #placeOf(seat: number, bid: number): number {
    const count = this.#seats;
    let place = 0;
    for (let other = 0; other < count; other++) {
      place += (other === seat ? bid : (this.#chosen[other] as number)) * (this.#strides[other] as number);
    }
    return place;
  }
}
