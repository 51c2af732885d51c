import type { Equilibrium } from './equilibrium.ts';
import type { BehaviourEquilibrium } from './extensive-form/behaviour-equilibrium.ts';
import type { AverageProfile } from './extensive-form/counterfactual-regret.ts';
import type { ExtensiveGame } from './extensive-form/extensive-game.ts';
import type { ApproximateEquilibrium } from './many-players/approximate-equilibrium.ts';
import type { QuantalResponse } from './many-players/logit.ts';
import type { GridEquilibrium } from './many-players/simplicial-subdivision.ts';
import type { CorrelatedEquilibrium } from './normal-form/correlated.ts';
import type { DominanceResult } from './normal-form/dominance.ts';
import type { NormalFormGame } from './normal-form/game.ts';
import type { ExtremePointsSummary } from './two-player/extreme-points.ts';
import type { LemkeHowsonSummary } from './two-player/lemke-howson.ts';
import type { StackelbergSummary } from './two-player/stackelberg.ts';
import type { ZeroSumSummary } from './two-player/zero-sum.ts';

/**
 * A game in either form.
 *
 * @category Solving
 */
export type Game = NormalFormGame | ExtensiveGame;

/**
 * What a method gives: results with their ending, and `Summary`, which it says beside.
 *
 * @category Solving
 */
export type Findings<Result extends object, Summary extends object = object> = Summary & {
  /** Whether these are all results that the method can give. */
  readonly complete: boolean;
  /** Why not. */
  readonly reason?: string;
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
  /** Exact for two players. */
  readonly 'support-enumeration': Findings<Equilibrium | ApproximateEquilibrium>;
  readonly 'lemke-howson': Findings<Equilibrium, LemkeHowsonSummary>;
  readonly 'zero-sum': Findings<Equilibrium, ZeroSumSummary>;
  readonly correlated: Findings<CorrelatedEquilibrium>;
  readonly 'coarse-correlated': Findings<CorrelatedEquilibrium>;
  readonly stackelberg: Findings<Equilibrium, StackelbergSummary>;
  /** The profile that is left, where one is. */
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
  readonly 'sequence-form': Findings<BehaviourEquilibrium>;
  readonly 'backward-induction': Findings<BehaviourEquilibrium>;
  readonly 'subgame-perfect': Findings<BehaviourEquilibrium>;
  readonly cfr: Findings<AverageProfile>;
  readonly 'zero-sum': Findings<BehaviourEquilibrium>;
  /** `strategies` are those of the reduced normal form, in which the distributions are told. */
  readonly 'extensive-form-correlated': Findings<CorrelatedEquilibrium, Pick<NormalFormGame, 'strategies'>>;
  readonly 'extreme-points': Findings<BehaviourEquilibrium>;
  readonly pure: Findings<BehaviourEquilibrium>;
  readonly 'support-enumeration': Findings<BehaviourEquilibrium>;
  readonly 'lemke-howson': Findings<BehaviourEquilibrium>;
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
  ? 'extreme-points' | 'pure'
  : 'backward-induction' | 'sequence-form' | 'cfr';

/**
 * What {@link solve} finds by a method in games of a form; of several methods, one of their solutions, told apart by `method`.
 * As JSON, rationals are texts such as `"1/3"`.
 *
 * @category Solving
 */
export type Solution<Of extends Game = Game, Method extends string = string> = Of extends NormalFormGame
  ? OneOf<NormalFormFindings, Method>
  : OneOf<TreeFindings, Method> & {
      /** The names of the players' information sets, in the order of their profiles. */
      readonly informationSets: readonly (readonly string[])[];
    };

type OneOf<Map, Method extends string> = {
  readonly [Name in keyof Map & string]: { readonly method: Name } & Map[Name];
}[string extends Method ? keyof Map & string : Extract<Method, keyof Map>];
