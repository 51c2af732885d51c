import { seededRandom } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import type { Equilibrium } from '../src/equilibrium.ts';
import { hardGame } from '../src/generators/hard-game.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { type JsonGame, readJsonGame } from '../src/normal-form/json-game.ts';
import { securityLevel } from '../src/normal-form/security.ts';
import { doubleLemkeHowson, doubleZeroSum } from '../src/two-player/double-equilibria.ts';
import { exactEquilibrium, ProfileOfWeights } from '../src/two-player/exact-profile.ts';
import { extremePoints } from '../src/two-player/extreme-points.ts';
import { lemkeHowson } from '../src/two-player/lemke-howson.ts';
import { pairOf } from '../src/two-player/pair.ts';
import { stackelberg } from '../src/two-player/stackelberg.ts';
import { supportEnumeration } from '../src/two-player/support-enumeration.ts';
import { zeroSum } from '../src/two-player/zero-sum.ts';
import { codeOf } from './code-of.ts';
import { bruteForce } from './equilibrium-oracle.ts';
import { degenerateGame, genericGame } from './random-games.ts';

const two = (first: JsonGame['payoffs'][number], second: JsonGame['payoffs'][number]): NormalFormGame =>
  readJsonGame({ players: ['row', 'column'], payoffs: [first, second] });
const sizeOf = (weights: readonly Rational[] = []): number => weights.filter(({ sign }) => sign > 0).length;
const keyOf = ({ profile }: Equilibrium): string => profile.map(String).join(';');
/** Shapley 1974, figure 3. */
const shapley = two(
  [
    [0, 3, 0],
    [2, 2, 0],
    [3, 0, 1],
  ],
  [
    [0, 2, 3],
    [3, 2, 0],
    [0, 0, 1],
  ],
);
/** Without the lexicographic rule, Lemke–Howson cycles here. */
const cycling = two(
  [
    [0, 0, 0],
    [0, 1, 1],
    [1, 1, 0],
  ],
  [
    [1, 0, 1],
    [1, 1, 0],
    [0, 0, 2],
  ],
);

