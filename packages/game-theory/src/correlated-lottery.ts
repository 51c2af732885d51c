import { maximum, Rational, solveExactly, sum } from '@mechane/numerics';
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
  const worth = profiles.map((_, profile) => sum(payoffs.map((table) => table[profile] as Rational)));
  const most = maximum(worth);
  const gains = shape.flatMap((_, player) => gainsOf(shape, profiles, payoffs[player] as readonly Rational[], player));
  // The dual: what obedience is worth, so that every profile is worth as much less than the best one as can be. Its prices are the lottery. In the
  // program of the lottery itself all bounds but one are 0, and pivots lead nowhere.
  const solution = solveExactly({
    objective: [Rational.one, ...gains.map(() => Rational.zero)],
    rows: worth.map((value, profile) => ({
      coefficients: [Rational.one, ...gains.map((gain) => (gain[profile] as Rational).negated())],
      relation: '<=' as const,
      bound: most.minus(value),
    })),
  });
  // Every finite game has a correlated equilibrium (Hart and Schmeidler 1989), and the sum of payoffs is bounded.
  if (solution.status !== 'optimal') throw new RangeError(`the linear program is ${solution.status}`);
  const masses = solution.duals.slice(0, profiles.length);
  const total = sum(masses);
  const lottery = masses
    .map((mass, profile) => ({ profile, probability: mass.over(total) }))
    .filter(({ probability }) => probability.sign > 0);
  return { lottery, value: most.minus(solution.value) };
}

/** For each strategy that a player is told, what another would gain it, in every profile. */
function gainsOf(
  shape: readonly number[],
  profiles: readonly (readonly number[])[],
  table: readonly Rational[],
  player: number,
): (readonly Rational[])[] {
  const stride = stridesOf(shape)[player] as number;
  const strategies = [...Array(shape[player]).keys()];
  return strategies.flatMap((told) =>
    strategies
      .filter((played) => played !== told)
      .map((played) =>
        profiles.map((profile, index) => {
          if (profile[player] !== told) return Rational.zero;
          return (table[index + (played - told) * stride] as Rational).minus(table[index] as Rational);
        }),
      ),
  );
}
