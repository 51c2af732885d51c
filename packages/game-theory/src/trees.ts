/** Games in trees and their equilibria, without an optimizer: `@mechane/game-theory/trees`. */

export { anyBehaviour } from './extensive-form/any-behaviour.ts';
export type { ApproximateBehaviour } from './extensive-form/approximate-behaviour.ts';
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
export { type LogitBehaviour, treeLogit } from './extensive-form/tree-logit.ts';
export { treeSupports } from './extensive-form/tree-supports.ts';
export { type TremblingHand, tremblingHand } from './extensive-form/trembling-hand.ts';
