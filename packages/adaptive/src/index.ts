import { definePlugin, type Plugin } from '@mechane/core';
import { type PostedPrice, postedPrice } from './prices/posted-price.ts';
import { version } from './version.ts';

export type { Bidder, Experience, FreeBidder, GridBidder, Side } from './bidders/bidder.ts';
export { exp3Bidder } from './bidders/exp3-bidder.ts';
export { type GridOptions, hedge } from './bidders/hedge.ts';
export { regretMatching } from './bidders/regret-matching.ts';
export { shading } from './bidders/shading.ts';
export { truthful } from './bidders/truthful.ts';
export { type ZeroIntelligenceOptions, zeroIntelligence } from './bidders/zero-intelligence.ts';
export { type ZipOptions, zip } from './bidders/zip.ts';
export type { Adaptation } from './designer/adaptation.ts';
export { Designer, type DesignerOptions, type Report, type Requirements } from './designer/designer.ts';
export type { Objective } from './designer/objective.ts';
export {
  type Environment,
  type Observation,
  type RepeatedOptions,
  type RoundInfo,
  repeated,
  type Step,
} from './environment.ts';
export type { AdaptiveErrorCode } from './errors.ts';
export type { JointPlay } from './play/joint-play.ts';
export type { PlayedRound } from './play/round-play.ts';
export { type Exp3Options, type Exp3Policy, exp3 } from './policies/exp3.ts';
export { fixed } from './policies/fixed.ts';
export { type LinUcbOptions, linUcb } from './policies/lin-ucb.ts';
export type { Policy } from './policies/policy.ts';
export { type SlidingWindowOptions, slidingWindowUcb } from './policies/sliding-window-ucb.ts';
export { thompson } from './policies/thompson.ts';
export { ucb1 } from './policies/ucb1.ts';
export { type ValueClasses, valueClasses } from './population/value-classes.ts';
export { type ValueDistribution, type Values, valuesOf } from './population/value-distribution.ts';
export { empiricalReserve, type ReserveFromValues } from './prices/empirical-reserve.ts';
export type { CopyBid, CopyValue, Offer, PostedPriceOutcome, PostedPriceSettings } from './prices/posted-price.ts';
export { type PriceBanditOptions, type PriceLearner, priceBandit } from './prices/price-bandit.ts';
export { type ReserveFromRevenue, type RevenueOptions, reserveFromRevenue } from './prices/reserve-from-revenue.ts';
export { type Regret, RegretLedger } from './regret/regret-ledger.ts';
export type {
  Arm,
  BidderGroup,
  Experiment,
  Fallback,
  PolicyChoice,
  Population,
  Trigger,
} from './simulation/experiment.ts';
export { type ReplicatedArm, type Replications, replicated } from './simulation/replications.ts';
export type { ArmFailure, ArmSummary, BidderSummary, Checkpoint, Simulation } from './simulation/result.ts';
export type { BidderMaker, BidderParts } from './simulation/seats.ts';
export { type MechanismSource, type SimulateOptions, simulate } from './simulation/simulate.ts';
export { competitivePrice } from './statistics/competitive-price.ts';
export { type Estimate, meanOf, RunningMean } from './statistics/running-mean.ts';
export { RunningAlpha, smithsAlpha } from './statistics/smiths-alpha.ts';
export type { ChangeDetector } from './triggers/change-detector.ts';
export { type CusumOptions, cusum } from './triggers/cusum.ts';
export { type PageHinkleyOptions, pageHinkley } from './triggers/page-hinkley.ts';

export { type PostedPrice, postedPrice };

/**
 * A mechanism of this package.
 *
 * @category Plugin
 */
export type AdaptiveMechanism = typeof postedPrice;

/**
 * All mechanisms of this package.
 *
 * @category Plugin
 */
export const adaptive: Plugin<AdaptiveMechanism> = definePlugin<AdaptiveMechanism>({
  name: '@mechane/adaptive',
  version,
  mechanisms: [postedPrice],
});
