import type { Random } from '@mechane/core';
import { onGrid } from '../bidders/bidder.ts';
import { within } from '../errors.ts';
import { type JointPlay, JointPlayCounter } from '../play/joint-play.ts';
import type { PlayedRound, RoundPlay } from '../play/round-play.ts';
import type { Stakes } from '../play/stakes.ts';
import { RegretLedger } from '../regret/regret-ledger.ts';
import { competitivePrice } from '../statistics/competitive-price.ts';
import { RunningMean } from '../statistics/running-mean.ts';
import { RunningAlpha } from '../statistics/smiths-alpha.ts';
import type { FullExperiment } from './experiment.ts';
import { withFittingTick } from './fitting-tick.ts';
import { type ArmParts, readyPlay } from './ready-play.ts';
import type { ArmSummary, BidderSummary } from './result.ts';
import type { Member, Members } from './seats.ts';

/** How seldom bids are looked at that no bidder looks at by itself: where outcomes are kept, and where each has to be played. */
const [lookEvery, playEvery] = [16, 256];

/** An arm at play: its bidders, which learn by the mechanism they play, what they regret, and what was measured. */
export class ArmPlay {
  readonly #parts: ArmParts;
  readonly #members: Members;
  readonly #play: RoundPlay;
  readonly #stakes: Stakes;
  readonly #ledgers: readonly RegretLedger[];
  readonly #utilities: readonly RunningMean[];
  readonly #free: Float64Array;
  readonly #welfare = new RunningMean();
  readonly #revenue = new RunningMean();
  readonly #efficiency = new RunningMean();
  readonly #alpha = new RunningAlpha();
  readonly #sides: readonly Member['side'][];
  readonly #joint: JointPlayCounter | undefined;
  #late = { best: 0, welfare: 0 };
  #pulls = 0;

