import { definePlugin, type Plugin } from '@mechane/core';
import { highsOptimizer } from '@mechane/optimization';
import { call } from './call.ts';
import { callMarketGenerator } from './call-market-generator.ts';
import { exchangeEconomy, fisherEconomy } from './economy-generators.ts';
import { equilibrium } from './equilibrium.ts';
import { exchange } from './exchange.ts';
import { fisher } from './fisher.ts';
import { mcafee } from './mcafee.ts';
import { muda } from './muda.ts';
import { multiCommodity } from './multi-commodity.ts';
import { orderBook } from './order-book.ts';
import { stronglyBudgetBalanced } from './strongly-budget-balanced.ts';
import { tatonnement } from './tatonnement.ts';
import { tradeReduction } from './trade-reduction.ts';
import { vcg } from './vcg.ts';
import { version } from './version.ts';

export type { CallMarketGeneratorSettings, CallMarketId, CallMarketScenario } from './call-market-generator.ts';
export * from './call-markets.ts';
export * from './economies.ts';
export type { EconomySettings, ExchangeScenario, FisherScenario } from './economy-generators.ts';
export type {
  MultiCommodity,
  MultiCommodityOutcome,
  MultiCommoditySettings,
  ProgramCertificate,
} from './multi-commodity.ts';
export * from './order-book/index.ts';
export * from './published.ts';
export type { ResourceReport, ResourceUse } from './resource-program.ts';
export { multiCommodity };

/**
 * A mechanism of this package.
 *
 * @category Plugin
 */
export type Market =
  | typeof call
  | typeof equilibrium
  | typeof exchange
  | typeof fisher
  | typeof mcafee
  | typeof muda
  | typeof multiCommodity
  | typeof orderBook
  | typeof stronglyBudgetBalanced
  | typeof tatonnement
  | typeof tradeReduction
  | typeof vcg;

/**
 * All markets.
 *
 * @category Plugin
 * @example
 * ```ts
 * import { createMechane } from '@mechane/core';
 * import { markets } from '@mechane/market';
 *
 * const mechane = createMechane().use(markets);
 * const reports = { ann: { side: 'buy', price: 9 }, bob: { side: 'sell', price: 4 } } as const;
 * mechane.run('market/call', { reports }).outcome.clearingPrice; // => 6.5
 * ```
 */
export const markets: Plugin<Market> = definePlugin<Market>({
  name: '@mechane/market',
  version,
  mechanisms: [
    call,
    equilibrium,
    exchange,
    fisher,
    mcafee,
    muda,
    multiCommodity,
    orderBook,
    stronglyBudgetBalanced,
    tatonnement,
    tradeReduction,
    vcg,
  ],
  providers: [highsOptimizer()],
  generators: [callMarketGenerator, exchangeEconomy, fisherEconomy],
});
