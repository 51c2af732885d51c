import { type AgentId, isMechaneError, type Random } from '@mechane/core';
import { efficiencyOf } from '@mechane/core/host';
import { type Experience, type FreeBidder, type GridBidder, onGrid } from '../bidders/bidder.ts';
import type { KeptOutcomes } from './kept-outcomes.ts';
import { OutcomeTable } from './outcome-table.ts';
import { rivalRowsFor } from './ready-rivals.ts';
import type { ReportField } from './report-field.ts';
import type { RivalRows } from './rival-rows.ts';
import { type Counterfactuals, type PlayedRound, RoundInPlay, type RoundPlay, type Seat } from './round-play.ts';
import { pricesOf, type Settled, settle } from './settled.ts';
import type { Stage } from './stage.ts';
import { Valuation } from './valuation.ts';

const none = new Float64Array(0);

/** In one round out of so many, a bid that was not made is played to see whether what is kept of it is right. */
const checkEvery = 8;

export interface RepeatedPlayOptions {
  /** Where values go in types. */
  readonly field: ReportField;
  /** What an agent can gain at the most, against which rounding is seen for what it is. */
  readonly gain: number;
  /** `false` plays whatever is asked for, and keeps nothing. */
  readonly keeps?: boolean;
}

/**
 * Plays a stage round after round with learning bidders. Where all choose among finitely many bids and the mechanism draws no randomness,
 * outcomes are kept by what was bid: by the bids of all where they are few, and else, for as long as that is right in every round, by those of
 * the rivals on whom an agent's outcome depends. Memory does not grow otherwise.
 */
export class RepeatedPlay implements RoundPlay {
  readonly stage: Stage;
  readonly seats: readonly Seat[];
  readonly round: PlayedRound;
  readonly #random: Random;
  readonly #valuation: Valuation;
  readonly #chosen: Int32Array;
  readonly #hindsight: readonly (Float64Array | undefined)[];
  /** By seat and index of bid, where it chooses among finitely many. */
  readonly #reports: readonly (readonly unknown[] | undefined)[];
  #kept: KeptOutcomes | undefined;
  /** What is kept, where it rests on a guess. */
  #guess: RivalRows | undefined;
  /** What came of the round, once it was played. */
  #settledNow: Settled | undefined;
  #played = 0;
  readonly #keeps: boolean;

  constructor(
    stage: Stage,
    seats: readonly Seat[],
    random: Random,
    { field, gain, keeps = true }: RepeatedPlayOptions,
  ) {
    this.stage = stage;
    this.seats = seats;
    this.round = new RoundInPlay(seats.length, () => this.#settled().outcome);
    this.#random = random;
    this.#valuation = new Valuation(stage, seats, field, gain);
    this.#chosen = new Int32Array(seats.length).fill(-1);
    this.#hindsight = seats.map(({ bidder }) => (onGrid(bidder) ? new Float64Array(bidder.grid.length) : undefined));
    this.#reports = seats.map(({ bidder, reportOf }) =>
      onGrid(bidder) ? Array.from(bidder.grid, reportOf) : undefined,
    );
    const grids = seats.map(({ bidder }) => (onGrid(bidder) ? bidder.grid.length : Number.POSITIVE_INFINITY));
    if (keeps && OutcomeTable.fits(grids)) this.#kept = new OutcomeTable(grids);
    this.#keeps = keeps;
  }

  get keepsOutcomes(): boolean {
    return this.#kept !== undefined;
  }

  get drew(): boolean {
    return this.stage.drew;
  }

