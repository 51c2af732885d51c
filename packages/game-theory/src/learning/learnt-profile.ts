import type { Equilibrium } from '../equilibrium.ts';
import { deviationPayoffs, expectedPayoff, type Mixture } from '../normal-form/deviation-payoffs.ts';
import type { NormalFormGame } from '../normal-form/game.ts';

/**
 * Where a dynamic stands after some rounds.
 *
 * @category Learning
 */
export interface LearntProfile extends Equilibrium<number> {
  readonly rounds: number;
}

/** A mixture with what it pays and how far it is from an equilibrium, in doubles. */
export function learntProfile(game: NormalFormGame, mixture: Mixture, rounds: number): LearntProfile {
  const deviations = deviationPayoffs(game, mixture);
  const payoffs = mixture.map((own, player) => expectedPayoff(own, deviations[player] as Float64Array));
  const regret = Math.max(...deviations.map((own, player) => Math.max(...own) - (payoffs[player] as number)), 0);
  const paid = payoffs.map((payoff, player) => payoff + game.levelled(player).level);
  return { profile: mixture.map((own) => [...own]), payoffs: paid, regret, rounds };
}
