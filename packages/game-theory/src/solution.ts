import type { Equilibrium } from './equilibrium.ts';
import type { ApproximateBehaviour } from './extensive-form/approximate-behaviour.ts';
import type { BehaviourEquilibrium } from './extensive-form/behaviour-equilibrium.ts';
import type { AverageProfile } from './extensive-form/counterfactual-regret.ts';
import type { ExtensiveGame } from './extensive-form/extensive-game.ts';
import type { LogitBehaviour } from './extensive-form/tree-logit.ts';
import type { ApproximateEquilibrium } from './many-players/approximate-equilibrium.ts';
import type { QuantalResponse } from './many-players/logit.ts';
import type { SupportsSummary } from './many-players/many-supports.ts';
import type { GridEquilibrium } from './many-players/simplicial-subdivision.ts';
import type { CorrelatedEquilibrium } from './normal-form/correlated.ts';
import type { DominanceResult } from './normal-form/dominance.ts';
import type { NormalFormGame } from './normal-form/game.ts';
import type { ExtremePointsSummary } from './two-player/extreme-points.ts';
import type { LemkeHowsonSummary } from './two-player/lemke-howson.ts';
import type { EquilibriumStructure } from './two-player/nash-subsets.ts';
import type { StackelbergSummary } from './two-player/stackelberg.ts';
import type { ZeroSumSummary } from './two-player/zero-sum.ts';

/**
 * A game in either form.
 *
 * @category Solving
 */
export type Game = NormalFormGame | ExtensiveGame;

/**
 * A class of equilibria, or of what stands for them, to which a method keeps.
 *
 * @category Solving
 */
export type Scope =
  /** Equilibria in pure strategies. */
  | 'pure'
  /** Subgame-perfect equilibria. */
  | 'subgame-perfect'
  /** What is best by an objective, of all that a mediator can do. */
  | 'best'
  /** What a leader best commits to. */
  | 'commitment';

/**
 * What a method gives: results with their ending, and `Summary`, which it says beside.
 *
 * @category Solving
 */
export type Findings<Result extends object, Summary extends object = object> = Summary & {
  /** Whether these are all that there are: of a scope, where one is named, else of all equilibria. */
  readonly complete: boolean;
  /** Why not. */
  readonly reason?: string;
  /** The class to which the method keeps. */
  readonly scope?: Scope;
  readonly equilibria: readonly Result[];
};

/**
 * What each method finds in a table of payoffs.
 *
 * @category Solving
 */
export interface NormalFormFindings {
  readonly 'extreme-points': Findings<Equilibrium, ExtremePointsSummary>;
  readonly pure: Findings<Equilibrium>;
  /** Exact where two players have something to choose. */
  readonly 'support-enumeration': Findings<Equilibrium | ApproximateEquilibrium, SupportsSummary>;
  readonly 'any-equilibrium': Findings<ApproximateEquilibrium>;
  readonly 'lemke-howson': Findings<Equilibrium, LemkeHowsonSummary>;
  readonly 'zero-sum': Findings<Equilibrium, ZeroSumSummary>;
  readonly correlated: Findings<CorrelatedEquilibrium>;
  readonly 'coarse-correlated': Findings<CorrelatedEquilibrium>;
  readonly stackelberg: Findings<Equilibrium, StackelbergSummary>;
  /** The profile that is left, where one is: then it is the only equilibrium. */
  readonly dominance: Findings<Equilibrium, Pick<DominanceResult, 'eliminated' | 'remaining'>>;
  readonly logit: Findings<QuantalResponse>;
  readonly 'global-newton': Findings<ApproximateEquilibrium>;
  readonly 'simplicial-subdivision': Findings<GridEquilibrium>;
  readonly 'iterated-polymatrix': Findings<ApproximateEquilibrium>;
  readonly lyapunov: Findings<ApproximateEquilibrium>;
}

/**
 * What each method finds in a tree.
 *
 * @category Solving
 */
export interface TreeFindings {
  readonly 'extreme-points': Findings<BehaviourEquilibrium, EquilibriumStructure>;
  /** Exact where two players have something to choose. */
  readonly 'support-enumeration': Findings<BehaviourEquilibrium | ApproximateBehaviour, SupportsSummary>;
  readonly 'sequence-form': Findings<BehaviourEquilibrium>;
  readonly 'backward-induction': Findings<BehaviourEquilibrium>;
  readonly 'subgame-perfect': Findings<BehaviourEquilibrium>;
  readonly 'any-equilibrium': Findings<ApproximateBehaviour>;
  readonly 'zero-sum': Findings<BehaviourEquilibrium>;
  readonly 'lemke-howson': Findings<BehaviourEquilibrium>;
  readonly pure: Findings<BehaviourEquilibrium>;
  readonly logit: Findings<LogitBehaviour>;
  readonly cfr: Findings<AverageProfile>;
  /** `strategies` are those of the reduced normal form, in which the distributions are told. */
  readonly 'extensive-form-correlated': Findings<CorrelatedEquilibrium, Pick<NormalFormGame, 'strategies'>>;
}

/**
 * The names of the methods for games of a form.
 *
 * @category Solving
 */
export type MethodOf<Of extends Game = Game> = Of extends NormalFormGame
  ? keyof NormalFormFindings
  : keyof TreeFindings;

/**
 * The methods that are chosen for games of a form where none is named.
 *
 * @category Solving
 */
export type DefaultMethodOf<Of extends Game = Game> = Of extends NormalFormGame
  ? 'extreme-points' | 'support-enumeration' | 'any-equilibrium'
  : 'extreme-points' | 'support-enumeration' | 'backward-induction' | 'sequence-form' | 'any-equilibrium' | 'pure';

/**
 * What {@link solve} finds by a method in games of a form; of several methods, one of their solutions, told apart by `method`.
 * As JSON, rationals are texts such as `"1/3"`.
 *
 * @category Solving
 */
export type Solution<Of extends Game = Game, Method extends string = string> = Of extends NormalFormGame
  ? OneOf<NormalFormFindings, Method>
  : OneOf<TreeFindings, Method> & {
      /** The names of the players' information sets, in the order of their profiles, those of one player all different. */
      readonly informationSets: readonly (readonly string[])[];
    };

type OneOf<Map, Method extends string> = {
  readonly [Name in keyof Map & string]: { readonly method: Name } & Map[Name];
}[string extends Method ? keyof Map & string : Extract<Method, keyof Map>];