  /** Draws everybody's value for the next round. */
  draw(): void {
    const { seats, round } = this;
    for (let seat = 0; seat < seats.length; seat++) {
      const value = (seats[seat] as Seat).values.draw(this.#random);
      round.values[seat] = value;
      this.#valuation.setValue(seat, value);
    }
  }

  playRound(counterfactuals?: Counterfactuals, lookAtAll = false): PlayedRound {
    this.draw();
    return this.finishRound(counterfactuals, lookAtAll);
  }

  /** The rest of a round whose values are drawn. */
  finishRound(counterfactuals?: Counterfactuals, lookAtAll = false): PlayedRound {
    this.#played += 1;
    if (this.#played === 1 && this.#keeps && this.#kept === undefined) this.#keepByRivals();
    this.#settledNow = undefined;
    this.#bid();
    if (this.round.failures === 0) this.#kept?.turnTo(this.#chosen);
    const isChecked = this.#played % checkEvery === 0;
    if (!isChecked && this.round.failures === 0 && this.#guess?.knowsAll(this.#chosen)) this.#recall(this.#guess);
    else {
      this.#measure(this.#settled());
      if (this.#guess && isChecked && this.round.failures === 0) this.#check(this.#guess);
    }
    this.#learn(counterfactuals, lookAtAll);
    return this.round;
  }

  /** Keeps rows by rivals, where few of them seem to matter. */
  #keepByRivals(): void {
    this.#guess = rivalRowsFor(this.stage, this.seats, this.#valuation, (chosen) => this.#settleProfile(chosen));
    this.#kept = this.#guess;
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
    this.#settledNow ??= this.#settle();
    return this.#settledNow;
  }

  #settle(): Settled {
    const kept = this.round.failures === 0 ? this.#kept : undefined;
    const chosen = this.#chosen[0] as number;
    const known = kept?.outcomeOf(0, chosen);
    if (known) return known;
    const settled = this.#settleWith(-1, 0);
    if (this.stage.drew) this.#forget();
    else kept?.keepOutcome(0, chosen, settled);
    return settled;
  }

  /** Keeps nothing from now on: the same bids may bring something else. */
  #forget(): void {
    this.#kept = undefined;
    this.#guess = undefined;
  }

  /** Puts what an outcome brings each into the round. */
  #measure(settled: Settled): void {
    const { round } = this;
    const { payments } = settled;
    const prices = pricesOf(settled, this.stage.agents);
    let [welfare, revenue, price] = [0, 0, 0];
    for (let seat = 0; seat < this.seats.length; seat++) {
      const paid = payments[seat] as number;
      const value = this.#valuation.valueOf(seat, settled.outcome);
      welfare += value;
      revenue += paid;
      if (paid > price) price = paid;
      round.paid[seat] = paid;
      round.prices[seat] = prices[seat] as number;
      round.utilities[seat] = this.#valuation.utilityOf(seat, settled, value);
    }
    this.#total(welfare, revenue, price);
  }

