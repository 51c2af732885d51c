import { type Mechanism, type Provider, type Random, seededRandom } from '@mechane/core';
import { onGrid } from '../bidders/bidder.ts';
import { needsHindsight, noCardinalValues, noObjective, overflow, refusedBid } from '../errors.ts';
import { ContinuousPlay, takesLimitOrders } from '../play/continuous-play.ts';
import { RepeatedPlay } from '../play/repeated-play.ts';
import { reportField, reportOfBid } from '../play/report-field.ts';
import type { RoundPlay } from '../play/round-play.ts';
import { Stage } from '../play/stage.ts';
import { type Stakes, stakesOf } from '../play/stakes.ts';
import { bestGains } from '../statistics/gains-from-trade.ts';
import type { FullExperiment } from './experiment.ts';
import type { Member, Members } from './seats.ts';

/** A mechanism that is to be played, and what it is played with. */
export interface ArmParts {
  readonly arm: number;
  readonly mechanism: Mechanism;
  readonly settings: unknown;
  readonly providers: readonly Provider[];
  readonly signal: AbortSignal | undefined;
  /** Whether to count who bid what together. */
  readonly keepsPlay: boolean;
}

/** A stage with everybody in their seats, and what is at stake. */
export interface ReadyPlay {
  readonly play: RoundPlay;
  readonly stakes: Stakes;
}

/** Makes the stage and seats everybody. */
export function readyPlay(parts: ArmParts, members: Members, experiment: FullExperiment, random: Random): ReadyPlay {
  const { mechanism, settings, providers, signal } = parts;
  const agents = members.members.map(({ agent }) => agent);
  const continuous = takesLimitOrders(mechanism);
  if (!continuous) requireValues(mechanism, experiment.objective);
  const stage = new Stage({ mechanism, settings, agents, providers, signal }, seededRandom(random.below(2 ** 32)));
  const { play, stakes } = (continuous ? readyMarket : readyRounds)(stage, members, experiment, random);
  const { welfare = 0 } = stakes;
  if (!(welfare * welfare * experiment.rounds < Number.MAX_VALUE)) throw overflow(['settings']);
  return { play, stakes };
}

function requireValues(mechanism: Mechanism, objective: FullExperiment['objective']): void {
  if (!mechanism.value && !mechanism.utility) throw noCardinalValues(mechanism.id, ['mechanism']);
  if ((objective === 'efficiency' && !mechanism.bestWelfare) || (objective !== 'revenue' && !mechanism.value)) {
    throw noObjective(mechanism.id, objective, ['mechanism']);
  }
}

/** A mechanism whose agents make reports. */
function readyRounds(
  stage: Stage,
  { members, highest }: Members,
  { population: { report } }: FullExperiment,
  random: Random,
): ReadyPlay {
  const { mechanism } = stage;
  const field = reportField(mechanism, members[0]?.fixed ?? {}, report, ['mechanism']);
  const holders = members.map((member) => ({ ...member, reportOf: reportOfBid(mechanism, member.fixed, field) }));
  for (const { values, reportOf } of holders) {
    const flaw = mechanism.refuseReport?.(reportOf(values.highest), stage.settings, {
      participants: members.map(({ agent }) => agent),
      reports: undefined,
    });
    if (flaw) throw refusedBid(flaw);
  }
  const stakes = stakesOf(mechanism, stage.settings, holders);
  const { gain = highest } = stakes;
  const seats = holders.map((holder) => ({ ...holder, bidder: holder.makeBidder(random.below(2 ** 32), gain) }));
  return { play: new RepeatedPlay(stage, seats, seededRandom(random.below(2 ** 32)), { field, gain }), stakes };
}

/** A market in which offers are made one after another, each trader having one lot to buy or to sell. */
function readyMarket(stage: Stage, { members }: Members, _: FullExperiment, random: Random): ReadyPlay {
  const { lotSize = 1 } = stage.settings as { readonly lotSize?: number };
  const sides = members.map(({ side }) => side);
  const best = Float64Array.from(members, ({ side, values }) => (side === 'buy' ? values.highest : values.lowest));
  const ofSide = (which: Member['side']): Float64Array => best.filter((__, seat) => sides[seat] === which);
  const gain = Math.max(0, Math.max(...ofSide('buy')) - Math.min(...ofSide('sell'))) * lotSize;
  const traders = members.map((member) => {
    const bidder = member.makeBidder(random.below(2 ** 32), gain);
    if (onGrid(bidder) && bidder.hindsight) throw needsHindsight(stage.mechanism.id, member.kind, ['mechanism']);
    const { side } = member;
    return {
      ...member,
      bidder,
      reportOf: (price: number) => ({ type: 'limit', side, price, quantity: lotSize }),
    };
  });
  return {
    play: new ContinuousPlay(stage, traders, seededRandom(random.below(2 ** 32))),
    stakes: { gain, welfare: bestGains(best, sides) * lotSize, supply: Number.POSITIVE_INFINITY },
  };
}
