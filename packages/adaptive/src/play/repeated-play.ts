import { type AgentId, isMechaneError, type Mechanism, type Random } from '@mechane/core';
import { efficiencyOf } from '@mechane/core/host';
import { type Experience, type FreeBidder, type GridBidder, onGrid } from '../bidders/bidder.ts';
import { hasTraded } from '../statistics/transaction-prices.ts';
import { OutcomeTable, type Settled, settle } from './outcome-table.ts';
import { type Counterfactuals, emptyRound, type PlayedRound, type RoundPlay, type Seat } from './round-play.ts';
import type { Stage } from './stage.ts';

const none = new Float64Array(0);

/**
 * Plays a stage round after round with learning bidders. Where all choose among finitely many bids and the mechanism draws no randomness,
 * outcomes are kept by what was bid; memory does not grow otherwise.
 */
export class RepeatedPlay implements RoundPlay {
  readonly stage: Stage;
  readonly seats: readonly Seat[];
  readonly round: PlayedRound;
  readonly #random: Random;
  readonly #chosen: Int32Array;
  readonly #types: readonly Record<string, unknown>[];
  readonly #typesByAgent: ReadonlyMap<AgentId, Record<string, unknown>>;
  readonly #hindsight: readonly (Float64Array | undefined)[];
  readonly #typeKey: string;
  readonly #listed: boolean;
  readonly #value: Mechanism['value'];
  readonly #utility: Mechanism['utility'];
  readonly #best: Mechanism['bestWelfare'];
  readonly #gain: number;
  #table: OutcomeTable | undefined;

  /** `gain` is what an agent can gain at the most, against which rounding is seen for what it is. */
  constructor(
    stage: Stage,
    seats: readonly Seat[],
    typeField: { key: string; listed: boolean },
    random: Random,
    gain: number,
  ) {
    const count = seats.length;
    this.#gain = gain;
    this.stage = stage;
    this.seats = seats;
    this.#random = random;
    this.#typeKey = typeField.key;
    this.#listed = typeField.listed;
    this.#chosen = new Int32Array(count).fill(-1);
    this.#types = seats.map(({ reportOf }) => ({ ...reportOf(0) }));
    this.#typesByAgent = new Map(seats.map(({ agent }, seat) => [agent, this.#types[seat] as Record<string, unknown>]));
    this.#hindsight = seats.map(({ bidder }) => (onGrid(bidder) ? new Float64Array(bidder.grid.length) : undefined));
    const { mechanism } = stage;
    this.#value = mechanism.value?.bind(mechanism);
    this.#utility = mechanism.utility?.bind(mechanism);
    this.#best = mechanism.bestWelfare?.bind(mechanism);
    const grids = seats.map(({ bidder }) => (onGrid(bidder) ? bidder.grid.length : Number.POSITIVE_INFINITY));
    if (OutcomeTable.fits(grids)) this.#table = new OutcomeTable(grids);
    this.round = emptyRound(count);
  }

  /** Whether outcomes are kept, so that hindsight costs little. */
  get keepsOutcomes(): boolean {
    return this.#table !== undefined;
  }

  get drew(): boolean {
    return this.stage.drew;
  }

  /** Draws everybody's value for the next round. */
  draw(): void {
    const { seats, round } = this;
    for (let seat = 0; seat < seats.length; seat++) {
      const { values } = seats[seat] as Seat;
      const value = values.draw(this.#random);
      round.values[seat] = value;
      this.#setType(seat, value);
    }
  }

  /** Lets everybody bid, plays, and lets everybody learn. `counterfactuals` is called for those whose other bids are looked at. */
  playRound(counterfactuals?: Counterfactuals, lookAtAll = false): PlayedRound {
    this.draw();
    return this.finishRound(counterfactuals, lookAtAll);
  }

  /** The rest of a round whose values are drawn. */
  finishRound(counterfactuals?: Counterfactuals, lookAtAll = false): PlayedRound {
    this.#bid();
    const settled = this.#settled();
    this.#measure(settled);
    this.#learn(settled, counterfactuals, lookAtAll);
    return this.round;
  }

  #bid(): void {
    const { seats, round } = this;
    round.failures = 0;
    for (let seat = 0; seat < seats.length; seat++) {
      const { bidder } = seats[seat] as Seat;
      const value = round.values[seat] as number;
      try {
        if (onGrid(bidder)) {
          const chosen = bidder.choose(value);
          this.#chosen[seat] = chosen;
          round.bids[seat] = bidder.grid[chosen] as number;
        } else {
          const bid = bidder.bid(value);
          round.bids[seat] = bid >= 0 && bid < Number.POSITIVE_INFINITY ? bid : Number.NaN;
        }
      } catch (thrown) {
        if (isMechaneError(thrown)) throw thrown;
        round.bids[seat] = Number.NaN;
      }
      if (Number.isNaN(round.bids[seat])) round.failures += 1;
    }
  }

