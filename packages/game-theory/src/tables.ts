/** Games in tables, their equilibria and learning in them, without an optimizer: `@mechane/game-theory/tables`. */

export { type Budget, Rational, type RationalLike, type SearchOptions } from '@mechane/numerics';
export { externalRegret, type PlayHistory, swapRegret } from './analysis/history-regret.ts';
export { priceOver } from './analysis/price-of-equilibria.ts';
export {
  type PayoffPoint,
  type RepeatedGamePayoffs,
  repeatedGamePayoffs,
  type SecurityValues,
  securityValues,
} from './analysis/repeated-game.ts';
export type { Equilibrium, MixedProfile } from './equilibrium.ts';
export { readNfg, writeNfg } from './files/nfg.ts';
export { type AlphaRankOptions, alphaRank, type RankedProfile } from './learning/alpha-rank.ts';
export { type BestResponsePath, bestResponseDynamics } from './learning/best-response-dynamics.ts';
export { fictitiousPlay } from './learning/fictitious-play.ts';
export type { LearningOptions } from './learning/learning-options.ts';
export type { LearntProfile } from './learning/learnt-profile.ts';
export { type HedgeOptions, hedge, type NoRegretProfile, regretMatching } from './learning/no-regret.ts';
export { type ReplicatorOptions, replicator } from './learning/replicator.ts';
export { anyEquilibrium } from './many-players/any-equilibrium.ts';
export type { ApproximateEquilibrium } from './many-players/approximate-equilibrium.ts';
export { globalNewton, type RayOptions } from './many-players/global-newton.ts';
export { iteratedPolymatrix } from './many-players/iterated-polymatrix.ts';
export { type LogitOptions, logit, type QuantalResponse } from './many-players/logit.ts';
export { type LyapunovOptions, lyapunov } from './many-players/lyapunov.ts';
export { manySupports, type SupportsSummary } from './many-players/many-supports.ts';
export { type PairTable, PolymatrixGame, type PolymatrixParts } from './many-players/polymatrix.ts';
export { type Properness, properness } from './many-players/proper.ts';
export {
  type GridEquilibrium,
  type SubdivisionOptions,
  simplicialSubdivision,
} from './many-players/simplicial-subdivision.ts';
export {
  type ExactProfile,
  mostForPerfection,
  type Perfection,
  tremblingPerfection,
} from './many-players/trembling.ts';
export {
  type CorrelatedEquilibrium,
  type CorrelatedObjective,
  type CorrelatedOptions,
  coarseCorrelated,
  correlated,
} from './normal-form/correlated.ts';
export {
  type DominanceOptions,
  type DominanceResult,
  type Elimination,
  iteratedDominance,
  rationalizable,
} from './normal-form/dominance.ts';
export { mostPayoffs, mostPlayers, NormalFormGame, type NormalFormParts, type Payoffs } from './normal-form/game.ts';
export { type JsonGame, jsonGame, type NestedPayoffs, readJsonGame, writeJsonGame } from './normal-form/json-game.ts';
export { potentialOf } from './normal-form/potential.ts';
export { type ProperEquilibrium, properEquilibrium } from './normal-form/proper-equilibrium.ts';
export { bestResponses, pureEquilibria } from './normal-form/pure.ts';
export { type PriceOfAnarchy, priceOfAnarchy, type SecurityLevel, securityLevel } from './normal-form/security.ts';
export { type Ending, type Found, Search } from './search.ts';
export { type DoubleLemkeHowsonOptions, doubleLemkeHowson, doubleZeroSum } from './two-player/double-equilibria.ts';
export {
  type SymmetricEquilibria,
  type SymmetricEquilibrium,
  symmetricEquilibria,
} from './two-player/evolutionary-stability.ts';
export { type ExtremePointsSummary, extremePoints } from './two-player/extreme-points.ts';
export { type LemkeHowsonOptions, type LemkeHowsonSummary, lemkeHowson } from './two-player/lemke-howson.ts';
export type { EquilibriumStructure, NashSubset } from './two-player/nash-subsets.ts';
export { type PerfectEquilibrium, perfectEquilibrium } from './two-player/perfect-equilibrium.ts';
export { type StackelbergOptions, type StackelbergSummary, stackelberg } from './two-player/stackelberg.ts';
export { supportEnumeration } from './two-player/support-enumeration.ts';
export { type ZeroSumSummary, zeroSum } from './two-player/zero-sum.ts';
