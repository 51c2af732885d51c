import { type AgentId, paymentsOf } from '@mechane/core';

/** An outcome, and what each agent pays in it, in the order of agents. */
export interface Settled {
  readonly outcome: object;
  readonly payments: Float64Array;
}

/** The most outcomes that are kept. */
export const largestTable: number = 2 ** 18;

/** Outcomes by the indices of everybody's bids, filled as they are met. */
export class OutcomeTable {
  /** How far apart the places of neighbouring bids of an agent are. */
  readonly strides: readonly number[];
  readonly #settled: (Settled | undefined)[];

  constructor(sizes: readonly number[]) {
    let size = 1;
    this.strides = sizes.map((bids) => {
      const stride = size;
      size *= bids;
      return stride;
    });
    this.#settled = new Array<Settled | undefined>(size).fill(undefined);
  }

  static fits(sizes: readonly number[]): boolean {
    return sizes.reduce((size, bids) => size * bids, 1) <= largestTable;
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
