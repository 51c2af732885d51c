import { type ExactRow, Rational, solveExactly, sum } from '@mechane/numerics';
import { profilesOf } from './bayesian/bayesian-game.ts';
import { stridesOf } from './normal-form/game.ts';

/** Profiles by their place in the tables, and how likely they are; those with probability 0 left out. */
export type CorrelatedLottery = readonly { readonly profile: number; readonly probability: Rational }[];

/**
 * The correlated equilibrium with the largest expected sum of payoffs (Aumann 1974), exactly: the best lottery over profiles such that nobody,
 * told its own strategy only, expects to gain by another. `payoffs[player]` is a flat table, the last player's strategy running fastest.
 */
export function bestCorrelated(
  shape: readonly number[],
  payoffs: readonly (readonly Rational[])[],
): { readonly lottery: CorrelatedLottery; readonly value: Rational } {
  const profiles = [...profilesOf(shape)];
  const objective = profiles.map((_, profile) => sum(payoffs.map((table) => table[profile] as Rational)));
  const solution = solveExactly({
    objective,
    rows: [
      ...shape.flatMap((_, player) => obedience(shape, profiles, payoffs[player] as readonly Rational[], player)),
      { coefficients: profiles.map(() => Rational.one), relation: '=', bound: Rational.one },
    ],
  });
  // Every finite game has a correlated equilibrium (Hart and Schmeidler 1989), and the sum of payoffs is bounded.
  if (solution.status !== 'optimal') throw new RangeError(`the linear program is ${solution.status}`);
  const lottery = solution.primal
    .map((probability, profile) => ({ profile, probability }))
    .filter(({ probability }) => probability.sign > 0);
  return { lottery, value: solution.value };
}

/** Nobody who is told one strategy would rather play another. */
function obedience(
  shape: readonly number[],
  profiles: readonly (readonly number[])[],
  table: readonly Rational[],
  player: number,
): ExactRow[] {
  const stride = stridesOf(shape)[player] as number;
  const strategies = [...Array(shape[player]).keys()];
  return strategies.flatMap((told) =>
    strategies
      .filter((played) => played !== told)
      .map((played) => ({
        coefficients: profiles.map((profile, index) => {
          if (profile[player] !== told) return Rational.zero;
          return (table[index + (played - told) * stride] as Rational).minus(table[index] as Rational);
        }),
        relation: '<=' as const,
        bound: Rational.zero,
      })),
  );
}
