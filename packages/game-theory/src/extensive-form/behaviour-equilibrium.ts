import type { Rational } from '@mechane/numerics';
import type { BehaviourProfile } from './extensive-game.ts';

/**
 * A profile of behaviour strategies, what it pays, and how far it is from an equilibrium.
 *
 * @category Methods for trees
 */
export interface BehaviourEquilibrium<Num = Rational> {
  /** `profile[player][informationSet][action]`. */
  readonly profile: BehaviourProfile<Num>;
  readonly payoffs: readonly Num[];
  /** The most that any player gains by the best deviation, by true best responses: 0 in equilibrium. */
  readonly regret: Num;
}

/** Whether two profiles have the same probabilities throughout. */
export function sameProfile(one: BehaviourProfile, other: BehaviourProfile): boolean {
  return one.every((sets, player) =>
    sets.every((actions, set) =>
      actions.every((probability, action) => probability.equals(other[player]?.[set]?.[action] as Rational)),
    ),
  );
}
