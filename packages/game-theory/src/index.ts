import { definePlugin, type Plugin } from '@mechane/core';
import { gameGenerators } from './generators/game-generators.ts';
import { mediator } from './mediator.ts';
import { version } from './version.ts';

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
export * from './coalitions.ts';
export type { AgentType, DesignProblem } from './design/design-problem.ts';
export type { DesignedMechanism, LotteryOutcome, NamedType } from './design/designed-mechanism.ts';
export { type OptimalMechanism, optimalMechanism } from './design/optimal-mechanism.ts';
export { distinctNames } from './distinct-names.ts';
export type { GameErrorCode } from './errors.ts';
export { type ZeroSumEquilibrium, zeroSumSequenceForm } from './extensive-form/zero-sum-sequence-form.ts';
export type {
  Mediator,
  MediatorSettings,
  PayoffTable,
  Recommendation,
  RecommendationCertificate,
  ReportedPayoffs,
} from './mediator.ts';
export { methodsFor } from './methods.ts';
export * from './published.ts';
export type {
  DefaultMethodOf,
  Findings,
  Game,
  MethodOf,
  NormalFormFindings,
  Scope,
  Solution,
  TreeFindings,
} from './solution.ts';
export { solutionJson } from './solution-json.ts';
export { type SolveOptions, solve } from './solve.ts';
export * from './tables.ts';
export * from './trees.ts';
export { mediator };

/**
 * A mechanism of this package.
 *
 * @category Plugin
 */
export type GameMechanism = typeof mediator;

/**
 * All mechanisms of this package.
 *
 * @category Plugin
 */
export const games: Plugin<GameMechanism> = definePlugin<GameMechanism>({
  name: '@mechane/game-theory',
  version,
  mechanisms: [mediator],
  generators: gameGenerators,
});
