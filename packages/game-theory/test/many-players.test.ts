import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  globalNewton,
  iteratedPolymatrix,
  logit,
  lyapunov,
  manySupports,
  NormalFormGame,
  PolymatrixGame,
  Rational,
  readJsonGame,
  simplicialSubdivision,
  solve,
} from '../src/index.ts';
import { codeOf } from './code-of.ts';
import { exactRegret } from './exact-oracle.ts';
import { watchedPennies } from './known-games.ts';
import { allOfTwoByTwoByTwo, keyOf, payoffOf, randomGame, regretOf } from './many-oracle.ts';

/** Nau, Gomez Canovas and Hansen 2004: its only equilibrium is irrational. */
const nau = readJsonGame({
  players: ['one', 'two', 'three'],
  payoffs: [
    [
      [
        [3, 1],
        [0, 0],
      ],
      [
        [0, 0],
        [1, 2],
      ],
    ],
    [
      [
        [0, 0],
        [2, 1],
      ],
      [
        [1, 3],
        [0, 0],
      ],
    ],
    [
      [
        [2, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 3],
      ],
    ],
  ],
});
const root = Math.sqrt(601);
const ofNau = [(53 - root) / 46, (root - 13) / 24, (root - 23) / 4];

/** The volunteer's dilemma (Diekmann 1985): 2 for all if anybody volunteers, which costs 1. The others' chance to do nothing is 1/2 to the 1/(n - 1). */
function volunteers(players: number): NormalFormGame {
  const profiles = 2 ** players;
  return new NormalFormGame({
    strategies: new Array<number>(players).fill(2),
    payoffs: Array.from({ length: players }, (_, player) =>
      Float64Array.from({ length: profiles }, (_, index) => {
        const volunteersNow = Math.floor(index / 2 ** (players - 1 - player)) % 2 === 0;
        const somebody = index !== profiles - 1;
        return (somebody ? 2 : 0) - (volunteersNow ? 1 : 0);
      }),
    ),
  });
}

const coordination = (players: number): NormalFormGame =>
  new NormalFormGame({
    strategies: new Array<number>(players).fill(2),
    payoffs: Array.from({ length: players }, () =>
      Float64Array.from({ length: 2 ** players }, (_, index) => (index === 0 ? 2 : index === 2 ** players - 1 ? 1 : 0)),
    ),
  });

describe('the game of Nau, Gomez Canovas and Hansen', () => {
  test('the closed form makes all players indifferent', () => {
    const profile = ofNau.map((first) => [first, 1 - first]);
    for (const player of [0, 1, 2]) {
      expect(payoffOf(nau, player, 0, profile)).toBeCloseTo(payoffOf(nau, player, 1, profile), 13);
    }
  });

  test.each([
    ['support enumeration', manySupports(nau)],
    ['logit', logit(nau)],
    ['global Newton', globalNewton(nau)],
    ['iterated polymatrix approximation', iteratedPolymatrix(nau)],
    ['Lyapunov', lyapunov(nau)],
  ])('%s finds the equilibrium to 1e-12', (_, search) => {
    const { results } = search.now();
    expect(results).toHaveLength(1);
    results[0]?.profile.forEach(([first = 0], player) => {
      expect(Math.abs(first - (ofNau[player] as number))).toBeLessThan(1e-12);
    });
    expect(results[0]?.exact).toBeUndefined();
  });

  test('support enumeration proves that it is the only one', () => {
    expect(manySupports(nau).now()).toMatchObject({ complete: true });
  });

  test('simplicial subdivision gets near to it, with exact regret', () => {
    const [found] = simplicialSubdivision(nau).now().results;
    expect(found?.regret.toNumber()).toBeLessThan(3e-8);
    expect(regretOf(nau, found?.profile.map((own) => own.map((weight) => weight.toNumber())) ?? [])).toBeCloseTo(
      found?.regret.toNumber() ?? 1,
      14,
    );
    expect(found?.profile.map(([first]) => first?.toNumber())).toEqual(
      ofNau.map((first) => expect.closeTo(first, 6) as number),
    );
  });
});

describe('the volunteer’s dilemma', () => {
  test('among four, the symmetric equilibrium solves a cubic, and the logit path leads there', () => {
    const { results } = logit(volunteers(4)).now();
    for (const [, nothing = 0] of results[0]?.profile ?? [])
      expect(Math.abs(nothing - 0.5 ** (1 / 3))).toBeLessThan(1e-12);
    expect(results[0]?.lambda).toBe(Number.POSITIVE_INFINITY);
  });

  test('among three, all equilibria are found and proved', () => {
    const { results, complete } = manySupports(volunteers(3)).now();
    expect(complete).toBe(true);
    // Each alone, each two mixing evenly with the third doing nothing, and all three.
    expect(results).toHaveLength(7);
    expect(results.at(-1)?.profile[0]?.[1]).toBeCloseTo(Math.SQRT1_2, 13);
  });
});

