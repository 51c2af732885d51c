import { definePlugin, type Plugin } from '@mechane/core';
import { coreSelecting } from './core-selecting.ts';
import { firstPrice } from './first-price.ts';
import { greedy } from './greedy.ts';
import { vcg } from './vcg.ts';
import { version } from './version.ts';

export type { CombinatorialAuctionErrorCode } from './errors.ts';
export type { PackageAuction, PackageOutcome, WelfareCertificate } from './package-auction.ts';
export type { PackageBid, PackageBids } from './package-bids.ts';
export { type CatsAuction, readCats } from './read-cats.ts';
export { coreSelecting, firstPrice, greedy, vcg };

/** A mechanism of this package. */
export type CombinatorialAuction = typeof firstPrice | typeof vcg | typeof coreSelecting | typeof greedy;

/**
 * All auctions of packages.
 *
 * @example
 * ```ts
 * import { combinatorialAuctions } from '@mechane/auction-combinatorial';
 * import { createMechane } from '@mechane/core';
 *
 * const mechane = createMechane().use(combinatorialAuctions);
 * const reports = {
 *   ann: { xor: [{ bundle: ['cpu', 'mem'], value: 20 }] },
 *   bob: { xor: [{ bundle: ['cpu', 'disk'], value: 25 }] },
 * };
 * const settings = { goods: ['cpu', 'mem', 'disk'] };
 * mechane.run('auction-combinatorial/vcg', { settings, reports }).outcome.payments.bob; // => 20
 * ```
 */
export const combinatorialAuctions: Plugin<CombinatorialAuction> = definePlugin<CombinatorialAuction>({
  name: '@mechane/auction-combinatorial',
  version,
  mechanisms: [firstPrice, vcg, coreSelecting, greedy],
});
