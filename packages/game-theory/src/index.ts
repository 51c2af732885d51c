import { definePlugin, type Plugin } from '@mechane/core';
import { gameGenerators } from './generators/game-generators.ts';
import { mediator } from './mediator.ts';
import { version } from './version.ts';

export { externalRegret, type PlayHistory, swapRegret } from './analysis/history-regret.ts';
export { priceOver } from './analysis/price-of-equilibria.ts';
export {
  type PayoffPoint,
  type RepeatedGamePayoffs,
  repeatedGamePayoffs,
  type SecurityValues,
  securityValues,
} from './analysis/repeated-game.ts';
export { type BayesNashEquilibrium, bayesNash } from './bayesian/bayes-nash.ts';
export { BayesianGame, type BayesianGameParts, type Plan } from './bayesian/bayesian-game.ts';
export { type InducedGame, induce, type TypeSpace } from './bayesian/induce.ts';
export { strategicForm } from './bayesian/strategic-form.ts';
export {
  type AnalysisOptions,
  bestInterimManipulation,
  bestManipulation,
  dominantActions,
  type Manipulation,
  truthIsDominant,
} from './bayesian/strategy-analysis.ts';
export { CoalitionalGame } from './cooperative/coalitional-game.ts';
export { type Imbalance, kernelImbalances } from './cooperative/kernel.ts';
export { hasCore, type LeastCore, leastCore, type Objection, strongestObjection } from './cooperative/least-core.ts';
export { nucleolus } from './cooperative/nucleolus.ts';
export { banzhafValue, shapleyValue } from './cooperative/power-values.ts';
export { type Estimate, type SamplingOptions, sampledShapley } from './cooperative/sampled-shapley.ts';
export type { AgentType, DesignProblem } from './design/design-problem.ts';
export type { DesignedMechanism, LotteryOutcome, NamedType } from './design/designed-mechanism.ts';
export { type OptimalMechanism, optimalMechanism } from './design/optimal-mechanism.ts';
export type { Equilibrium, MixedProfile } from './equilibrium.ts';
export type { GameErrorCode } from './errors.ts';
export {
  type ExactOptimum,
  type ExactProgram,
  type ExactRow,
  type ExactSolution,
  solveExactly,
} from './exact-linear-program.ts';
export { backwardInduction } from './extensive-form/backward-induction.ts';
export type { BehaviourEquilibrium } from './extensive-form/behaviour-equilibrium.ts';
export {
  type AverageProfile,
  type CounterfactualRegretOptions,
  counterfactualRegret,
  exploitability,
} from './extensive-form/counterfactual-regret.ts';
export { extensiveGame } from './extensive-form/describe-tree.ts';
export { readEfg, writeEfg } from './extensive-form/efg.ts';
export { type Evaluation, evaluate } from './extensive-form/evaluate.ts';
export { type ExtensiveCorrelatedOptions, extensiveCorrelated } from './extensive-form/extensive-correlated.ts';
export {
  type BehaviourProfile,
  type ChanceNode,
  type DecisionNode,
  type ExtensiveGame,
  type InformationSet,
  type Outcome,
  type TerminalNode,
  type TreeNode,
  uniformProfile,
} from './extensive-form/extensive-game.ts';
export { readJsonTree, writeJsonTree } from './extensive-form/json-tree.ts';
export { type KuhnSettings, kuhnPoker } from './extensive-form/kuhn-poker.ts';
export { type LeducSettings, leducPoker } from './extensive-form/leduc-poker.ts';
export { type ForgottenMove, forgottenMove, type OwnMove } from './extensive-form/perfect-recall.ts';
export {
  behaviourOfMixed,
  type ReducedNormalForm,
  reducedNormalForm,
} from './extensive-form/reduced-normal-form.ts';
export { type Exploitability, RegretMinimization, type RegretRule } from './extensive-form/regret-minimization.ts';
export { seltensHorse } from './extensive-form/seltens-horse.ts';
export { mostSequences, type SequenceFormOptions, sequenceFormEquilibria } from './extensive-form/sequence-form.ts';
export { type Leaf, type PlayerSequences, type SequenceForm, sequenceForm } from './extensive-form/sequences.ts';
export { strippedDownPoker } from './extensive-form/stripped-down-poker.ts';
export { subgamePerfect, subgames } from './extensive-form/subgames.ts';
export {
  type Branch,
  type ChanceDescription,
  chance,
  type EndDescription,
  ends,
  type MoveDescription,
  move,
  type NodeDescription,
  type TreeDescription,
} from './extensive-form/tree-description.ts';
export { type TremblingHand, tremblingHand } from './extensive-form/trembling-hand.ts';
export { type ZeroSumEquilibrium, zeroSumSequenceForm } from './extensive-form/zero-sum-sequence-form.ts';
export { readNfg, writeNfg } from './files/nfg.ts';
export { type AlphaRankOptions, alphaRank, type RankedProfile } from './learning/alpha-rank.ts';
export { type BestResponsePath, bestResponseDynamics } from './learning/best-response-dynamics.ts';
export { fictitiousPlay } from './learning/fictitious-play.ts';
export type { LearningOptions } from './learning/learning-options.ts';
export type { LearntProfile } from './learning/learnt-profile.ts';
export { type HedgeOptions, hedge, type NoRegretProfile, regretMatching } from './learning/no-regret.ts';
export { type ReplicatorOptions, replicator } from './learning/replicator.ts';
export type { ApproximateEquilibrium } from './many-players/approximate-equilibrium.ts';
export { globalNewton, type RayOptions } from './many-players/global-newton.ts';
export { iteratedPolymatrix } from './many-players/iterated-polymatrix.ts';
export { type LogitOptions, logit, type QuantalResponse } from './many-players/logit.ts';
export { type LyapunovOptions, lyapunov } from './many-players/lyapunov.ts';
export { manySupports } from './many-players/many-supports.ts';
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
export type { Mediator, MediatorSettings, PayoffTable, Recommendation, ReportedPayoffs } from './mediator.ts';
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
export { Rational, type RationalLike } from './rational.ts';
export { type Budget, type Ending, type Found, Search, type SearchOptions } from './search.ts';
export { type Game, methodsFor, type Solution, type SolveOptions, solve } from './solve.ts';
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

export { mediator };

/** A mechanism of this package. */
export type GameMechanism = typeof mediator;

/** All mechanisms of this package. */
export const games: Plugin<GameMechanism> = definePlugin<GameMechanism>({
  name: '@mechane/game-theory',
  version,
  mechanisms: [mediator],
  generators: gameGenerators,
});