test.each([1, 2, 3])(
  'matching pennies for three, with %i at stake, have their one equilibrium (Jordan 1993)',
  (stake) => {
    const table = (wins: (a: number, b: number, c: number) => boolean): number[][][] =>
      [0, 1].map((a) => [0, 1].map((b) => [0, 1].map((c) => (wins(a, b, c) ? stake : -stake))));
    const pennies = readJsonGame({
      players: ['first', 'second', 'third'],
      payoffs: [table((a, b) => a === b), table((_, b, c) => b === c), table((a, _, c) => a !== c)],
    });
    const { results, complete } = manySupports(pennies).now();
    expect(results.map(({ exact }) => String(exact?.profile))).toEqual(['1/2,1/2,1/2,1/2,1/2,1/2']);
    expect(complete).toBe(true);
  },
);

describe('2×2×2 games', () => {
  test('support enumeration agrees with the closed form, and proves it', () => {
    const random = seededRandom(11);
    for (let round = 0; round < 40; round++) {
      const game = randomGame(random, [2, 2, 2]);
      const { results, complete } = manySupports(game).now();
      expect(complete).toBe(true);
      const found = results.map(({ profile }) => keyOf(profile.map(([first = 0]) => first)));
      expect(found.sort()).toEqual(allOfTwoByTwoByTwo(game));
    }
  });

  test('what other methods find is among all equilibria', () => {
    const random = seededRandom(12);
    for (let round = 0; round < 25; round++) {
      const game = randomGame(random, [2, 2, 2]);
      const all = allOfTwoByTwoByTwo(game);
      const searches = [logit(game), globalNewton(game), iteratedPolymatrix(game), lyapunov(game, { starts: 4 })];
      const found = searches.map((search) =>
        search.now().results.map(({ profile }) => keyOf(profile.map(([first = 0]) => first))),
      );
      expect(all).toEqual(expect.arrayContaining(found.flat()));
      // Paths end in equilibria; on a ray there is an odd number.
      expect(found[0]).toHaveLength(1);
      expect((found[1] as string[]).length % 2).toBe(1);
    }
  });

  test('where nothing matters all is in equilibrium: one set, told by its corners', () => {
    const same = new NormalFormGame({ strategies: [2, 2, 2], payoffs: [0, 1, 2].map(() => new Float64Array(8)) });
    const { results, complete, ...ending } = manySupports(same).now();
    expect(complete).toBe(true);
    expect(results).toHaveLength(8);
    expect(ending).toEqual({ components: [[0, 1, 2, 3, 4, 5, 6, 7]] });
  });

  test('an equilibrium with an unused best reply is found in fractions, at the ends of a set', () => {
    const { results, complete, ...ending } = manySupports(watchedPennies).now();
    expect(complete).toBe(true);
    expect(ending).toEqual({ components: [[0, 1]] });
    expect(results.map(({ exact }) => String(exact?.profile))).toEqual(['1/2,1/2,1/2,1/2,1,0', '1/2,1/2,1/2,1/2,0,1']);
  });
});

