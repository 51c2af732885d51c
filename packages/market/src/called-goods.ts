import { type AgentId, byCodeUnit, emptyRecord, perAgent } from '@mechane/core';
import type { Bundle } from './utility/utility.ts';

/** What an agent has, and which goods it wants. */
export interface Brought {
  endowment: Record<string, number>;
  wants: string[];
}

/** Of which good, by its number, somebody has how much. */
export type Holding = readonly (readonly [good: number, quantity: number])[];

/**
 * The goods of which prices are called: those that an agent wants which has something. Of some of them there may be none: they have to be so dear
 * that nobody wants them.
 */
export class CalledGoods {
  /** In code unit order. */
  readonly goods: readonly string[];
  /** What everybody has in the end if nothing is traded. */
  readonly endowments: Readonly<Record<AgentId, Bundle>>;
  /** How much there is, also of goods that nobody wants. */
  readonly supplies: Bundle;
  /** What everybody has of these goods. */
  readonly holdings: readonly Holding[];
  /** The number of each good. */
  readonly numberOf: ReadonlyMap<string, number>;
  readonly #supply: Float64Array;

  constructor(participants: readonly AgentId[], brought: ReadonlyMap<AgentId, Brought>) {
    this.endowments = perAgent(participants, (agent) => positivePart(brought.get(agent)?.endowment ?? {}));
    const supplies = emptyRecord<number>();
    const wanted = new Set<string>();
    for (const agent of participants) {
      const held = Object.entries(this.endowments[agent] as Bundle);
      for (const [good, quantity] of held)
        supplies[good] = Math.min(Number.MAX_VALUE, (supplies[good] ?? 0) + quantity);
      if (held.length > 0) for (const good of brought.get(agent)?.wants ?? []) wanted.add(good);
    }
    this.supplies = supplies;
    this.goods = [...wanted].sort(byCodeUnit);
    this.#supply = Float64Array.from(this.goods, (good) => supplies[good] ?? 0);
    this.numberOf = new Map(this.goods.map((good, index) => [good, index]));
    this.holdings = participants.map((agent) =>
      Object.entries(this.endowments[agent] as Bundle).flatMap(([good, quantity]) => {
        const number = this.numberOf.get(good);
        return number === undefined ? [] : [[number, quantity] as const];
      }),
    );
  }

  /** Numbers in the order of the goods, by name. */
  named(numbers: ArrayLike<number>): Record<string, number> {
    let index = 0;
    return perAgent(this.goods, () => numbers[index++] as number);
  }

  /** Prices by name, with those of goods that nobody wants: they cost nothing. */
  allNamed(prices: Bundle): Record<string, number> {
    const all = [...new Set([...this.goods, ...Object.keys(this.supplies)])].sort(byCodeUnit);
    return perAgent(all, (good) => prices[good] ?? 0);
  }

  /** By how much demand exceeds supply, as a part of supply. Where there is none, any demand exceeds it without limit. */
  excess(demands: Iterable<Bundle>): number[] {
    const sums = new Float64Array(this.goods.length);
    for (const held of demands) {
      this.goods.forEach((good, index) => {
        sums[index] = (sums[index] as number) + (held[good] ?? 0);
      });
    }
    return this.excessOf(sums);
  }

  /** The excess where so much is wanted of each good. */
  excessOf(sums: Float64Array): number[] {
    return Array.from(sums, (sum, index) => {
      const supply = this.#supply[index] as number;
      return supply === 0 && sum === 0 ? 0 : Math.min(Number.MAX_VALUE, sum / supply - 1);
    });
  }

  /** The largest excess; of what is left over, no more counts than what its owners live on. */
  worstOf(excess: readonly number[], prices: readonly number[]): number {
    const dependences = this.#dependences(prices);
    return excess.reduce(
      (worst, over, j) => Math.max(worst, over >= 0 ? over : Math.min(-over, dependences[j] as number)),
      0,
    );
  }

  /** By good: the largest part of anybody's income that comes from it. */
  #dependences(prices: readonly number[]): Float64Array {
    const dependences = new Float64Array(prices.length);
    for (const holding of this.holdings) {
      const income = holding.reduce((sum, [good, quantity]) => sum + quantity * (prices[good] as number), 0);
      if (income === 0) continue;
      for (const [good, quantity] of holding)
        dependences[good] = Math.max(dependences[good] as number, (quantity * (prices[good] as number)) / income);
    }
    return dependences;
  }

  /** The demands at prices that clear, cut to what there is; goods outside the market stay where they are. */
  traded(demands: ReadonlyMap<AgentId, Bundle>): Record<AgentId, Record<string, number>> {
    const taken = emptyRecord<number>();
    for (const held of demands.values())
      for (const [good, quantity] of Object.entries(held)) taken[good] = (taken[good] ?? 0) + quantity;
    return perAgent(demands.keys(), (agent) => {
      const holding = emptyRecord<number>();
      for (const [good, quantity] of Object.entries(demands.get(agent) as Bundle)) {
        const supply = this.supplies[good] ?? 0;
        if (quantity > 0 && supply > 0) holding[good] = quantity * Math.min(1, supply / (taken[good] as number));
      }
      for (const [good, quantity] of Object.entries(this.endowments[agent] as Bundle))
        if (!((taken[good] ?? 0) > 0)) holding[good] = quantity;
      return holding;
    });
  }
}

function positivePart(endowment: Bundle): Record<string, number> {
  const held = emptyRecord<number>();
  for (const [good, quantity] of Object.entries(endowment)) if (quantity > 0) held[good] = quantity;
  return held;
}