describe('Lemke–Howson', () => {
  test('every path of Shapley’s game leads to one equilibrium, and two others are not reached', () => {
    const { results, complete, paths } = lemkeHowson(shapley).now();
    expect(results.map(keyOf)).toEqual(['0,0,1;0,0,1']);
    expect(complete).toBe(false);
    expect(paths).toHaveLength(6);
  });

  test('ends in a game where paths without the lexicographic rule cycle', () => {
    for (const { regret } of lemkeHowson(cycling).now().results) expect(regret.sign).toBe(0);
    const { results } = doubleLemkeHowson(cycling).now();
    expect(results[0]?.regret).toBeLessThan(1e-12);
  });

  test('finds equilibria in games degenerate or not, from every label', () => {
    const random = seededRandom(21);
    for (let round = 0; round < 200; round++) {
      const { game } = round % 2 === 0 ? genericGame(random) : degenerateGame(random);
      const { results, paths } = lemkeHowson(game).now();
      expect(paths).toHaveLength((game.shape[0] as number) + (game.shape[1] as number));
      for (const { regret } of results) expect(regret.sign).toBe(0);
    }
  });

  test('in games that are not degenerate, each is one of the extreme equilibria, and their number is odd', () => {
    const random = seededRandom(22);
    for (let round = 0; round < 50; round++) {
      const { game } = genericGame(random);
      const all = extremePoints(game).now().results.map(keyOf);
      expect(all.length % 2).toBe(1);
      for (const found of lemkeHowson(game).now().results) expect(all).toContain(keyOf(found));
    }
  });

  test('paths in hard games are as long as the paper has it', () => {
    const longest = [4, 6, 8].map((strategies) => {
      const game = readJsonGame(hardGame.generate({ strategies }, seededRandom(1)));
      return Math.max(
        ...lemkeHowson(game)
          .now()
          .paths.map(({ pivots }) => pivots),
      );
    });
    // Savani and von Stengel 2006, table of path lengths.
    expect(longest).toEqual([20, 88, 376]);
  });

  test('takes the labels it is told, and stops when it has to', () => {
    expect(
      lemkeHowson(shapley, { labels: [2] })
        .now()
        .paths.map(({ label }) => label),
    ).toEqual([2]);
    const hard = readJsonGame(hardGame.generate({ strategies: 8 }, seededRandom(1)));
    expect(lemkeHowson(hard, { steps: 10 }).now()).toMatchObject({
      complete: false,
      reason: 'the budget of 10 steps is spent',
    });
    expect(doubleLemkeHowson(hard, { steps: 10 }).now()).toMatchObject({
      results: [],
      reason: 'the budget of 10 steps is spent',
    });
  });

  test('in doubles it finds equilibria of large games, from labels of either player', () => {
    const random = seededRandom(23);
    for (const size of [5, 20, 60]) {
      for (const label of [0, size, 2 * size - 1]) {
        const draw = (): Float64Array => Float64Array.from({ length: size * (size + 3) }, () => random.next());
        const game = new NormalFormGame({ strategies: [size, size + 3], payoffs: [draw(), draw()] });
        const { results } = doubleLemkeHowson(game, { label }).now();
        expect(results[0]?.regret).toBeLessThan(1e-10);
        for (const own of results[0]?.profile ?? [])
          expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      }
    }
  });

  test('in doubles it ends in games full of ties', () => {
    const random = seededRandom(24);
    for (let round = 0; round < 100; round++) {
      const { game } = degenerateGame(random);
      const { results } = doubleLemkeHowson(game, { label: random.below(4) }).now();
      expect(results[0]?.regret).toBeLessThan(1e-9);
    }
  });

  test('in doubles, the regret that it tells is the regret, also where rounding spoils the path', () => {
    for (const strategies of [8, 10, 12, 14]) {
      const hard = readJsonGame(hardGame.generate({ strategies }, seededRandom(1)));
      const [found] = doubleLemkeHowson(hard).now().results;
      const largest = Math.max(...hard.doubles(0).map(Math.abs), ...hard.doubles(1).map(Math.abs));
      const profile = found?.profile.map((own) => own.map((share) => Rational.fromDouble(share))) ?? [];
      const { regret } = exactEquilibrium(hard, profile);
      expect(Math.abs(regret.toNumber() - (found?.regret ?? Infinity)) / largest).toBeLessThan(1e-12);
      if (strategies <= 10) expect((found?.regret ?? Infinity) / largest).toBeLessThan(1e-9);
    }
  });

  test('in doubles, payoffs near the largest doubles do no harm', () => {
    const payoffs = [
      new Float64Array([1e308, -1e308, -1e308, 1e308]),
      new Float64Array([-1e308, 1e308, 1e308, -1e308]),
    ];
    const { results } = doubleLemkeHowson(new NormalFormGame({ strategies: [2, 2], payoffs })).now();
    expect(results[0]?.profile).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
  });
});

describe('support enumeration', () => {
  test('finds what vertex enumeration finds where no game is degenerate', () => {
    const random = seededRandom(31);
    for (let round = 0; round < 100; round++) {
      const { game } = genericGame(random);
      const { results, complete } = supportEnumeration(game).now();
      expect(results.map(keyOf).sort()).toEqual(extremePoints(game).now().results.map(keyOf).sort());
      expect(complete).toBe(true);
    }
  });

  test('finds all extreme equilibria of degenerate games, with supports of unequal size', { tags: ['long'] }, () => {
    const random = seededRandom(32);
    let unequal = 0;
    for (let round = 0; round < 300; round++) {
      const { game, first, second } = degenerateGame(random);
      const { results, complete } = supportEnumeration(game).now();
      expect(complete).toBe(true);
      expect(results.map(keyOf).sort()).toEqual(bruteForce(first, second).equilibria);
      if (results.some(({ profile }) => sizeOf(profile[0]) !== sizeOf(profile[1]))) unequal += 1;
    }
    expect(unequal).toBeGreaterThan(100);
  });

  test('is not done with nothing where the other mixes more strategies than are played', () => {
    // The safe row is best against many mixtures of the columns, and both columns are as good against it.
    const safe = two(
      [
        [10, 3],
        [9, 9],
        [3, 10],
      ],
      [
        [-10, -3],
        [-9, -9],
        [-3, -10],
      ],
    );
    const { results, complete } = supportEnumeration(safe).now();
    expect(results.map(keyOf).sort()).toEqual(['0,1,0;1/7,6/7', '0,1,0;6/7,1/7']);
    expect(complete).toBe(true);
  });

  test('stops when its budget is spent', () => {
    expect(supportEnumeration(shapley, { steps: 2 }).now()).toMatchObject({ complete: false });
  });
});

