import type { AgentId } from '@mechane/core';
import { paymentsOf } from '@mechane/core/host';

/** An outcome, and what each agent pays in it, in the order of agents. */
export interface Settled {
  readonly outcome: object;
  readonly payments: Float64Array;
}

/** The most numbers that are kept. */
const largestTable = 2 ** 20;

/**
 * Outcomes by the indices of everybody's bids, filled as they are met. What an outcome is worth to an agent is kept as a line over its values, which
 * turns hindsight into two look-ups and a product; where a mechanism values otherwise, `lines` is false, and only outcomes are kept.
 */
export class OutcomeTable {
  readonly #seats: number;
  /** By seat and other seat: how far apart the places of neighbouring bids of the other are, in the order of the seat. */
  readonly #strides: Int32Array;
  /**
   * For each seat, by place in an order of its own: what the outcome is worth to it at a value of 0, and what each unit of value adds. Its own bids lie
   * side by side, so that hindsight reads memory in a row.
   */
  readonly #worths: readonly Float64Array[];
  readonly #settled: (Settled | undefined)[];
  lines = true;

  constructor(sizes: readonly number[]) {
    const count = sizes.length;
    this.#seats = count;
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

  /** Where the bids of a seat begin in its order, the others' being what they were. */
  rowOf(seat: number, chosen: Int32Array): number {
    const count = this.#seats;
    let row = 0;
    for (let other = 0; other < count; other++) {
      if (other !== seat) row += (chosen[other] as number) * (this.#strides[seat * count + other] as number);
    }
    return row;
  }

  /** The place of an outcome where one seat makes a certain bid and the others what they chose. */
  placeOf(seat: number, bid: number, chosen: Int32Array): number {
    const count = this.#seats;
    let place = 0;
    for (let other = 0; other < count; other++) {
      place += (other === seat ? bid : (chosen[other] as number)) * (this.#strides[other] as number);
    }
    return place;
  }

  at(place: number): Settled | undefined {
    return this.#settled[place];
  }

  keep(place: number, settled: Settled): void {
    this.#settled[place] = settled;
  }

  /** What each bid of a row is worth to a seat at a value; no number, and `false`, where a line is not known. */
  readRow(seat: number, row: number, value: number, into: Float64Array): boolean {
    const worths = this.#worths[seat] as Float64Array;
    const { length } = into;
    let sum = 0;
    for (let bid = 0, at = 2 * row; bid < length; bid++, at += 2) {
      const worth = (worths[at] as number) + (worths[at + 1] as number) * value;
      into[bid] = worth;
      sum += worth;
    }
    return !Number.isNaN(sum);
  }

  keepLine(seat: number, place: number, intercept: number, slope: number): void {
    const worths = this.#worths[seat] as Float64Array;
    worths[2 * place] = intercept;
    worths[2 * place + 1] = slope;
  }

  /** Forgets all lines, and keeps none from now on. */
  dropLines(): void {
    this.lines = false;
    for (const worths of this.#worths) worths.fill(Number.NaN);
  }
}

export function settle(outcome: object, agents: readonly AgentId[]): Settled {
  const paid = paymentsOf(outcome);
  const payments = new Float64Array(agents.length);
  if (paid) for (let seat = 0; seat < agents.length; seat++) payments[seat] = paid[agents[seat] as AgentId] ?? 0;
  return { outcome, payments };
}