  /** @throws MechaneError with a path that begins at the arm, where it cannot be played by this population. */
  constructor(given: ArmParts, members: Members, experiment: FullExperiment, random: Random) {
    const { parts, play, stakes } = within(['arms', given.arm], () => {
      const fitted = withFittingTick(given, members.highest);
      return { parts: fitted, ...readyPlay(fitted, members, experiment, random) };
    });
    this.#parts = parts;
    this.#members = members;
    this.#play = play;
    this.#stakes = stakes;
    this.#sides = members.members.map(({ side }) => side);
    this.#free = new Float64Array(members.grid.length + 1);
    this.#ledgers = this.#play.seats.map(({ bidder }, seat) => {
      const bids = onGrid(bidder) ? bidder.grid.length : this.#free.length;
      return new RegretLedger(bids, (members.members[seat] as Member).classes);
    });
    this.#utilities = members.members.map(() => new RunningMean());
    const classes = members.members.map((member) => member.classes);
    if (parts.keepsPlay && JointPlayCounter.fits(classes, members.grid)) {
      this.#joint = new JointPlayCounter(this.#play.seats, classes, members.grid);
    }
  }

  /** Plays a round; `late` says whether the run is in its second half. */
  round(late: boolean): PlayedRound {
    const every = this.#play.keepsOutcomes ? lookEvery : playEvery;
    const played = this.#play.playRound(this.#look, (this.#pulls + 1) % every === 0);
    this.#pulls += 1;
    this.#welfare.add(played.welfare);
    this.#revenue.add(played.revenue);
    this.#joint?.record(played);
    if (played.efficiency !== null) this.#efficiency.add(played.efficiency);
    const { utilities } = played;
    for (let seat = 0; seat < utilities.length; seat++)
      (this.#utilities[seat] as RunningMean).add(utilities[seat] as number);
    if (late) {
      this.#late.best += played.bestWelfare;
      this.#late.welfare += played.welfare;
      this.#addPrices(played);
    }
    return played;
  }

  /** Measures prices by the competitive one, where it is known how many can be served. */
  #addPrices(played: PlayedRound): void {
    const { supply } = this.#stakes;
    if (supply === undefined) return;
    const { prices, values } = played;
    let competitive: number | null | undefined;
    for (let seat = 0; seat < prices.length; seat++) {
      const price = prices[seat] as number;
      if (Number.isNaN(price)) continue;
      competitive ??= competitivePrice(values, this.#sides, supply);
      if (competitive === null) return;
      this.#alpha.add(price, competitive);
    }
  }

  readonly #look = (seat: number, value: number, chosen: number, utilities: Float64Array): void => {
    const ledger = this.#ledgers[seat] as RegretLedger;
    if (chosen !== -1) {
      ledger.record(value, chosen, utilities);
      return;
    }
    // What a bidder without a grid does is one choice more, always made.
    const own = this.#members.grid.length;
    this.#play.utilitiesOf(seat, this.#members.grid, this.#free);
    this.#free[own] = this.#play.round.utilities[seat] as number;
    ledger.record(value, own, this.#free);
  };

  /** What is at stake for an agent: the most that it can gain, or where more was seen, that another bid would have added. */
  get #stake(): number {
    return this.#ledgers.reduce((most, { largestGain }) => Math.max(most, largestGain), this.#stakes.gain ?? 0);
  }

  /** The largest external and swap regret of an agent, as shares of what is at stake; `undefined` while nobody looked at what some agent's bids brought. */
  largestRegrets(): { readonly external: number; readonly swap: number } | undefined {
    const stake = this.#stake;
    const regrets = this.#ledgers.map((ledger) => ledger.regret());
    if (regrets.some(({ rounds }) => rounds === 0)) return undefined;
    const share = (values: readonly number[]): number =>
      stake === 0 ? 0 : values.reduce((largest, value) => Math.max(largest, value), 0) / stake;
    return { external: share(regrets.map((each) => each.external)), swap: share(regrets.map((each) => each.swap)) };
  }

  /** The least and the most that a round is expected to bring; `undefined` where the mechanism does not say what can be had. */
  rangeOf(objective: 'welfare' | 'revenue'): readonly [number, number] | undefined {
    const { welfare = 0 } = this.#stakes;
    if (!(welfare > 0)) return undefined;
    // Where there are sellers, a deficit can be as large as what there is to gain.
    return [objective === 'revenue' && this.#sides.includes('sell') ? -welfare : 0, welfare];
  }

  get pulls(): number {
    return this.#pulls;
  }

  get allOnGrids(): boolean {
    return this.#play.seats.every(({ bidder }) => onGrid(bidder));
  }

  /** Who bid what together; `undefined` where that was not counted, or outcomes are drawn by lot, so that bids do not settle them. */
  get jointPlay(): JointPlay | undefined {
    return this.#play.drew ? undefined : this.#joint?.played(this.#stake);
  }

  summary(): ArmSummary {
    const { mechanism, settings } = this.#parts;
    const { best, welfare } = this.#late;
    return {
      mechanism: mechanism.id,
      settings: settings ?? {},
      pulls: this.#pulls,
      welfare: this.#welfare.estimate(),
      revenue: this.#revenue.estimate(),
      efficiency: this.#efficiency.estimate(),
      priceOfAnarchy: welfare > 0 && best > 0 ? best / welfare : null,
      smithsAlpha: this.#alpha.alpha,
    };
  }

  bidders(): readonly BidderSummary[] {
    return this.#play.seats.map(({ agent, bidder, values }, seat) => {
      const { external, swap, rounds } = (this.#ledgers[seat] as RegretLedger).regret();
      const { kind } = this.#members.members[seat] as Member;
      return {
        agent,
        kind,
        arm: this.#parts.arm,
        utility: (this.#utilities[seat] as RunningMean).estimate(),
        externalRegret: rounds > 0 ? external : null,
        swapRegret: rounds > 0 && onGrid(bidder) ? swap : null,
        examined: rounds,
        strategy: onGrid(bidder)
          ? shown(values).map((value) => ({ value, bid: dot(bidder.mixtureAt(value), bidder.grid) }))
          : null,
      };
    });
  }
}

/** Some values to show a strategy at: the middles of eleven equally long stretches, or the only one. */
function shown({ lowest, highest }: Member['values']): readonly number[] {
  if (lowest === highest) return [lowest];
  return Array.from({ length: 10 }, (_, step) => lowest + ((step + 0.5) / 10) * (highest - lowest));
}

function dot(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] as number), 0);
}