describe('zero-sum games', () => {
  /** Kuhn's simplified game of Morra: two fingers. */
  const morra = two(
    [
      [0, 2, -3, 0],
      [-2, 0, 0, 3],
      [3, 0, 0, -4],
      [0, -3, 4, 0],
    ],
    [
      [0, -2, 3, 0],
      [2, 0, 0, -3],
      [-3, 0, 0, 4],
      [0, 3, -4, 0],
    ],
  );

  test('Morra with two fingers is fair', () => {
    const { results, value } = zeroSum(morra).now();
    expect(String(value)).toBe('0');
    expect(results[0]?.regret.sign).toBe(0);
    const three = Number(results[0]?.profile[0]?.[1]?.toNumber());
    expect(three).toBeGreaterThanOrEqual(4 / 7 - 1e-12);
    expect(three).toBeLessThanOrEqual(3 / 5 + 1e-12);
  });

  test('rock, paper, scissors has one equilibrium, and it knows', () => {
    const game = two(
      [
        [0, -1, 1],
        [1, 0, -1],
        [-1, 1, 0],
      ],
      [
        [0, 1, -1],
        [-1, 0, 1],
        [1, -1, 0],
      ],
    );
    const { results, complete } = zeroSum(game).now();
    expect(results.map(keyOf)).toEqual(['1/3,1/3,1/3;1/3,1/3,1/3']);
    expect(complete).toBe(true);
  });

  test('the value is what both can make sure of, and uniqueness is not claimed in vain', () => {
    const random = seededRandom(41);
    for (let round = 0; round < 100; round++) {
      const [m, n] = [1 + random.below(4), 1 + random.below(4)];
      const first = Array.from({ length: m }, () => Array.from({ length: n }, () => random.below(5)));
      const game = two(
        first,
        first.map((row) => row.map((payoff) => 3 - payoff)),
      );
      const { results, value, complete } = zeroSum(game).now();
      const own = securityLevel(game, 0);
      expect(String(value)).toBe(String(own.value));
      expect(String(securityLevel(game, 1).value)).toBe(String(Rational.of(3).minus(own.value)));
      expect(results[0]?.regret.sign).toBe(0);
      const all = extremePoints(game).now().results;
      if (complete) expect(all.map(keyOf)).toEqual(results.map(keyOf));
      const inDoubles = doubleZeroSum(game).now().results[0];
      expect(inDoubles?.payoffs[0]).toBeCloseTo(own.value.toNumber(), 10);
      expect(inDoubles?.regret).toBeLessThan(1e-10);
    }
  });

  test('large ones are solved in doubles, and the time is kept', () => {
    const random = seededRandom(42);
    const first = Float64Array.from({ length: 100 * 80 }, () => random.next() * 1e6);
    const game = new NormalFormGame({ strategies: [100, 80], payoffs: [first, first.map((payoff) => -payoff)] });
    expect(doubleZeroSum(game).now().results[0]?.regret).toBeLessThan(1e-5);
    expect(doubleZeroSum(game, { steps: 3 }).now()).toMatchObject({ complete: false, results: [] });
    expect(zeroSum(morra, { steps: 1 }).now()).toMatchObject({ complete: false, results: [] });
  });

  test('others are refused', () => {
    expect(codeOf(() => zeroSum(shapley))).toBe('unsuitable-game');
    expect(codeOf(() => doubleZeroSum(shapley))).toBe('unsuitable-game');
  });
});

