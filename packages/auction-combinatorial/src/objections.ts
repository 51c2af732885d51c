import type { AgentId } from '@mechane/core';
import {
  type Budget,
  componentsOf,
  type Effort,
  type Packing,
  packingOf,
  RelatedPackings,
  restricted,
  rowsOfSet,
  type Selection,
  toUnits,
  unitsFor,
} from '@mechane/packing';
import { type AuctionPacking, bidsByAgent, type PlacedBid } from './auction-packing.ts';
import { unprovedOptimum } from './unproved-optimum.ts';

/** A coalition that could do better by itself than the winners who are not in it pay. */
export interface Objection {
  readonly coalition: readonly AgentId[];
  /** Winners who are not in the coalition, as positions. */
  readonly outside: readonly number[];
  /** What they must pay together, in units. */
  readonly least: number;
}

/** What some of the winners pay together, or all. */
export function total(point: Float64Array, coordinates: Iterable<number> = point.keys()): number {
  let sum = 0;
  for (const at of coordinates) sum += point[at] as number;
  return sum;
}

/**
 * Finds coalitions that object to payments: the best allocation when every winner may also keep its surplus and stay out. Where at most one
 * bid of a winner can win, its bids are worth less by its surplus; where several can, staying out stands as a bid of its own.
 */
export class Objections {
  readonly #auction: AuctionPacking;
  readonly #winners: readonly AgentId[];
  readonly #highest: Float64Array;
  readonly #chosen: Selection;
  readonly #packing: Packing;
  /** By bid, the winner whose surplus it is worth less by; and by winner, the bid that stands for staying out. */
  readonly #lessBy: Int32Array;
  readonly #stays: readonly (number | undefined)[];
  readonly #related: RelatedPackings;
  readonly #budget: Budget;

  constructor(
    auction: AuctionPacking,
    winners: readonly AgentId[],
    highest: Float64Array,
    chosen: Selection,
    budget: Budget,
  ) {
    const { packing, bids, oneOfThese } = auction;
    this.#auction = auction;
    this.#winners = winners;
    this.#highest = highest;
    this.#chosen = chosen;
    this.#budget = budget;
    const rows: number[][] = bids.map((_, bid) => [...rowsOfSet(packing, bid)]);
    const capacity = [...packing.capacity];
    const values = [...packing.values];
    const ofAgent = bidsByAgent(auction, bids.keys());
    this.#lessBy = new Int32Array(bids.length).fill(-1);
    this.#stays = winners.map((agent, winner) => {
      const bidsOf = ofAgent.get(agent) as readonly number[];
      if (bidsOf.length === 1 || oneOfThese.has(agent)) {
        for (const bid of bidsOf) this.#lessBy[bid] = winner;
        return undefined;
      }
      const own: number[] = [];
      for (const bid of bidsOf) {
        own.push(capacity.push(1) - 1);
        rows[bid]?.push(capacity.length - 1);
      }
      values.push(highest[winner] as number);
      return rows.push(own) - 1;
    });
    // Values that are exact by themselves need not be together with what winners keep.
    const empty = packingOf(
      values.map(() => 0),
      rows,
      capacity,
    );
    this.#packing = { ...empty, values: Float64Array.from(values) };
    this.#related = new RelatedPackings(this.#packing, budget);
  }

  /** Notes a selection that may make a coalition object. */
  consider(selection: Selection): void {
    this.#related.know(selection);
  }

  /** Some coalitions that object to these payments; none only where that is proved, or where not all effort is asked for. */
  to(payments: Float64Array, tolerance: number, effort: 'all' | 'quick'): readonly Objection[] {
    const worth = this.#worthAt(payments);
    for (const each of effort === 'quick' ? (['quick'] as const) : (['until better', 'all'] as const)) {
      const { found, gap } = this.#found(worth, payments, tolerance, each);
      if (found.length > 0 || gap === 0 || effort === 'quick') return found;
      if (each === 'all') throw unprovedOptimum({ rule: 'core', gap }, this.#budget);
    }
    return [];
  }

  /** What bids are worth where winners keep their surplus unless they take part. */
  #worthAt(payments: Float64Array): Float64Array {
    const worth = this.#packing.values.slice();
    for (const [bid, winner] of this.#lessBy.entries()) {
      if (winner >= 0) worth[bid] = Math.max(0, (worth[bid] as number) - this.#surplus(winner, payments));
    }
    for (const [winner, stay] of this.#stays.entries()) {
      if (stay !== undefined) worth[stay] = this.#surplus(winner, payments);
    }
    return worth;
  }

  /** Coalitions that object, and what share of the bound is not proved to be unreachable. */
  #found(
    worth: Float64Array,
    payments: Float64Array,
    tolerance: number,
    effort: Effort,
  ): { readonly found: readonly Objection[]; readonly gap: number } {
    const units = unitsFor(worth);
    const { selection, bound, better } = this.#related.at(
      worth.map((value) => toUnits(value, units)),
      this.#chosen,
      { effort, margin: tolerance * units.scale },
    );
    const gap = bound === selection.value ? 0 : (bound - selection.value) / bound;
    const real = ({ outside, least }: Objection): boolean => least - total(payments, outside) > tolerance;
    const worthy = better.map(({ sets }) => sets.filter((bid) => (worth[bid] as number) > 0));
    const changes = worthy
      .flatMap((bids) => this.#changes(bids))
      .map((bids) => this.#objection(bids))
      .filter(real);
    // Changes that are each too small to count may not be so together.
    const found = changes.length > 0 ? changes : worthy.map((bids) => this.#objection(bids)).filter(real);
    return { found, gap };
  }

  /** The changes to what is chosen that another selection is made of: those that touch no common row could each be made alone. */
  #changes(bids: readonly number[]): readonly (readonly number[])[] {
    const before = new Set(this.#chosen.sets);
    const after = new Set(bids);
    const came = bids.filter((bid) => !before.has(bid));
    const went = this.#chosen.sets.filter((bid) => !after.has(bid));
    const changed = Int32Array.from([...came, ...went]);
    const parts = componentsOf(restricted(this.#packing, changed));
    return parts.map((part) => {
      const own = new Set(Array.from(part, (at) => changed[at] as number));
      return [...this.#chosen.sets.filter((bid) => !own.has(bid)), ...came.filter((bid) => own.has(bid))];
    });
  }

  #surplus(winner: number, payments: Float64Array): number {
    return Math.max(0, (this.#highest[winner] as number) - (payments[winner] as number));
  }

  #objection(chosen: readonly number[]): Objection {
    const { bids, packing } = this.#auction;
    const coalition = new Set<AgentId>();
    let least = 0;
    for (const bid of chosen) {
      if (bid >= bids.length) continue;
      coalition.add((bids[bid] as PlacedBid).agent);
      least += packing.values[bid] as number;
    }
    const outside: number[] = [];
    for (const [winner, agent] of this.#winners.entries()) {
      if (coalition.has(agent)) least -= this.#highest[winner] as number;
      else outside.push(winner);
    }
    return { coalition: [...coalition], outside, least };
  }
}
