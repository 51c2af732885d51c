/*
 * Exact regret straight from the definition, for tables and trees: over all pure profiles, and over all nodes and pure strategies. Shares nothing with
 * the solvers but the numbers.
 */
import { Rational } from '@mechane/numerics';
import type { NormalFormGame } from '../src/normal-form/game.ts';

export type ExactProfile = readonly (readonly Rational[])[];

/** What a player expects from a strategy, the others playing their part of a profile. */
export function exactPayoff(game: NormalFormGame, player: number, strategy: number, profile: ExactProfile): Rational {
  let total = Rational.zero;
  const pure = game.shape.map(() => 0);
  for (let index = 0; index < game.profiles; index++) {
    if (pure[player] === strategy) {
      let weight = game.rationals(player)[index] as Rational;
      for (const [other, own] of pure.entries()) {
        if (other !== player) weight = weight.times(profile[other]?.[own] as Rational);
      }
      total = total.plus(weight);
    }
    for (let at = pure.length - 1; at >= 0; at--) {
      pure[at] = (pure[at] as number) + 1;
      if ((pure[at] as number) < (game.shape[at] as number)) break;
      pure[at] = 0;
    }
  }
  return total;
}

/** The most that any player gains by another pure strategy. The profile has to be one of probabilities. */
export function exactRegret(game: NormalFormGame, profile: ExactProfile): Rational {
  let regret = Rational.zero;
  for (const [player, own] of profile.entries()) {
    const total = own.reduce((sum, weight) => sum.plus(weight), Rational.zero);
    if (!total.equals(Rational.one) || own.some(({ sign }) => sign < 0)) throw new Error('these are no probabilities');
    const payoffs = own.map((_, strategy) => exactPayoff(game, player, strategy, profile));
    const expected = payoffs.reduce((sum, payoff, at) => sum.plus(payoff.times(own[at] as Rational)), Rational.zero);
    for (const payoff of payoffs) if (regret.isLess(payoff.minus(expected))) regret = payoff.minus(expected);
  }
  return regret;
}

/** Probabilities in doubles as exact ones: the same up to their rounding, and summing to 1. */
export function asExact(profile: readonly (readonly number[])[]): ExactProfile {
  return profile.map((own) => {
    const shares = own.map((weight) => Rational.fromDouble(Math.max(0, weight)));
    const total = shares.reduce((sum, share) => sum.plus(share), Rational.zero);
    return shares.map((share) => share.over(total));
  });
}
