import { seededRandom } from '@mechane/core';
import { atOnce, Pace, pause, type Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { doubleZeroSum } from '../src/two-player/double-equilibria.ts';
import { SteepestEdge } from '../src/two-player/steepest-edge.ts';
import { zeroSum } from '../src/two-player/zero-sum.ts';

function zeroSumGame(first: Float64Array, m: number, n: number): NormalFormGame {
  return new NormalFormGame({ strategies: [m, n], payoffs: [first, first.map((payoff) => -payoff)] });
}

describe('zero-sum games by steepest edge', () => {
  test('the value is that of the exact program, ties or not', () => {
    const random = seededRandom(77);
    for (let round = 0; round < 60; round++) {
      const [m, n] = [1 + random.below(12), 1 + random.below(12)];
      const most = [2, 4, 1000][round % 3] as number;
      const game = zeroSumGame(
        Float64Array.from({ length: m * n }, () => random.below(most)),
        m,
        n,
      );
      const { value } = zeroSum(game).now();
      const found = doubleZeroSum(game).now().results[0];
      expect(found?.payoffs[0]).toBeCloseTo((value as Rational).toNumber(), 9);
      expect(found?.regret).toBeLessThan(1e-11 * most);
    }
  });

  test('the dictionary computed anew is the same vertex, and still optimal', () => {
    const random = seededRandom(78);
    const [m, n] = [40, 60];
    const payoffs = Float64Array.from({ length: m * n }, () => random.next());
    const program = new SteepestEdge(payoffs, m, n);
    const pace = new Pace({});
    expect(atOnce(program.solve(pace))).toBe(true);
    const [x, y] = [program.prices(), program.coordinates()];
    program.rebuild();
    expect(atOnce(program.solve(pace))).toBe(true);
    program.prices().forEach((price, row) => {
      expect(price).toBeCloseTo(x[row] as number, 10);
    });
    program.coordinates().forEach((coordinate, column) => {
      expect(coordinate).toBeCloseTo(y[column] as number, 10);
    });
    // Strong duality: what the rows ask for is what the columns are worth.
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    expect(sum(x)).toBeCloseTo(sum(y), 10);
  });

  test('large games with many ties end, with small regret', () => {
    const random = seededRandom(79);
    const payoffs = Float64Array.from({ length: 90 * 90 }, () => random.below(3));
    const found = doubleZeroSum(zeroSumGame(payoffs, 90, 90)).now().results[0];
    expect(found?.regret).toBeLessThan(1e-11);
  });

  test('a game in which nothing matters has its payoff as value', () => {
    const game = zeroSumGame(new Float64Array(6).fill(7), 2, 3);
    expect(doubleZeroSum(game).now().results[0]).toMatchObject({ payoffs: [7, -7], regret: 0 });
  });

  test('the largest doubles do not overflow', () => {
    const game = zeroSumGame(new Float64Array([1e308, -1e308, -1e308, 1e308]), 2, 2);
    expect(doubleZeroSum(game).now().results[0]?.profile).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });

  test('a game that mixes scales is solved again from its basis, and the better profile is given', () => {
    const random = seededRandom(80);
    const size = 30;
    const payoffs = Float64Array.from({ length: size * size }, () => 10 ** (8 * random.next()));
    const game = zeroSumGame(payoffs, size, size);
    const { value } = zeroSum(game).now();
    const found = doubleZeroSum(game).now().results[0];
    const largest = payoffs.reduce((most, payoff) => Math.max(most, payoff), 0);
    expect(Math.abs((found?.payoffs[0] as number) - (value as Rational).toNumber())).toBeLessThan(1e-9 * largest);
  });

  test('it stops where the budget ends', () => {
    const random = seededRandom(81);
    const payoffs = Float64Array.from({ length: 400 }, () => random.next());
    const pace = new Pace({ steps: 2 });
    const steps = new SteepestEdge(payoffs, 20, 20).solve(pace);
    expect(steps.next().value).toBe(pause);
    expect(steps.next()).toEqual({ done: true, value: false });
  });
});
