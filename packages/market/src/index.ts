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

export type { CallMarket, CallSettings } from './call.ts';
export type { CallMarketGeneratorSettings, CallMarketId, CallMarketScenario } from './call-market-generator.ts';
export { aggregate, type Curve, type Knot, quantityAt } from './curve.ts';
export type { EconomySettings, ExchangeScenario, FisherScenario } from './economy-generators.ts';
export { arcElasticity, elasticityAt } from './elasticity.ts';
export type { EquilibriumMarket, EquilibriumOutcome, EquilibriumStatus, SupplyOrDemand } from './equilibrium.ts';
export {
  type EquilibriumClaim,
  type EquilibriumResiduals,
  type MarketAgent,
  verifyEquilibrium,
} from './equilibrium-certificate.ts';
export type { FisherMethod } from './equilibrium-solvers/fisher-solvers.ts';
export type { ExchangeMarket, ExchangeOutcome, ExchangeSettings } from './exchange.ts';
export type { ExchangeReport } from './exchange-agents.ts';
export type { FisherMarket, FisherOutcome, FisherSettings } from './fisher.ts';
export type { FisherReport } from './fisher-agents.ts';
export {
  type FisherMatrix,
  type FisherMatrixEquilibrium,
  type FisherMatrixOptions,
  fisherEquilibrium,
} from './fisher-matrix.ts';
export type { McAfeeAuction } from './mcafee.ts';
export type { MudaAuction, MudaHalf, MudaOutcome, MudaSettings } from './muda.ts';
export type {
  MultiCommodity,
  MultiCommodityOutcome,
  MultiCommoditySettings,
  ResourceReport,
  ResourceUse,
} from './multi-commodity.ts';
export type { Order, OrderReport } from './order.ts';
export { createOrderBook, type OrderBook } from './order-book/book.ts';
export type { OrderBookSettings } from './order-book/book-settings.ts';
export type { BookSnapshot, SnapshotOrder, SnapshotStop } from './order-book/book-snapshot.ts';
export type { Depth, DepthLevel } from './order-book/depth.ts';
export {
  type OperationColumns,
  type OperationOutcomes,
  operationKinds,
  operationStatuses,
} from './order-book/operation-columns.ts';
export type { AmendMessage, CancelMessage, MessageId, OrderBookMessage } from './order-book/order-message.ts';
export type {
  AmendRequest,
  BookOrderSide,
  LimitOrderTerms,
  MarketOrderTerms,
  OrderId,
  OrderRequest,
  OrderTerms,
  StopLimitOrderTerms,
  StopOrderTerms,
  TimeInForce,
} from './order-book/order-request.ts';
export type { BookTrade, Receipt, RejectionCode } from './order-book/receipt.ts';
export type { SelfTradePrevention } from './order-book/self-trade.ts';
export type { AgentTrade, OrderBookOutcome, RejectedMessage } from './order-book/session-outcome.ts';
export type { OrderBookAsk, OrderBookMarket } from './order-book.ts';
export type { OrderColumns } from './order-columns.ts';
export { meet, type PartialEquilibrium } from './partial-equilibrium.ts';
export { clearPeriods, type Period, type PeriodsOutcome, type PeriodsSettings, volatility } from './period.ts';
export type { PathVerdict } from './price-path.ts';
export type { PriceStep } from './price-step.ts';
export { demandCurve, type Schedule, supplyCurve } from './schedule.ts';
export { applyShock, type Shock, type SupplyAndDemand } from './shock.ts';
export type { StronglyBudgetBalancedAuction } from './strongly-budget-balanced.ts';
export type {
  PriceRound,
  Tatonnement,
  TatonnementAsk,
  TatonnementMessage,
  TatonnementOutcome,
  TatonnementSettings,
} from './tatonnement.ts';
export type { TradeCertificate } from './trade-certificate.ts';
export type { ClearedOutcome, TradeOutcome } from './trade-outcome.ts';
export type { TradeReduction } from './trade-reduction.ts';
export type { TwoPriceOutcome } from './unit-trades.ts';
export { bundleValue } from './utility/bundle-value.ts';
export { demand } from './utility/demand.ts';
export type { Bundle, Utility } from './utility/utility.ts';
export type { VcgMarket } from './vcg.ts';
export {
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
};

/** A mechanism of this package. */
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
