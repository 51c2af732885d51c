import type { AgentId } from '@mechane/core';
import type { ValueClasses } from '../population/value-classes.ts';
import type { PlayedRound, Seat } from './round-play.ts';

/**
 * How often everybody bid what, as a game on bids and classes of values: what a check of equilibrium needs. Bids that are not among those that learners
 * choose from are taken at the nearest of them.
 *
 * @category Rounds
 */
export interface JointPlay {
  readonly agents: readonly AgentId[];
  /** What each agent could bid, as reports. */
  readonly reports: readonly (readonly object[])[];
  /** What an agent of each class was worth on average, as reports; those that never came are left at the lowest value. */
  readonly types: readonly (readonly object[])[];
  /** By agent and class: how often each profile of bids was played, the last agent's bid running fastest. */
  readonly counts: readonly (readonly Float64Array[])[];
  readonly rounds: number;
  /** What is at stake for an agent: how far apart utilities are taken to be. */
  readonly range: number;
}

/** The most profiles of bids, and the most counts. */
const [mostProfiles, mostCounts] = [2 ** 16, 2 ** 22];

/** Counts joint play, in memory that does not grow with the rounds. */
export class JointPlayCounter {
  readonly #seats: readonly Seat[];
  readonly #classes: readonly ValueClasses[];
  readonly #grid: Float64Array;
  readonly #counts: readonly (readonly Float64Array[])[];
  /** By agent and class. */
  readonly #sums: readonly Float64Array[];
  readonly #drawn: readonly Float64Array[];
  #rounds = 0;

  constructor(seats: readonly Seat[], classes: readonly ValueClasses[], grid: Float64Array) {
    const profiles = grid.length ** seats.length;
    this.#seats = seats;
    this.#classes = classes;
    this.#grid = grid;
    this.#counts = classes.map(({ count }) => Array.from({ length: count }, () => new Float64Array(profiles)));
    this.#sums = classes.map(({ count }) => new Float64Array(count));
    this.#drawn = classes.map(({ count }) => new Float64Array(count));
  }

  static fits(classes: readonly ValueClasses[], grid: Float64Array): boolean {
    const profiles = grid.length ** classes.length;
    return profiles <= mostProfiles && classes.reduce((sum, { count }) => sum + count, 0) * profiles <= mostCounts;
  }

  /** Counts a round, unless somebody failed to bid. */
  record({ values, bids, failures }: PlayedRound): void {
    if (failures > 0) return;
    const { length } = this.#grid;
    const step = (this.#grid[length - 1] as number) / (length - 1);
    let place = 0;
    for (let seat = 0; seat < bids.length; seat++) {
      place = place * length + Math.min(length - 1, Math.round((bids[seat] as number) / step));
    }
    for (let seat = 0; seat < bids.length; seat++) {
      const value = values[seat] as number;
      const own = (this.#classes[seat] as ValueClasses).of(value);
      const counts = this.#counts[seat]?.[own] as Float64Array;
      counts[place] = (counts[place] as number) + 1;
      const [sums, drawn] = [this.#sums[seat] as Float64Array, this.#drawn[seat] as Float64Array];
      sums[own] = (sums[own] as number) + value;
      drawn[own] = (drawn[own] as number) + 1;
    }
    this.#rounds += 1;
  }

  /** What was counted so far, and by what regret is to be measured. */
  played(range: number): JointPlay {
    return {
      agents: this.#seats.map(({ agent }) => agent),
      reports: this.#seats.map(({ reportOf }) => Array.from(this.#grid, (bid) => reportOf(bid))),
      types: this.#seats.map(({ reportOf, values }, seat) =>
        Array.from(this.#drawn[seat] as Float64Array, (drawn, own) =>
          reportOf(drawn === 0 ? values.lowest : (this.#sums[seat]?.[own] as number) / drawn),
        ),
      ),
      counts: this.#counts,
      rounds: this.#rounds,
      range,
    };
  }
}
