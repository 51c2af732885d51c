import { isMechaneError, type Mechanism, type Path, type Provider, type Random, seededRandom } from '@mechane/core';
import { onGrid } from '../bidders/bidder.ts';
import { noCardinalValues, noObjective, refusedBid, underPath } from '../errors.ts';
import { type JointPlay, JointPlayCounter } from '../play/joint-play.ts';
import { type PlayedRound, RepeatedPlay, type Seat } from '../play/repeated-play.ts';
import { reportField, reportOfBid } from '../play/report-field.ts';
import { Stage } from '../play/stage.ts';
import { RegretLedger } from '../regret/regret-ledger.ts';
import { competitivePrice } from '../statistics/competitive-price.ts';
import { RunningMean } from '../statistics/running-mean.ts';
import { RunningAlpha } from '../statistics/smiths-alpha.ts';
import type { FullExperiment } from './experiment.ts';
import type { ArmSummary, BidderSummary } from './result.ts';
import type { Member, Members } from './seats.ts';

export interface ArmParts {
  readonly arm: number;
  readonly mechanism: Mechanism;
  readonly settings: unknown;
  readonly providers: readonly Provider[];
  readonly signal: AbortSignal | undefined;
  /** Whether to count who bid what together. */
  readonly keepsPlay: boolean;
}

/** How seldom bids are looked at that no bidder looks at by itself: where outcomes are kept, and where each has to be played. */
const [lookEvery, playEvery] = [16, 256];

/** An arm at play: its bidders, which learn by the mechanism they play, what they regret, and what was measured. */
export class ArmPlay {
  readonly #parts: ArmParts;
  readonly #members: Members;
  readonly #play: RepeatedPlay;
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
  constructor(parts: ArmParts, members: Members, experiment: FullExperiment, random: Random) {
    this.#parts = parts;
    this.#members = members;
    this.#play = within(['arms', parts.arm], () => readyPlay(parts, members, experiment, random));
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
    const { utilities, values } = played;
    for (let seat = 0; seat < utilities.length; seat++)
      (this.#utilities[seat] as RunningMean).add(utilities[seat] as number);
    if (late) {
      this.#late.best += played.bestWelfare;
      this.#late.welfare += played.welfare;
      const price = priceOf(played);
      const competitive = price > 0 ? competitivePrice(values, this.#sides) : null;
      if (competitive !== null) this.#alpha.add(price, competitive);
    }
    return played;
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

  /** The largest external and swap regret of an agent, in utility a round. */
  largestRegrets(): { readonly external: number; readonly swap: number } {
    const regrets = this.#ledgers.map((ledger) => ledger.regret());
    const most = (values: readonly number[]): number => values.reduce((largest, value) => Math.max(largest, value), 0);
    return { external: most(regrets.map((each) => each.external)), swap: most(regrets.map((each) => each.swap)) };
  }

  get pulls(): number {
    return this.#pulls;
  }

  get allOnGrids(): boolean {
    return this.#play.seats.every(({ bidder }) => onGrid(bidder));
  }

  /** Who bid what together; `undefined` where that was not counted, or outcomes are drawn by lot, so that bids do not settle them. */
  get jointPlay(): JointPlay | undefined {
    return this.#play.stage.drew ? undefined : this.#joint?.played();
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
        externalRegret: external,
        swapRegret: onGrid(bidder) ? swap : null,
        examined: rounds,
        strategy: onGrid(bidder)
          ? shown(values).map((value) => ({ value, bid: dot(bidder.mixtureAt(value), bidder.grid) }))
          : null,
      };
    });
  }
}

/** Makes the stage and seats everybody. */
function readyPlay(
  { mechanism, settings, providers, signal }: ArmParts,
  { members }: Members,
  { objective, population: { report } }: FullExperiment,
  random: Random,
): RepeatedPlay {
  if (!mechanism.value && !mechanism.utility) throw noCardinalValues(mechanism.id, ['mechanism']);
  if ((objective === 'efficiency' && !mechanism.bestWelfare) || (objective !== 'revenue' && !mechanism.value)) {
    throw noObjective(mechanism.id, objective, ['mechanism']);
  }
  const agents = members.map(({ agent }) => agent);
  const stage = new Stage({ mechanism, settings, agents, providers, signal }, seededRandom(random.below(2 ** 32)));
  const field = reportField(mechanism, members[0]?.fixed ?? {}, report, ['mechanism']);
  const seats = members.map(({ agent, values, fixed, makeBidder }): Seat => {
    const reportOf = reportOfBid(mechanism, fixed, field);
    const flaw = mechanism.refuseReport?.(reportOf(values.highest), stage.settings, {
      participants: agents,
      reports: undefined,
    });
    if (flaw) throw refusedBid(flaw);
    return { agent, values, reportOf, bidder: makeBidder(random.below(2 ** 32)) };
  });
  return new RepeatedPlay(stage, seats, field, seededRandom(random.below(2 ** 32)));
}

/** Puts a path before that of what is thrown. */
export function within<Result>(path: Path, act: () => Result): Result {
  try {
    return act();
  } catch (thrown) {
    throw isMechaneError(thrown) ? underPath(path, thrown) : thrown;
  }
}

/** The price that an outcome names, or the largest payment. */
function priceOf({ outcome, price }: PlayedRound): number {
  const { clearingPrice, traded } = outcome as { readonly clearingPrice?: unknown; readonly traded?: unknown };
  return typeof clearingPrice === 'number' && traded !== 0 ? clearingPrice : price;
}

/** Some values to show a strategy at: the middles of eleven equally long stretches, or the only one. */
function shown({ lowest, highest }: Member['values']): readonly number[] {
  if (lowest === highest) return [lowest];
  return Array.from({ length: 10 }, (_, step) => lowest + ((step + 0.5) / 10) * (highest - lowest));
}

function dot(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] as number), 0);
}
