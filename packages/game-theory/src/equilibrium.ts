import type { Rational } from './rational.ts';

/** Every player's probabilities over its strategies: `profile[player][strategy]`. */
export type MixedProfile<Num = Rational> = readonly (readonly Num[])[];

/** A profile of mixed strategies, what it pays, and how far it is from an equilibrium. */
export interface Equilibrium<Num = Rational> {
  readonly profile: MixedProfile<Num>;
  /** Every player's expected payoff. */
  readonly payoffs: readonly Num[];
  /** The most that any player gains by the best deviation: 0 in an equilibrium. */
  readonly regret: Num;
}

/** What a method that lists equilibria may say about how they hang together. */
export interface EquilibriumSets {
  /** Maximal Nash subsets: every set of `first` strategies is in equilibrium with every one of `second`, by index into the extreme strategies. */
  readonly components?: readonly (readonly number[])[];
}