describe('random games of three to five players', () => {
  const shapes = [
    [3, 3, 3],
    [2, 3, 4],
    [2, 2, 2, 2],
    [3, 2, 1, 3],
    [2, 2, 2, 2, 2],
  ];

  test.each(shapes.map((shape) => [shape.join('×'), shape] as const))(
    '%s: every result has the regret it says',
    (_, shape) => {
      const random = seededRandom(21);
      for (let round = 0; round < 4; round++) {
        const game = randomGame(random, shape);
        const [path, rays, approximations] = [
          logit(game).now(),
          globalNewton(game).now(),
          iteratedPolymatrix(game).now(),
        ];
        // It got to its end, and does not take that for all there is.
        expect(path).toMatchObject({ complete: false, reason: expect.stringMatching(/^the path leads to one/) });
        expect(rays.results.length % 2).toBe(1);
        for (const { profile, regret, payoffs } of [...path.results, ...rays.results, ...approximations.results]) {
          expect(regret).toBeLessThan(1e-9);
          expect(regretOf(game, profile)).toBeLessThan(1e-9);
          payoffs.forEach((payoff, player) => {
            const best = Math.max(...(profile[player] ?? []).map((_, at) => payoffOf(game, player, at, profile)));
            expect(payoff).toBeCloseTo(best, 7);
          });
        }
      }
    },
  );

  test('simplicial subdivision always ends with what it promises', { tags: ['long'] }, () => {
    const random = seededRandom(22);
    for (const shape of [
      [2, 2, 2],
      [3, 3, 3],
      [2, 3, 1],
      [2, 2, 2, 2],
    ]) {
      for (let round = 0; round < 3; round++) {
        const game = randomGame(random, shape, 100);
        const { results } = simplicialSubdivision(game, { maxRegret: 1e-5 }).now();
        expect(results[0]?.regret.toNumber()).toBeLessThanOrEqual(1e-3 + 1e-9);
      }
    }
  });

  test('simplicial subdivision takes few steps where Newton’s method leads from its grids', { tags: ['long'] }, () => {
    const random = seededRandom(23);
    for (const shape of [
      [10, 10],
      [4, 4, 4],
      [2, 2, 2, 2, 2],
    ]) {
      for (let round = 0; round < 5; round++) {
        const game = randomGame(random, shape, 1_000_000);
        const { results, ...ending } = simplicialSubdivision(game, { steps: 100_000 }).now();
        expect(ending).toMatchObject({ reason: 'there may be other equilibria' });
        expect(exactRegret(game, results[0]?.profile ?? []).toNumber()).toBeLessThan(0.01);
      }
    }
  });

  test('simplicial subdivision gives large games up by itself, and says so with what it has', {
    tags: ['long'],
  }, () => {
    const game = randomGame(seededRandom(24), [30, 30, 30], 3);
    const { results, ...ending } = simplicialSubdivision(game).now();
    expect(ending).toMatchObject({ complete: false, reason: 'it was given up after 12,346 steps' });
    expect(results[0]?.regret.equals(exactRegret(game, results[0]?.profile ?? []))).toBe(true);
  });

  test('simplicial subdivision ends at the finest grid', () => {
    const game = readJsonGame({
      players: ['a', 'b'],
      payoffs: [
        [
          [2, 0],
          [0, 1],
        ],
        [
          [0, 1],
          [1, 0],
        ],
      ],
    });
    const { results, ...ending } = simplicialSubdivision(game, { maxRegret: 0, refinement: 1_000 }).now();
    expect(results[0]?.regret.toNumber()).toBeLessThan(1e-8);
    expect(ending).toHaveProperty('reason');
  });
});

