/** Economies of several divisible goods, without an optimizer: `@mechane/market/economies`. */

export {
  type EquilibriumClaim,
  type EquilibriumResiduals,
  type MarketAgent,
  verifyEquilibrium,
} from './equilibrium-certificate.ts';
export type { FisherMethod } from './equilibrium-solvers/fisher-solvers.ts';
export {
  type ExchangeCertificate,
  type ExchangeMarket,
  type ExchangeOutcome,
  type ExchangeSettings,
  exchange,
} from './exchange.ts';
export type { ExchangeReport } from './exchange-agents.ts';
export {
  type FisherCertificate,
  type FisherMarket,
  type FisherOutcome,
  type FisherSettings,
  fisher,
} from './fisher.ts';
export type { FisherReport } from './fisher-agents.ts';
export {
  type FisherMatrix,
  type FisherMatrixEquilibrium,
  type FisherMatrixOptions,
  fisherEquilibrium,
} from './fisher-matrix.ts';
export type { PathVerdict } from './price-path.ts';
export {
  type PathCertificate,
  type PriceRound,
  type Tatonnement,
  type TatonnementAsk,
  type TatonnementMessage,
  type TatonnementOutcome,
  type TatonnementSettings,
  tatonnement,
} from './tatonnement.ts';
export { bundleValue } from './utility/bundle-value.ts';
export { demand } from './utility/demand.ts';
export type { Bundle, Utility } from './utility/utility.ts';
