import { definePlugin, type Plugin } from '@mechane/core';
import { allPay } from './all-pay.ts';
import { firstPrice } from './first-price.ts';
import { gsp } from './gsp.ts';
import { optimal } from './optimal.ts';
import { payAsBid } from './pay-as-bid.ts';
import { positionVcg } from './position-vcg.ts';
import { randomSampling } from './random-sampling.ts';
import { secondPrice } from './second-price.ts';
import { uniformPrice } from './uniform-price.ts';
import { version } from './version.ts';
import { vickrey } from './vickrey.ts';

export type { Distribution, DistributionByAgent } from './distribution.ts';
export type { SealedAuctionErrorCode } from './errors.ts';
export type { OptimalAuction, OptimalSettings, VirtualValues } from './optimal.ts';
export type { PositionAuction, PositionOutcome } from './positions.ts';
export type { CopyBid, RandomSamplingAuction, RandomSamplingOutcome, SampledHalf } from './random-sampling.ts';
export type { BidColumns, SealedBidAuction, SealedBidOutcome } from './single-item-bids.ts';
export type { UniformPriceAuction, UniformPriceOutcome, UniformPriceSettings } from './uniform-price.ts';
export type { MultiUnitAuction, MultiUnitOutcome } from './unit-bids.ts';
export type { SupportingPrice } from './vickrey.ts';
export { allPay, firstPrice, gsp, optimal, payAsBid, positionVcg, randomSampling, secondPrice, uniformPrice, vickrey };

/**
 * A mechanism of this package.
 *
 * @category Plugin
 */
export type SealedAuction =
  | typeof firstPrice
  | typeof secondPrice
  | typeof allPay
  | typeof optimal
  | typeof uniformPrice
  | typeof payAsBid
  | typeof vickrey
  | typeof gsp
  | typeof positionVcg
  | typeof randomSampling;

/**
 * All sealed-bid auctions.
 *
 * @category Plugin
 * @example
 * ```ts
 * import { sealedAuctions } from '@mechane/auction-sealed';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(sealedAuctions);
 * const settings = { clickThroughRates: [200, 100] };
 * const reports = { x: { bid: 10 }, y: { bid: 4 }, z: { bid: 2 } };
 * mechane.run('auction-sealed/gsp', { settings, reports }).outcome.slots; // => ['x', 'y']
 * ```
 */
export const sealedAuctions: Plugin<SealedAuction> = definePlugin<SealedAuction>({
  name: '@mechane/auction-sealed',
  version,
  mechanisms: [
    firstPrice,
    secondPrice,
    allPay,
    optimal,
    uniformPrice,
    payAsBid,
    vickrey,
    gsp,
    positionVcg,
    randomSampling,
  ],
});
