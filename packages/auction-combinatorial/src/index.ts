import { definePlugin, type Plugin } from '@mechane/core';
import { coreSelecting } from './core-selecting.ts';
import { firstPrice } from './first-price.ts';
import { packageGenerators } from './generators/package-generators.ts';
import { greedy } from './greedy.ts';
import { ascendingProxy } from './iterative/ascending-proxy.ts';
import { clockProxy } from './iterative/clock-proxy.ts';
import { ibundle } from './iterative/ibundle.ts';
import { simultaneousAscending } from './iterative/simultaneous-ascending.ts';
import { vcg } from './vcg.ts';
import { version } from './version.ts';

export type { CombinatorialAuctionErrorCode } from './errors.ts';
export type { PackageScenario } from './generators/package-scenario.ts';
export { writeCats } from './generators/write-cats.ts';
export type { AscendingCertificate, AscendingOutcome } from './iterative/ascending-outcome.ts';
export type { AscendingAsk, AscendingProxy } from './iterative/ascending-proxy.ts';
export type { ClockProxy } from './iterative/clock-proxy.ts';
export type { ClockProxyAsk, ClockProxyMessage, ClockProxyOutcome, ClockRound } from './iterative/clock-rounds.ts';
export type { BundleAsk, IBundle } from './iterative/ibundle.ts';
export type { PackageMessage } from './iterative/package-message.ts';
export type { PackageRound } from './iterative/round-history.ts';
export type {
  SimultaneousAscending,
  SimultaneousAsk,
  SimultaneousMessage,
  SimultaneousOutcome,
  SimultaneousRound,
  StandingCertificate,
} from './iterative/simultaneous-ascending.ts';
export type { CoreCertificate, PackageAuction, PackageOutcome, WelfareCertificate } from './package-auction.ts';
export type { PackageBid, PackageBids } from './package-bids.ts';
export { type CatsAuction, readCats } from './read-cats.ts';
export { ascendingProxy, clockProxy, coreSelecting, firstPrice, greedy, ibundle, simultaneousAscending, vcg };

/**
 * A mechanism of this package.
 *
 * @category Plugin
 */
export type CombinatorialAuction =
  | typeof firstPrice
  | typeof vcg
  | typeof coreSelecting
  | typeof greedy
  | typeof ascendingProxy
  | typeof ibundle
  | typeof clockProxy
  | typeof simultaneousAscending;

/**
 * All auctions of packages.
 *
 * @category Plugin
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
  mechanisms: [firstPrice, vcg, coreSelecting, greedy, ascendingProxy, ibundle, clockProxy, simultaneousAscending],
  generators: packageGenerators,
});
