import { type AgentId, paymentsOf } from '@mechane/core';

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
  /** How far apart the places of neighbouring bids of an agent are. */
  readonly strides: Int32Array;
  /** By place and agent: what the outcome is worth at a value of 0, and what each unit of value adds. */
  readonly intercepts: Float64Array;
  readonly slopes: Float64Array;
  readonly #settled: (Settled | undefined)[];
  lines = true;

  constructor(sizes: readonly number[]) {
    let size = 1;
    this.strides = Int32Array.from(sizes, (bids) => {
      const stride = size;
      size *= bids;
      return stride;
    });
    this.#settled = new Array<Settled | undefined>(size).fill(undefined);
    this.intercepts = new Float64Array(size * sizes.length).fill(Number.NaN);
    this.slopes = new Float64Array(size * sizes.length);
  }

  static fits(sizes: readonly number[]): boolean {
    return sizes.reduce((size, bids) => size * bids, sizes.length) <= largestTable;
  }

  at(place: number): Settled | undefined {
    return this.#settled[place];
  }

  keep(place: number, settled: Settled): void {
    this.#settled[place] = settled;
  }
}

export function settle(outcome: object, agents: readonly AgentId[]): Settled {
  const paid = paymentsOf(outcome);
  const payments = new Float64Array(agents.length);
  if (paid) for (let seat = 0; seat < agents.length; seat++) payments[seat] = paid[agents[seat] as AgentId] ?? 0;
  return { outcome, payments };
}
