import type { Rational } from '@mechane/numerics';

/**
 * Every player's probabilities over its strategies: `profile[player][strategy]`.
 *
 * @category Solving
 */
export type MixedProfile<Num = Rational> = readonly (readonly Num[])[];

/**
 * A profile of mixed strategies, what it pays, and how far it is from an equilibrium.
 *
 * @category Solving
 */
export interface Equilibrium<Num = Rational> {
  readonly profile: MixedProfile<Num>;
  /** Every player's expected payoff. */
  readonly payoffs: readonly Num[];
  /** The most that any player gains by the best deviation: 0 in an equilibrium. */
  readonly regret: Num;
}