describe('the logit path', () => {
  /** Generalised matching pennies, as in Ochs 1995. */
  const pennies = readJsonGame({
    players: ['even', 'odd'],
    payoffs: [
      [
        [9, 0],
        [0, 1],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ],
  });

  test('points solve the fixed-point equations at the values of λ asked for', () => {
    const { results } = logit(pennies, { lambdas: [0, 0.25, 1, 2.5, 10] }).now();
    expect(results.map(({ lambda }) => lambda)).toEqual([0, 0.25, 1, 2.5, 10, Number.POSITIVE_INFINITY]);
    for (const { profile, lambda } of results.slice(0, -1)) {
      const [[p = 0] = [], [q = 0] = []] = profile;
      expect(p).toBeCloseTo(1 / (1 + Math.exp(-lambda * (9 * q - (1 - q)))), 11);
      expect(q).toBeCloseTo(1 / (1 + Math.exp(-lambda * (1 - p - p))), 11);
    }
    // Nash: even mixes evenly, odd plays 1/10.
    expect(results.at(-1)?.exact?.profile.map(String)).toEqual(['1/2,1/2', '1/10,9/10']);
  });

  test('it goes through turning points', () => {
    // Turocy 2005: the principal branch of an asymmetric coordination game turns back in λ.
    const game = readJsonGame({
      players: ['a', 'b', 'c'],
      payoffs: [0, 1, 2].map(() => [
        [
          [10, 0],
          [0, 0],
        ],
        [
          [0, 0],
          [0, 11],
        ],
      ]),
    });
    const { results } = logit(game, { path: true }).now();
    expect(results[0]).toMatchObject({
      lambda: 0,
      profile: [
        [0.5, 0.5],
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    });
    expect(results.at(-1)?.profile).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    for (const { profile, lambda } of results.slice(0, -1)) {
      profile.forEach(([first = 0, second = 0], player) => {
        const difference = payoffOf(game, player, 0, profile) - payoffOf(game, player, 1, profile);
        expect(first).toBeCloseTo(1 / (1 + Math.exp(-lambda * difference)), 6);
        expect(first + second).toBeCloseTo(1, 14);
      });
    }
  });

  test('a game that pays the same everywhere stays in the middle', () => {
    const same = new NormalFormGame({
      strategies: [2, 3],
      payoffs: [new Float64Array(6), new Float64Array(6).fill(7)],
    });
    const { results } = logit(same).now();
    expect(results[0]?.profile).toEqual([
      [0.5, 0.5],
      [expect.closeTo(1 / 3, 15), expect.closeTo(1 / 3, 15), expect.closeTo(1 / 3, 15)],
    ]);
    expect(results[0]?.payoffs).toEqual([0, 7]);
  });

  test('payoffs near the largest double do no harm', () => {
    const huge = readJsonGame({
      players: ['a', 'b'],
      payoffs: [
        [
          [1e308, -1e308],
          [-1e308, 1e308],
        ],
        [
          [-1e308, 1e308],
          [1e308, -1e308],
        ],
      ],
    });
    const { results } = logit(huge).now();
    expect(results[0]).toMatchObject({
      profile: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      regret: 0,
    });
  });

  test('single players and single strategies are games, too', () => {
    const alone = new NormalFormGame({ strategies: [3], payoffs: [new Float64Array([1, 5, 2])] });
    expect(logit(alone).now().results[0]?.profile).toEqual([[0, 1, 0]]);
    expect(globalNewton(alone).now().results[0]?.profile).toEqual([[0, 1, 0]]);
    const settled = new NormalFormGame({ strategies: [1, 1], payoffs: [new Float64Array([4]), new Float64Array([5])] });
    expect(logit(settled).now().results[0]?.payoffs).toEqual([4, 5]);
    expect(globalNewton(settled).now().results[0]?.payoffs).toEqual([4, 5]);
    expect(simplicialSubdivision(settled).now().results[0]?.payoffs.map(String)).toEqual(['4', '5']);
    expect(lyapunov(settled).now().results[0]?.payoffs).toEqual([4, 5]);
  });

  test('values of λ have to be numbers of 0 or more', () => {
    expect(codeOf(() => logit(pennies, { lambdas: [1, -1] }))).toBe('invalid-game');
    expect(codeOf(() => logit(pennies, { lambdas: [Number.NaN] }))).toBe('invalid-game');
  });
});

describe('global Newton', () => {
  test('the ray decides which of several equilibria is found first', () => {
    const game = coordination(3);
    const first = globalNewton(game, {
      ray: [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    }).now();
    const second = globalNewton(game, {
      ray: [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    }).now();
    expect(String(first.results[0]?.exact?.profile)).toBe('1,0,1,0,1,0');
    expect(String(second.results[0]?.exact?.profile)).toBe('0,1,0,1,0,1');
  });

  test('more rays find no equilibrium twice', () => {
    const { results } = globalNewton(coordination(3), { rays: 12, seed: 5 }).now();
    const keys = results.map(({ profile }) => keyOf(profile.flat()));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBeGreaterThan(1);
  });

  test('degenerate games may stop a path, and it says so', () => {
    const same = new NormalFormGame({ strategies: [2, 2], payoffs: [new Float64Array(4), new Float64Array(4)] });
    const { complete, results } = globalNewton(same).now();
    expect(complete).toBe(false);
    for (const { regret } of results) expect(regret).toBe(0);
  });

  test.each([
    ['too few players', [[1, 0]]],
    [
      'too many players',
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    ],
    ['too few strategies', [[1], [1, 0]]],
    [
      'two largest',
      [
        [1, 1],
        [1, 0],
      ],
    ],
    [
      'no number',
      [
        [Number.NaN, 1],
        [1, 0],
      ],
    ],
    [
      'too large',
      [
        [1e300, 1],
        [1, 0],
      ],
    ],
  ])('a ray of %s is refused', (_, ray) => {
    const game = coordination(2);
    expect(codeOf(() => globalNewton(game, { ray }))).toBe('invalid-game');
    expect(codeOf(() => iteratedPolymatrix(game, { ray }))).toBe('invalid-game');
  });
});

describe('budgets', () => {
  const game = randomGame(seededRandom(3), [3, 3, 3]);
  const methods = { logit, globalNewton, iteratedPolymatrix, lyapunov, manySupports, simplicialSubdivision };

  test.each(Object.entries(methods))('%s stops when its steps are spent', (_, method) => {
    expect(method(game, { steps: 1 }).now()).toMatchObject({
      complete: false,
      reason: 'the budget of 1 steps is spent',
    });
  });

  test.each(Object.entries(methods))('%s stops when it is called off', async (_, method) => {
    const controller = new AbortController();
    controller.abort();
    const { complete, ...ending } = await method(game, { signal: controller.signal }).all();
    expect({ complete, ...ending }).toMatchObject({ complete: false, reason: 'interrupted' });
  });
});

describe('polymatrix games', () => {
  const matching = [
    [1, 0],
    [0, 1],
  ];
  const mismatching = [
    [0, 1],
    [1, 0],
  ];

  test('the table has the sums of the pairs', () => {
    const game = new PolymatrixGame({
      players: ['a', 'b', 'c'],
      strategies: [2, 2, 3],
      pairs: [
        [
          undefined,
          [
            ['1/2', 2],
            [3, 4],
          ],
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
        ],
        [matching, undefined, undefined],
        [
          [
            [7, 8],
            [9, 10],
            [11, 12],
          ],
          undefined,
          undefined,
        ],
      ],
    });
    const table = game.normalForm();
    expect(table.players).toEqual(['a', 'b', 'c']);
    expect(String(table.payoff(0, [0, 0, 2]))).toBe('7/2');
    expect(String(table.payoff(1, [1, 1, 0]))).toBe('1');
    expect(String(table.payoff(2, [1, 0, 2]))).toBe('12');
    expect(game.payoff(2, [0, 1, 1]).equals(Rational.of(9))).toBe(true);
  });

  test('its equilibria are those of the table', () => {
    const random = seededRandom(31);
    for (let round = 0; round < 10; round++) {
      const shape = [2, 3, 2];
      const game = new PolymatrixGame({
        strategies: shape,
        pairs: shape.map((own) =>
          shape.map((theirs) =>
            Array.from({ length: own }, () => Array.from({ length: theirs }, () => random.below(100))),
          ),
        ),
      });
      const { results } = game.equilibria({ rays: 2 }).now();
      expect(results.length).toBeGreaterThan(0);
      for (const { profile, payoffs } of results) {
        expect(regretOf(game.normalForm(), profile)).toBeLessThan(1e-9);
        expect(payoffs[0]).toBeCloseTo(
          (profile[0] ?? []).reduce((sum, weight, at) => sum + weight * payoffOf(game.normalForm(), 0, at, profile), 0),
          9,
        );
      }
    }
  });

  test('a ring of 40 players needs no table', () => {
    const count = 40;
    const game = new PolymatrixGame({
      strategies: new Array<number>(count).fill(2),
      pairs: Array.from({ length: count }, (_, player) =>
        Array.from({ length: count }, (_, other) =>
          other === (player + 1) % count ? (player === 0 ? mismatching : matching) : undefined,
        ),
      ),
    });
    const { results } = game.equilibria().now();
    expect(results).toHaveLength(1);
    for (const weight of results[0]?.profile.flat() ?? []) expect(weight).toBeCloseTo(0.5, 12);
    expect(codeOf(() => game.normalForm())).toBe('too-large');
  });

  test('what does not fit is refused', () => {
    const pairs = [
      [undefined, matching],
      [matching, undefined],
    ];
    expect(codeOf(() => new PolymatrixGame({ strategies: [], pairs: [] }))).toBe('invalid-game');
    expect(codeOf(() => new PolymatrixGame({ strategies: [2, 2, 2], pairs }))).toBe('invalid-game');
    expect(codeOf(() => new PolymatrixGame({ players: ['a'], strategies: [2, 2], pairs }))).toBe('invalid-game');
    expect(codeOf(() => new PolymatrixGame({ strategies: [2, 3], pairs }))).toBe('invalid-game');
    expect(codeOf(() => new PolymatrixGame({ strategies: [2, 1e9], pairs }))).toBe('invalid-game');
    expect(
      codeOf(
        () =>
          new PolymatrixGame({
            strategies: [2, 2],
            pairs: [
              [
                undefined,
                [
                  [1, Number.NaN],
                  [0, 1],
                ],
              ],
              [],
            ],
          }),
      ),
    ).toBe('invalid-number');
    const game = new PolymatrixGame({ strategies: [2, 2], pairs });
    expect(codeOf(() => game.equilibria({ ray: [[1, 0]] }))).toBe('invalid-game');
  });
});

describe('solve', () => {
  test.each([
    'support-enumeration',
    'logit',
    'global-newton',
    'iterated-polymatrix',
    'lyapunov',
    'simplicial-subdivision',
  ])('%s treats games of three players', async (method) => {
    const { equilibria } = await solve(nau, { method });
    const [{ profile }] = JSON.parse(JSON.stringify(equilibria)) as [{ profile: (string | number)[][] }];
    const first = profile[0]?.[0] ?? '';
    const value = typeof first === 'number' ? first : Rational.of(first).toNumber();
    expect(value).toBeCloseTo(ofNau[0] as number, 6);
  });
});