  /** What comes of the bids as they stand. */
  #settled(): Settled {
    const { stage, seats, round } = this;
    const table = round.failures === 0 ? this.#table : undefined;
    const place = table?.placeOf(0, this.#chosen[0] as number, this.#chosen) ?? 0;
    const known = table?.at(place);
    if (known) return known;
    const reports = new Map<AgentId, unknown>();
    for (let seat = 0; seat < seats.length; seat++) {
      const bid = round.bids[seat] as number;
      const { agent, reportOf } = seats[seat] as Seat;
      // Whoever failed to bid stays away.
      if (!Number.isNaN(bid)) reports.set(agent, reportOf(bid));
    }
    const settled = settle(stage.play(reports), stage.agents);
    if (stage.drew) this.#table = undefined;
    else table?.keep(place, settled);
    return settled;
  }

  /** Puts what an outcome is worth into the round. */
  #measure({ outcome, payments }: Settled): void {
    const { seats, round } = this;
    const { settings } = this.stage;
    let welfare = 0;
    let revenue = 0;
    let price = 0;
    for (let seat = 0; seat < seats.length; seat++) {
      const { agent } = seats[seat] as Seat;
      const type = this.#types[seat];
      const paid = payments[seat] as number;
      const value = this.#value?.(agent, type, outcome, settings) ?? 0;
      round.paid[seat] = paid;
      welfare += value;
      revenue += paid;
      if (paid > price) price = paid;
      round.utilities[seat] = this.#utility?.(agent, type, outcome, settings) ?? value - paid;
    }
    round.outcome = outcome;
    round.welfare = welfare;
    round.revenue = revenue;
    round.price = price;
    if (this.#best) {
      round.bestWelfare = this.#best(this.#typesByAgent, settings);
      round.efficiency = efficiencyOf(welfare, round.bestWelfare);
    }
  }

  #learn(settled: Settled, counterfactuals: Counterfactuals | undefined, lookAtAll: boolean): void {
    const { seats, round } = this;
    for (let seat = 0; seat < seats.length; seat++) {
      const bid = round.bids[seat] as number;
      if (Number.isNaN(bid)) continue;
      const { bidder } = seats[seat] as Seat;
      if (onGrid(bidder)) this.#learnOnGrid(seat, bidder, counterfactuals, lookAtAll);
      else {
        this.#learnFreely(seat, bidder, settled);
        if (lookAtAll) counterfactuals?.(seat, round.values[seat] as number, -1, none);
      }
    }
  }

  #learnOnGrid(
    seat: number,
    bidder: GridBidder,
    counterfactuals: Counterfactuals | undefined,
    lookAtAll: boolean,
  ): void {
    const { round } = this;
    const value = round.values[seat] as number;
    const chosen = this.#chosen[seat] as number;
    const utilities = this.#hindsight[seat] as Float64Array;
    const looks = bidder.hindsight || (lookAtAll && counterfactuals !== undefined);
    if (looks) this.utilitiesOf(seat, bidder.grid, utilities);
    const got = round.utilities[seat] as number;
    // A value that is a line wherever it was looked at, but not here.
    if (looks && this.#table?.lines && !this.#near(utilities[chosen] as number, got)) {
      this.#table.dropLines();
      this.utilitiesOf(seat, bidder.grid, utilities);
    }
    // Where the mechanism draws, hindsight is one more draw; what happened is what happened.
    utilities[chosen] = got;
    bidder.learn(value, chosen, utilities);
    if (looks) counterfactuals?.(seat, value, chosen, utilities);
  }

  #learnFreely(seat: number, bidder: FreeBidder, { outcome }: Settled): void {
    if (!bidder.learn) return;
    const { round } = this;
    const { agent } = this.seats[seat] as Seat;
    const utility = round.utilities[seat] as number;
    const experience: Experience = {
      value: round.values[seat] as number,
      bid: round.bids[seat] as number,
      utility,
      traded: utility !== 0 || hasTraded(outcome, agent),
      price: round.price,
      paid: round.paid[seat] as number,
      utilityOf: (bid) => this.#utilityOf(seat, bid),
    };
    bidder.learn(experience);
  }

  /** What each of these bids of an agent would have brought it, the others' being what they were. */
  utilitiesOf(seat: number, bids: Float64Array, into: Float64Array): void {
    const { round } = this;
    const table = round.failures === 0 ? this.#table : undefined;
    if (!table) {
      for (let index = 0; index < bids.length; index++) into[index] = this.#utilityOf(seat, bids[index] as number);
      return;
    }
    const row = table.rowOf(seat, this.#chosen);
    if (table.readRow(seat, row, round.values[seat] as number, into)) return;
    for (let index = 0; index < bids.length; index++) {
      // No number: the line is not known yet, or there is none.
      if (Number.isNaN(into[index])) into[index] = this.#look(seat, index, bids[index] as number, row + index, table);
    }
  }

  /** Looks an outcome up that is met for the first time, or whose worth is no line. */
  #look(seat: number, index: number, bid: number, own: number, table: OutcomeTable): number {
    const place = table.placeOf(seat, index, this.#chosen);
    const settled = table.at(place) ?? this.#settleWith(seat, bid);
    if (this.stage.drew) {
      this.#table = undefined;
    } else {
      table.keep(place, settled);
      if (table.lines) this.#drawLine(seat, own, settled, table);
    }
    return this.#worth(seat, settled);
  }

  /**
   * Keeps what an outcome is worth to an agent as a line over its values, if it is one wherever it is looked at; if not, no lines are kept at
   * all. Every round checks the line of what was played.
   */
  #drawLine(seat: number, place: number, settled: Settled, table: OutcomeTable): void {
    const { values } = this.seats[seat] as Seat;
    const { lowest, highest } = values;
    const value = this.round.values[seat] as number;
    const width = highest - lowest;
    const worthAt = (at: number): number => {
      this.#setType(seat, at);
      return this.#worth(seat, settled);
    };
    const from = worthAt(lowest);
    const slope = width === 0 ? 0 : (worthAt(highest) - from) / width;
    const straight = probes.every((share) => {
      const at = lowest + share * width;
      return this.#near(worthAt(at), from + slope * (at - lowest));
    });
    this.#setType(seat, value);
    if (!straight) {
      table.dropLines();
      return;
    }
    table.keepLine(seat, place, from - slope * lowest, slope);
  }

  #setType(seat: number, value: number): void {
    const type = this.#types[seat] as Record<string, unknown>;
    type[this.#typeKey] = this.#listed ? [value] : value;
  }

  #utilityOf(seat: number, bid: number): number {
    return this.#worth(seat, this.#settleWith(seat, bid));
  }

  /** What comes of another bid of one agent. */
  #settleWith(seat: number, bid: number): Settled {
    const { seats, round, stage } = this;
    const reports = new Map<AgentId, unknown>();
    for (let other = 0; other < seats.length; other++) {
      const said = other === seat ? bid : (round.bids[other] as number);
      const { agent, reportOf } = seats[other] as Seat;
      if (!Number.isNaN(said)) reports.set(agent, reportOf(said));
    }
    return settle(stage.play(reports), stage.agents);
  }

  #near(one: number, other: number): boolean {
    return Math.abs(one - other) <= 1e-9 * Math.max(this.#gain, Math.abs(one), Math.abs(other));
  }

  #worth(seat: number, { outcome, payments }: Settled): number {
    const { settings } = this.stage;
    const { agent } = this.seats[seat] as Seat;
    const type = this.#types[seat];
    if (this.#utility) return this.#utility(agent, type, outcome, settings);
    return (this.#value?.(agent, type, outcome, settings) ?? 0) - (payments[seat] as number);
  }
}

/** Where between the ends a line is looked at. */
const probes: readonly number[] = [0.13, 0.37, 0.5, 0.71, 0.94];
