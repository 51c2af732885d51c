/** Markets of one good, without an optimizer: `@mechane/market/call-markets`. */

export { type CallMarket, type CallSettings, call } from './call.ts';
export { aggregate, type Curve, type Knot, quantityAt } from './curve.ts';
export { arcElasticity, elasticityAt } from './elasticity.ts';
export {
  type EquilibriumMarket,
  type EquilibriumOutcome,
  type EquilibriumStatus,
  equilibrium,
  type SupplyOrDemand,
} from './equilibrium.ts';
export { type McAfeeAuction, mcafee } from './mcafee.ts';
export { type MudaAuction, type MudaHalf, type MudaOutcome, type MudaSettings, muda } from './muda.ts';
export type { Order, OrderReport } from './order.ts';
export type { OrderColumns } from './order-columns.ts';
export { meet, type PartialEquilibrium } from './partial-equilibrium.ts';
export { clearPeriods, type Period, type PeriodsOutcome, type PeriodsSettings, volatility } from './period.ts';
export type { PriceStep } from './price-step.ts';
export { demandCurve, type Schedule, supplyCurve } from './schedule.ts';
export { applyShock, type Shock, type SupplyAndDemand } from './shock.ts';
export { type StronglyBudgetBalancedAuction, stronglyBudgetBalanced } from './strongly-budget-balanced.ts';
export type { TradeCertificate } from './trade-certificate.ts';
export type { ClearedOutcome, TradeOutcome } from './trade-outcome.ts';
export { type TradeReduction, tradeReduction } from './trade-reduction.ts';
export type { TwoPriceOutcome } from './unit-trades.ts';
export { type VcgMarket, vcg } from './vcg.ts';
