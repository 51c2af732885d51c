/*
 * The best correlated equilibria against the linear program of the distribution itself (Aumann 1974; Moulin and Vial 1978), solved in rationals: the solver
 * goes by its dual.
 */
import { seededRandom } from '@mechane/core';
import { type ExactRow, Rational, solveExactly, sum } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import { type CorrelatedObjective, coarseCorrelated, correlated } from '../src/normal-form/correlated.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';

const random = seededRandom(801);

function drawn(shape: readonly number[], below: number): NormalFormGame {
  const profiles = shape.reduce((product, count) => product * count, 1);
  const payoffs = shape.map(() => Float64Array.from({ length: profiles }, () => random.below(below)));
  return new NormalFormGame({ strategies: shape, payoffs });
}

/** What a player loses in each profile by playing `other` where it is told `told`, or whatever it is told. */
function lossesOf(game: NormalFormGame, player: number, other: number, told: number | undefined): Rational[] {
  return Array.from({ length: game.profiles }, (_, at) => {
    const profile = game.profileAt(at);
    if (told !== undefined && profile[player] !== told) return Rational.zero;
    return game.payoff(player, profile).minus(game.payoff(player, profile.with(player, other)));
  });
}

function conditionsOf(game: NormalFormGame, isCoarse: boolean): Rational[][] {
  return game.shape.flatMap((count, player) =>
    Array.from({ length: count }, (_, other) =>
      isCoarse
        ? [lossesOf(game, player, other, undefined)]
        : Array.from({ length: count }, (__, told) => lossesOf(game, player, other, told)),
    ).flat(),
  );
}

const all = (game: NormalFormGame, value: Rational): Rational[] => new Array<Rational>(game.profiles).fill(value);

/** The rows that make a distribution an equilibrium, and one for each payoff that has to reach the last variable. */
function rowsOf(game: NormalFormGame, isCoarse: boolean): ExactRow[] {
  return [
    { coefficients: [...all(game, Rational.one), Rational.zero], relation: '=', bound: Rational.one },
    ...conditionsOf(game, isCoarse).map(
      (losses): ExactRow => ({ coefficients: [...losses, Rational.zero], relation: '>=', bound: Rational.zero }),
    ),
  ];
}

function optimumOf(game: NormalFormGame, isCoarse: boolean, objective: CorrelatedObjective): Rational {
  const least = objective === 'fairness' ? [...game.players.keys()] : [];
  const rows = [
    ...rowsOf(game, isCoarse),
    ...least.map((player): ExactRow => {
      const coefficients = [...game.rationals(player), Rational.of(-1)];
      return { coefficients, relation: '>=', bound: Rational.zero };
    }),
  ];
  const solution = solveExactly({ objective: objectiveOf(game, objective), rows, free: [game.profiles] });
  return solution.status === 'optimal' ? solution.value : Rational.of(Number.NaN);
}

function objectiveOf(game: NormalFormGame, objective: CorrelatedObjective): Rational[] {
  if (objective === 'fairness') return [...all(game, Rational.zero), Rational.one];
  const counted = objective === 'welfare' ? [...game.players.keys()] : [objective.player];
  return [
    ...all(game, Rational.zero).map((_, at) => sum(counted.map((player) => game.rationals(player)[at] as Rational))),
    Rational.zero,
  ];
}

function reached(payoffs: readonly Rational[], objective: CorrelatedObjective): Rational {
  if (objective === 'welfare') return sum(payoffs);
  if (objective !== 'fairness') return payoffs[objective.player] as Rational;
  return payoffs.reduce((least, payoff) => (payoff.isLess(least) ? payoff : least));
}

describe.each([
  ['correlated', correlated, false],
  ['coarse correlated', coarseCorrelated, true],
] as const)('the best %s equilibrium', (_, find, isCoarse) => {
  test('is what the linear program of the distribution gives, for every objective, and alone where it is said to be', {
    tags: ['long'],
  }, () => {
    let alone = 0;
    for (let round = 0; round < 40; round++) {
      const shape = [
        [3, 3],
        [2, 2, 2],
        [1, 3],
        [4, 2],
      ][round % 4] as readonly number[];
      const game = drawn(shape, round % 3 === 0 ? 1_000 : 3);
      for (const objective of ['welfare', 'fairness', { player: 0 }] as const) {
        const { results, complete } = find(game, { objective }).now();
        const [{ payoffs, regret, distribution } = { payoffs: [], regret: Rational.one, distribution: [] }] = results;
        expect(String(reached(payoffs, objective))).toBe(String(optimumOf(game, isCoarse, objective)));
        expect(String(sum(distribution.map(({ probability }) => probability)))).toBe('1');
        expect(distribution.every(({ probability }) => probability.sign > 0)).toBe(true);
        expect(regret.sign).toBe(0);
        const expected = (losses: readonly Rational[]): Rational =>
          sum(
            distribution.map(({ profile, probability }) =>
              probability.times(losses[game.indexOf(profile)] as Rational),
            ),
          );
        for (const losses of conditionsOf(game, isCoarse)) expect(expected(losses).sign).toBeGreaterThanOrEqual(0);
        if (!complete || objective === 'fairness') continue;
        alone += 1;
        // Of all that are as good, none gives any profile more.
        const goal = objectiveOf(game, objective);
        const best: ExactRow = { coefficients: goal, relation: '>=', bound: reached(payoffs, objective) };
        const rows = [...rowsOf(game, isCoarse), best];
        for (let at = 0; at < game.profiles; at++) {
          const unit = [...all(game, Rational.zero).with(at, Rational.one), Rational.zero];
          const most = solveExactly({ objective: unit, rows });
          const own = distribution.find(({ profile }) => game.indexOf(profile) === at)?.probability ?? Rational.zero;
          expect(most.status === 'optimal' && String(most.value)).toBe(String(own));
        }
      }
    }
    expect(alone).toBeGreaterThan(15);
  });

  test('takes few steps where all conditions but one are bounded by 0', { tags: ['long'] }, () => {
    for (const shape of [
      [10, 10],
      [4, 4, 4],
    ]) {
      const { results } = find(drawn(shape, 1_000_000), { steps: 2_000 }).now();
      expect(results).toHaveLength(1);
    }
  });
});