  /** Puts into the round what is kept of everybody's bid, without playing it. */
  #recall(guess: RivalRows): void {
    const { round } = this;
    let [welfare, revenue, price] = [0, 0, 0];
    for (let seat = 0; seat < this.seats.length; seat++) {
      const chosen = this.#chosen[seat] as number;
      const value = guess.valueOf(seat, chosen, round.values[seat] as number);
      const paid = guess.paidFor(seat, chosen);
      welfare += value;
      revenue += paid;
      if (paid > price) price = paid;
      round.paid[seat] = paid;
      round.prices[seat] = guess.trades(seat, chosen) ? Math.abs(paid) : Number.NaN;
      round.utilities[seat] = value - paid;
    }
    this.#total(welfare, revenue, price);
  }

  #total(welfare: number, revenue: number, price: number): void {
    const { round } = this;
    round.welfare = welfare;
    round.revenue = revenue;
    round.price = price;
    const best = this.#valuation.bestWelfare();
    if (best === undefined) return;
    round.bestWelfare = best;
    round.efficiency = efficiencyOf(welfare, best);
  }

  /** Plays a bid that was not made, each seat's and each bid in turn, and gives a guess up that is wrong about it. */
  #check(guess: RivalRows): void {
    const turn = this.#played / checkEvery;
    const seat = turn % this.seats.length;
    const { grid } = (this.seats[seat] as Seat).bidder as GridBidder;
    const bid = Math.floor(turn / this.seats.length) % grid.length;
    const worth = guess.valueOf(seat, bid, this.round.values[seat] as number) - guess.paidFor(seat, bid);
    if (Number.isNaN(worth) || this.#valuation.near(worth, this.#utilityOf(seat, grid[bid] as number))) return;
    this.#dropLines();
  }

  #dropLines(): void {
    if (!this.#kept?.dropLines()) this.#forget();
  }

  #learn(counterfactuals: Counterfactuals | undefined, lookAtAll: boolean): void {
    const { seats, round } = this;
    for (let seat = 0; seat < seats.length; seat++) {
      const bid = round.bids[seat] as number;
      if (Number.isNaN(bid)) continue;
      const { bidder } = seats[seat] as Seat;
      if (onGrid(bidder)) this.#learnOnGrid(seat, bidder, counterfactuals, lookAtAll);
      else {
        this.#learnFreely(seat, bidder);
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
    // A value that is a line wherever it was looked at, but not here; or rivals on whom the outcome depends, too.
    if (looks && this.#kept?.hasLines && !this.#valuation.near(utilities[chosen] as number, got)) {
      this.#dropLines();
      this.utilitiesOf(seat, bidder.grid, utilities);
    }
    // Where the mechanism draws, hindsight is one more draw; what happened is what happened.
    utilities[chosen] = got;
    bidder.learn(value, chosen, utilities);
    if (looks) counterfactuals?.(seat, value, chosen, utilities);
  }

  #learnFreely(seat: number, bidder: FreeBidder): void {
    if (!bidder.learn) return;
    const { round } = this;
    const utility = round.utilities[seat] as number;
    const experience: Experience = {
      value: round.values[seat] as number,
      bid: round.bids[seat] as number,
      utility,
      traded: utility !== 0 || !Number.isNaN(round.prices[seat]),
      price: round.price,
      paid: round.paid[seat] as number,
      utilityOf: (bid) => this.#utilityOf(seat, bid),
    };
    bidder.learn(experience);
  }

  utilitiesOf(seat: number, bids: Float64Array, into: Float64Array): void {
    const { round } = this;
    const kept = round.failures === 0 ? this.#kept : undefined;
    if (!kept) {
      for (let index = 0; index < bids.length; index++) into[index] = this.#utilityOf(seat, bids[index] as number);
      return;
    }
    if (kept.read(seat, round.values[seat] as number, into)) return;
    for (let index = 0; index < bids.length; index++) {
      // No number: the line is not known yet, or there is none.
      if (Number.isNaN(into[index])) into[index] = this.#look(seat, index, bids[index] as number, kept);
    }
  }

  /** Looks an outcome up that is met for the first time, or whose worth is no line. */
  #look(seat: number, index: number, bid: number, kept: KeptOutcomes): number {
    const settled = kept.outcomeOf(seat, index) ?? this.#settleWith(seat, bid);
    if (this.stage.drew) this.#forget();
    else {
      kept.keepOutcome(seat, index, settled);
      if (kept.hasLines) this.#keepLine(seat, index, settled, kept);
    }
    return this.#valuation.worthOf(seat, settled);
  }

  /** Keeps what an outcome is worth as a line, if it is one; if not, no lines are kept at all. Every round checks the line of what was played. */
  #keepLine(seat: number, index: number, settled: Settled, kept: KeptOutcomes): void {
    const brought = this.#valuation.broughtBy(seat, settled);
    if (brought) kept.keepLine(seat, index, brought);
    else this.#dropLines();
  }

  #utilityOf(seat: number, bid: number): number {
    return this.#valuation.worthOf(seat, this.#settleWith(seat, bid));
  }

  /** What comes of the bids as they stand but for one agent's, or for none. Whoever failed to bid stays away. */
  #settleWith(seat: number, bid: number): Settled {
    const { seats, round, stage } = this;
    const reports = new Map<AgentId, unknown>();
    for (let other = 0; other < seats.length; other++) {
      const { agent, reportOf } = seats[other] as Seat;
      const said = round.bids[other] as number;
      if (other === seat) reports.set(agent, reportOf(bid));
      else if (!Number.isNaN(said)) {
        reports.set(agent, this.#reports[other]?.[this.#chosen[other] as number] ?? reportOf(said));
      }
    }
    return settle(stage.play(reports), stage.agents);
  }

  /** What comes of everybody's bids, by index. */
  #settleProfile(chosen: Int32Array): Settled {
    const { seats, stage } = this;
    const reports = new Map<AgentId, unknown>();
    for (let seat = 0; seat < seats.length; seat++) {
      reports.set((seats[seat] as Seat).agent, this.#reports[seat]?.[chosen[seat] as number]);
    }
    return settle(stage.play(reports), stage.agents);
  }
}