describe('commitment', () => {
  test('the published example: the leader gains by committing to what it would not play otherwise', () => {
    // Conitzer and Sandholm 2006, section 2: pure commitment gives 3, mixed 3.5.
    const game = two(
      [
        [2, 4],
        [1, 3],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    );
    const { results, value } = stackelberg(game).now();
    expect(String(value)).toBe('7/2');
    expect(results.map(keyOf)).toEqual(['1/2,1/2;0,1']);
  });

  test('a leader never gets less than in any equilibrium, nor more than the game pays', () => {
    const random = seededRandom(51);
    for (let round = 0; round < 60; round++) {
      const { game } = round % 2 === 0 ? genericGame(random) : degenerateGame(random);
      for (const leader of [0, 1] as const) {
        const { value } = stackelberg(game, { leader }).now();
        for (const { payoffs } of extremePoints(game).now().results) {
          expect(value?.isLess(payoffs[leader] as Rational)).toBe(false);
        }
      }
    }
  });

  test('the follower answers best', () => {
    const random = seededRandom(52);
    for (let round = 0; round < 30; round++) {
      const { game } = degenerateGame(random);
      const [best] = stackelberg(game).now().results;
      const { payoffs } = exactEquilibrium(game, best?.profile ?? []);
      const answers = Array.from({ length: game.shape[1] as number }, (_, answer) => {
        const pure = Array.from({ length: game.shape[1] as number }, (_, at) => Rational.of(at === answer ? 1 : 0));
        return exactEquilibrium(game, [best?.profile[0] ?? [], pure]).payoffs[1] as Rational;
      });
      for (const answer of answers) expect((payoffs[1] as Rational).isLess(answer)).toBe(false);
    }
  });

  test('it stops when its budget is spent', () => {
    expect(stackelberg(shapley, { steps: 1 }).now()).toMatchObject({ complete: false, results: [] });
  });
});

describe('a profile of whole weights', () => {
  test('has the payoffs and the regret of the same profile in rationals, in equilibrium or not', () => {
    const random = seededRandom(91);
    for (let round = 0; round < 200; round++) {
      const { game } = round % 2 === 0 ? genericGame(random) : degenerateGame(random);
      const [x, y] = game.shape.map((count) => {
        const weights = Array.from({ length: count }, () => BigInt(random.below(3)));
        return weights.some((weight) => weight > 0n) ? weights : weights.map(() => 1n);
      }) as [bigint[], bigint[]];
      const shares = (weights: readonly bigint[]): Rational[] => {
        const total = weights.reduce((left, right) => left + right);
        return weights.map((weight) => Rational.ratio(weight, total));
      };
      const found = new ProfileOfWeights(game, pairOf(game, 'test')).equilibrium(x, y);
      const expected = exactEquilibrium(game, [shares(x), shares(y)]);
      expect(found.profile.map(String)).toEqual(expected.profile.map(String));
      expect(found.payoffs.map(String)).toEqual(expected.payoffs.map(String));
      expect(String(found.regret)).toBe(String(expected.regret));
    }
  });

  test('is degenerate where somebody has more best responses than the other plays strategies', () => {
    const all = two(
      [
        [1, 1],
        [1, 1],
      ],
      [
        [1, 0],
        [0, 1],
      ],
    );
    const profiles = new ProfileOfWeights(all, pairOf(all, 'test'));
    expect(profiles.evaluate([1n, 0n], [1n, 0n]).isDegenerate).toBe(true);
    expect(profiles.evaluate([1n, 1n], [1n, 1n]).isDegenerate).toBe(false);
  });
});

test('a path through a large core: its room grows, and the regret stays small', () => {
  // Matching pennies with many sides: all of them are played.
  const size = 40;
  const first = new Float64Array(size * size);
  for (let side = 0; side < size; side++) first[side * size + side] = 1;
  const pennies = new NormalFormGame({ strategies: [size, size], payoffs: [first, first.map((payoff) => -payoff)] });
  const mixed = doubleZeroSum(pennies).now().results[0];
  for (const weight of mixed?.profile.flat() ?? []) expect(weight).toBeCloseTo(1 / size, 12);
  const path = doubleLemkeHowson(pennies).now().results[0];
  for (const weight of path?.profile.flat() ?? []) expect(weight).toBeCloseTo(1 / size, 12);
});
