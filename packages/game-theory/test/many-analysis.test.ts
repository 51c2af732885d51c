import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  coarseCorrelated,
  externalRegret,
  extremePoints,
  NormalFormGame,
  priceOver,
  readJsonGame,
  repeatedGamePayoffs,
  securityValues,
  swapRegret,
} from '../src/index.ts';
import { codeOf } from './code-of.ts';
import { randomGame } from './many-oracle.ts';

/** Aumann 1974: chicken, with the correlated equilibrium that plays all but (dare, dare) equally often. */
const chicken = readJsonGame({
  players: ['a', 'b'],
  payoffs: [
    [
      [6, 2],
      [7, 0],
    ],
    [
      [6, 7],
      [2, 0],
    ],
  ],
});
const traffic = [
  [0, 0],
  [0, 1],
  [1, 0],
];

describe('regret of a history', () => {
  test('Aumann’s correlated equilibrium of chicken has none', () => {
    expect(swapRegret(chicken, traffic)).toEqual([0, 0]);
    for (const regret of externalRegret(chicken, traffic)) expect(regret).toBeLessThanOrEqual(0);
  });

  test('swap regret is what replacing each strategy by its best would have brought', () => {
    const random = seededRandom(4);
    for (let round = 0; round < 20; round++) {
      const game = randomGame(random, [3, 2, 3]);
      const history = Array.from({ length: 30 }, () => game.shape.map((count) => random.below(count)));
      const earned = (player: number, replace: (strategy: number) => number): number =>
        history.reduce((sum, profile) => {
          return sum + game.payoff(player, profile.with(player, replace(profile[player] as number))).toNumber();
        }, 0) / history.length;
      const [external, swap] = [externalRegret(game, history), swapRegret(game, history)];
      game.shape.forEach((count, player) => {
        const strategies = Array.from({ length: count }, (_, at) => at);
        const now = earned(player, (strategy) => strategy);
        expect(external[player]).toBeCloseTo(Math.max(...strategies.map((to) => earned(player, () => to))) - now, 9);
        // All maps of strategies to strategies.
        let best = now;
        for (let map = 0; map < count ** count; map++) {
          best = Math.max(
            best,
            earned(player, (strategy) => Math.floor(map / count ** strategy) % count),
          );
        }
        expect(swap[player]).toBeCloseTo(best - now, 9);
      });
    }
  });

  test('a history that is a coarse correlated equilibrium has no external regret', () => {
    const [found] = coarseCorrelated(chicken).now().results;
    expect(found).toMatchObject({ payoffs: [expect.anything(), expect.anything()] });
    expect(Math.max(...externalRegret(chicken, traffic))).toBeLessThanOrEqual(0);
    expect(Math.max(...externalRegret(chicken, [[1, 1]]))).toBe(2);
  });

  test('what is no history of the game is refused', () => {
    for (const history of [[], [[0]], [[0, 2]], [[0, -1]], [[0, 0.5]], [[0, Number.NaN]]]) {
      expect(codeOf(() => externalRegret(chicken, history))).toBe('invalid-game');
      expect(codeOf(() => swapRegret(chicken, history))).toBe('invalid-game');
    }
  });
});

describe('prices over given equilibria', () => {
  test('of chicken: the best sum is 12; equilibria reach from 28/3 to 9', () => {
    const { results } = extremePoints(chicken).now();
    const { optimum, anarchy, stability } = priceOver(chicken, results);
    expect([optimum, anarchy, stability].map(String)).toEqual(['12', '4/3', '9/7']);
  });

  test('without positive welfare there is no price', () => {
    const game = readJsonGame({
      players: ['a', 'b'],
      payoffs: [
        [
          [-1, -3],
          [0, -2],
        ],
        [
          [-1, 0],
          [-3, -2],
        ],
      ],
    });
    const prices = priceOver(game, extremePoints(game).now().results);
    expect(Object.keys(prices)).toEqual(['optimum']);
    expect(codeOf(() => priceOver(game, []))).toBe('invalid-game');
  });
});

describe('the repeated game', () => {
  test('chicken: what is feasible, and what is left above the minimax values', () => {
    const { minimax, feasible, individuallyRational } = repeatedGamePayoffs(chicken);
    expect(minimax.map(String)).toEqual(['2', '2']);
    expect(feasible.map(String)).toEqual(['0,0', '7,2', '6,6', '2,7']);
    expect(individuallyRational.map(String)).toEqual(['2,2', '7,2', '6,6', '2,7']);
  });

  test('zero-sum games leave one point', () => {
    const pennies = readJsonGame({
      players: ['a', 'b'],
      payoffs: [
        [
          [1, -1],
          [-1, 1],
        ],
        [
          [-1, 1],
          [1, -1],
        ],
      ],
    });
    const { feasible, individuallyRational } = repeatedGamePayoffs(pennies);
    expect(feasible.map(String)).toEqual(['-1,1', '1,-1']);
    expect(individuallyRational.map(String)).toEqual(['0,0']);
  });

  test('it is for two players', () => {
    expect(codeOf(() => repeatedGamePayoffs(randomGame(seededRandom(1), [2, 2, 2])))).toBe('unsuitable-game');
  });
});

test('security values: three players can hold one down to less by pure strategies than it can guarantee, never', () => {
  const random = seededRandom(9);
  for (let round = 0; round < 10; round++) {
    for (const { maximin, pureMinimax } of securityValues(randomGame(random, [2, 3, 2]))) {
      expect(pureMinimax.isLess(maximin)).toBe(false);
    }
  }
  const settled = new NormalFormGame({
    strategies: [2, 1],
    payoffs: [new Float64Array([3, 4]), new Float64Array([1, 0])],
  });
  expect(securityValues(settled).map(({ maximin, pureMinimax }) => `${maximin} ${pureMinimax}`)).toEqual([
    '4 4',
    '0 0',
  ]);
});
