import { codedErrorOf } from '@mechane/conformance';
import { seededRandom } from '@mechane/core';
import { Rational, sum } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import { gameGenerators } from '../src/generators/game-generators.ts';
import { coarseCorrelated, correlated } from '../src/normal-form/correlated.ts';
import { iteratedDominance, rationalizable } from '../src/normal-form/dominance.ts';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { type JsonGame, readJsonGame, writeJsonGame } from '../src/normal-form/json-game.ts';
import { potentialOf } from '../src/normal-form/potential.ts';
import { bestResponses, pureEquilibria } from '../src/normal-form/pure.ts';
import { priceOfAnarchy, securityLevel } from '../src/normal-form/security.ts';
import { exactEquilibrium } from '../src/two-player/exact-profile.ts';
import { extremePoints } from '../src/two-player/extreme-points.ts';

const game = (...payoffs: JsonGame['payoffs'][number][]): NormalFormGame =>
  readJsonGame({ players: payoffs.map((_, player) => `p${player}`), payoffs });
/** Aumann 1974. */
const chicken = game(
  [
    [6, 2],
    [7, 0],
  ],
  [
    [6, 7],
    [2, 0],
  ],
);
const prisoners = game(
  [
    [2, 0],
    [3, 1],
  ],
  [
    [2, 3],
    [0, 1],
  ],
);

function randomThree(seed: number, range: number): NormalFormGame {
  const random = seededRandom(seed);
  const draw = (): Rational[] => Array.from({ length: 12 }, () => Rational.of(random.below(range)));
  return new NormalFormGame({ strategies: [2, 3, 2], payoffs: [draw(), draw(), draw()] });
}

test('where all is tied, every profile is an equilibrium, and all of them together take little room', () => {
  const tied = new NormalFormGame({ strategies: [300, 300], payoffs: [0, 1].map(() => new Float64Array(90_000)) });
  const { results } = pureEquilibria(tied).now();
  expect(results).toHaveLength(90_000);
  expect(new Set(results.flatMap(({ profile }) => profile)).size).toBe(600);
});

describe('correlated equilibria', () => {
  test('Chicken: the best welfare is 10 1/2, at a half, a quarter and a quarter', () => {
    const { results } = correlated(chicken).now();
    expect(results[0]?.payoffs.map(String)).toEqual(['21/4', '21/4']);
    expect(results[0]?.distribution.map(({ profile, probability }) => [String(profile), String(probability)])).toEqual([
      ['0,0', '1/2'],
      ['0,1', '1/4'],
      ['1,0', '1/4'],
    ]);
    expect(results[0]?.regret.sign).toBe(0);
  });

  test('one player’s best is at least its best Nash equilibrium, fairness gives the worst off as much as any', () => {
    for (let seed = 0; seed < 10; seed++) {
      const three = randomThree(seed, 10);
      const pure = pureEquilibria(three).now().results;
      for (const player of [0, 1, 2]) {
        const best = correlated(three, { objective: { player } }).now().results[0];
        for (const { payoffs } of pure) expect(best?.payoffs[player]?.isLess(payoffs[player] as Rational)).toBe(false);
        expect(best?.regret.sign).toBe(0);
      }
      const fair = correlated(three, { objective: 'fairness' }).now().results[0];
      const least = (payoffs: readonly Rational[]): number => Math.min(...payoffs.map((payoff) => payoff.toNumber()));
      for (const { payoffs } of pure) expect(least(fair?.payoffs ?? [])).toBeGreaterThanOrEqual(least(payoffs) - 1e-12);
    }
  });

  test('coarse ones are worth at least as much, and probabilities sum to one', () => {
    for (let seed = 20; seed < 30; seed++) {
      const three = randomThree(seed, 6);
      const [fine] = correlated(three).now().results;
      const [coarse] = coarseCorrelated(three).now().results;
      expect(sum(coarse?.payoffs ?? []).isLess(sum(fine?.payoffs ?? []))).toBe(false);
      expect(String(sum(coarse?.distribution.map(({ probability }) => probability) ?? []))).toBe('1');
      expect(coarse?.regret.sign).toBe(0);
    }
  });

  test('a program that is too large is refused, and one without time ends', () => {
    const large = new NormalFormGame({
      strategies: [300, 300],
      payoffs: [new Float64Array(90_000), new Float64Array(90_000)],
    });
    expect(codedErrorOf(() => correlated(large)).code).toBe('too-large');
    expect(correlated(chicken, { steps: 1 }).now()).toMatchObject({ complete: false, results: [] });
  });

  test('where there is one profile, there is one equilibrium, and it knows', () => {
    expect(correlated(game([[1]], [[2]])).now()).toMatchObject({ complete: true });
    expect(correlated(prisoners).now().results[0]?.payoffs.map(String)).toEqual(['1', '1']);
  });
});

describe('dominance', () => {
  test('a mixture dominates where no pure strategy does', () => {
    const mixed = game(
      [
        [4, 0],
        [0, 4],
        [1, 1],
      ],
      [
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    );
    expect(iteratedDominance(mixed, { by: 'pure' }).eliminated).toEqual([]);
    const { eliminated, remaining } = iteratedDominance(mixed);
    expect(eliminated.map(({ player, strategy, round }) => [player, strategy, round])).toEqual([[0, 2, 1]]);
    expect(remaining).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(rationalizable(mixed)).toEqual(remaining);
  });

  test('every witness dominates what it eliminated, strictly', () => {
    for (let seed = 0; seed < 30; seed++) {
      const three = randomThree(seed, 5);
      const { eliminated } = iteratedDominance(three);
      const left = three.shape.map((count) => new Set(Array.from({ length: count }, (_, own) => own)));
      for (const { player, strategy, dominatedBy } of eliminated) {
        expect(String(sum(dominatedBy))).toBe('1');
        for (let index = 0; index < three.profiles; index++) {
          const profile = three.profileAt(index);
          if (profile[player] !== strategy) continue;
          if (!profile.every((own, other) => other === player || left[other]?.has(own))) continue;
          const worth = sum(
            dominatedBy.map((share, own) => share.times(three.payoff(player, profile.with(player, own)))),
          );
          expect(three.payoff(player, profile).isLess(worth)).toBe(true);
        }
        left[player]?.delete(strategy);
      }
    }
  });

  test('what is left of strict dominance has every equilibrium', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 40; round++) {
      const draw = (): Rational[] => Array.from({ length: 9 }, () => Rational.of(random.below(6)));
      const square = new NormalFormGame({ strategies: [3, 3], payoffs: [draw(), draw()] });
      const { remaining } = iteratedDominance(square);
      for (const { profile } of extremePoints(square).now().results) {
        profile.forEach((own, player) => {
          own.forEach((share, strategy) => {
            if (share.sign > 0) expect(remaining[player]).toContain(strategy);
          });
        });
      }
    }
  });

  test('weak dominance eliminates what is never better and sometimes worse', () => {
    const weak = game(
      [
        [1, 1],
        [1, 0],
      ],
      [
        [1, 1],
        [1, 1],
      ],
    );
    expect(iteratedDominance(weak).eliminated).toEqual([]);
    expect(iteratedDominance(weak, { relation: 'weak' }).remaining).toEqual([[0], [0, 1]]);
    const mixed = game(
      [
        [4, 0, 1],
        [0, 4, 1],
        [2, 2, 0],
      ],
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    );
    expect(iteratedDominance(mixed, { relation: 'weak', by: 'pure' }).eliminated).toEqual([]);
    expect(iteratedDominance(mixed, { relation: 'weak' }).eliminated.map(({ strategy }) => strategy)).toEqual([2]);
  });

  test('it says when it had to stop', () => {
    expect(iteratedDominance(prisoners, { steps: 1 })).toMatchObject({ complete: false });
  });
});

describe('pure strategies', () => {
  test('a game of three players has the equilibria that the definition gives', () => {
    for (let seed = 0; seed < 20; seed++) {
      const three = randomThree(seed, 4);
      const found = pureEquilibria(three).now();
      const expected = Array.from({ length: three.profiles }, (_, index) => three.profileAt(index)).filter((profile) =>
        profile.every((own, player) => bestResponses(three, player, profile).includes(own)),
      );
      expect(found.results).toHaveLength(expected.length);
      for (const { profile, regret } of found.results) {
        expect(regret.sign).toBe(0);
        expect(exactEquilibrium(three, profile).regret.sign).toBe(0);
      }
      expect(found.complete).toBe(true);
    }
  });

  test('matching pennies has none', () => {
    const pennies = game(
      [
        [1, -1],
        [-1, 1],
      ],
      [
        [-1, 1],
        [1, -1],
      ],
    );
    expect(pureEquilibria(pennies).now()).toMatchObject({ complete: true, results: [] });
    expect(pureEquilibria(pennies, { steps: 1 }).now()).toMatchObject({ complete: false });
  });

  test('one player alone maximizes', () => {
    expect(pureEquilibria(game([1, 3, 2, 3])).now().results).toHaveLength(2);
  });
});

describe('analysis', () => {
  test('the prisoners’ dilemma has a potential; matching pennies has none', () => {
    expect(potentialOf(prisoners)?.map(String)).toEqual(['0', '1', '1', '2']);
    expect(
      potentialOf(
        game(
          [
            [1, -1],
            [-1, 1],
          ],
          [
            [-1, 1],
            [1, -1],
          ],
        ),
      ),
    ).toBe(undefined);
  });

  test('a player alone with a mixture makes sure of its value', () => {
    expect(
      String(
        securityLevel(
          game(
            [
              [3, -1],
              [-1, 1],
            ],
            [
              [0, 0],
              [0, 0],
            ],
          ),
          0,
        ).value,
      ),
    ).toBe('1/3');
    expect(securityLevel(prisoners, 0).strategy.map(String)).toEqual(['0', '1']);
  });

  test('anarchy costs the prisoners half; stability may cost nothing', () => {
    const { optimum, anarchy, stability } = priceOfAnarchy(prisoners);
    expect([optimum, anarchy, stability].map(String)).toEqual(['4', '2', '2']);
    const choices = priceOfAnarchy(
      game(
        [
          [2, 0],
          [0, 1],
        ],
        [
          [2, 0],
          [0, 1],
        ],
      ),
    );
    expect([choices.anarchy, choices.stability].map(String)).toEqual(['2', '1']);
    expect(
      priceOfAnarchy(
        game(
          [
            [1, -1],
            [-1, 1],
          ],
          [
            [-1, 1],
            [1, -1],
          ],
        ),
      ),
    ).toEqual({ optimum: Rational.zero });
    expect(Object.keys(priceOfAnarchy(game([[0]], [[0]])))).toEqual(['optimum']);
  });
});

describe('bad games', () => {
  test.each([
    [
      'ragged payoffs',
      {
        players: ['a', 'b'],
        payoffs: [
          [[1, 2], [3]],
          [
            [1, 2],
            [3, 4],
          ],
        ],
      },
      'invalid-game',
      'payoffs[0][1]',
    ],
    ['too few tables', { players: ['a', 'b'], payoffs: [[[1]]] }, 'invalid-game', 'payoffs'],
    ['too shallow', { players: ['a', 'b'], payoffs: [[1], [1]] }, 'invalid-game', 'payoffs[0]'],
    ['too deep', { players: ['a'], payoffs: [[[1]]] }, 'invalid-game', 'payoffs[0][0]'],
    ['no number', { players: ['a'], payoffs: [['one']] }, 'invalid-number', 'payoffs[0][0]'],
    ['a zero denominator', { players: ['a'], payoffs: [['1/0']] }, 'invalid-number', 'payoffs[0][0]'],
    ['not a number', { players: ['a'], payoffs: [[Number.NaN]] }, 'invalid-number', 'payoffs[0][0]'],
    ['null', { players: ['a'], payoffs: [[null]] }, 'invalid-game', 'payoffs[0][0]'],
    ['no strategies', { players: ['a'], payoffs: [[]] }, 'invalid-game', 'strategies[0]'],
    ['no players', { players: [], payoffs: [] }, 'invalid-game', 'players'],
    ['an unknown key', { players: ['a'], payoffs: [[1]], payofs: 1 }, 'invalid-game', 'payofs'],
    ['a hostile key', JSON.parse('{"players":["a"],"payoffs":[[1]],"__proto__":1}'), 'invalid-game', '__proto__'],
    ['names that do not fit', { players: ['a'], strategies: [['x']], payoffs: [[1, 2]] }, 'invalid-game', 'payoffs[0]'],
    [
      'names of too few',
      { players: ['a', 'b'], strategies: [['x']], payoffs: [[[1]], [[1]]] },
      'invalid-game',
      'strategies',
    ],
    ['no game at all', 7, 'invalid-game', ''],
  ])('%s', (_, input, code, path) => {
    const error = codedErrorOf(() => readJsonGame(input));
    expect(error.code).toBe(code);
    expect(error.message.startsWith(path)).toBe(true);
    expect(error.message.startsWith(`${path}: `) || path === '').toBe(true);
  });

  test.each([
    [{ players: [], payoffs: [] }, 'players: the list is empty; expected a list of names, one or more.'],
    [{ players: ['a'] }, 'payoffs: nothing is given; expected a table for every player: payoffs[i][s1][s2]….'],
    [
      { players: [1], payoffs: [[1]] },
      'players[0]: it is no text; expected a name: a text of at most 10,000 characters.',
    ],
    [
      { players: ['a'], strategies: {}, payoffs: [[1]] },
      'strategies: it is no list; expected for every player a list of names.',
    ],
    [
      { players: ['a'], strategies: ['x'], payoffs: [[1]] },
      'strategies[0]: it is no list; expected a list of names, one or more.',
    ],
    [
      { players: ['a'], strategies: [['x'.repeat(10_001)]], payoffs: [[1]] },
      'strategies[0][0]: the name is too long; expected a name',
    ],
    [
      { players: ['a'], payoff: [[1]] },
      'expected one of "players", "strategies", "payoffs". Fix: did you mean "payoffs"?',
    ],
    [
      [1],
      'it is no object; expected a game: { "players": […], "payoffs": […] }, or a tree: { "players": […], "root": … }.',
    ],
  ])('what is wrong with its frame is said in words: %j', (input, says) => {
    const { message } = codedErrorOf(() => readJsonGame(input));
    expect(message).toContain(says);
    // Words of the library that reads it, which say nothing to whoever wrote the file.
    expect(message).not.toMatch(/array|received|undefined|>=/);
  });

  test('a thousand million profiles are refused before there are any', () => {
    const error = codedErrorOf(() => new NormalFormGame({ strategies: [1000, 1000, 1000], payoffs: [] }));
    expect(error.code).toBe('too-large');
    expect(
      codedErrorOf(() => new NormalFormGame({ strategies: new Array<number>(99).fill(2), payoffs: [] })).code,
    ).toBe('too-large');
  });

  test('counts must fit', () => {
    const payoffs = [new Float64Array(4), new Float64Array(4)];
    expect(codedErrorOf(() => new NormalFormGame({ strategies: [2, 0], payoffs })).code).toBe('invalid-game');
    expect(codedErrorOf(() => new NormalFormGame({ strategies: [], payoffs: [] })).code).toBe('invalid-game');
    expect(codedErrorOf(() => new NormalFormGame({ strategies: [2, 3], payoffs })).code).toBe('invalid-game');
    expect(codedErrorOf(() => new NormalFormGame({ strategies: [2, 2], payoffs: [new Float64Array(4)] })).code).toBe(
      'invalid-game',
    );
    expect(codedErrorOf(() => new NormalFormGame({ players: ['a'], strategies: [2, 2], payoffs })).code).toBe(
      'invalid-game',
    );
    const broken = [new Float64Array([1, Number.NaN, 0, 0]), new Float64Array(4)];
    expect(codedErrorOf(() => new NormalFormGame({ strategies: [2, 2], payoffs: broken })).message).toContain(
      'payoffs[0][1]',
    );
  });

  test('a payoff of 1e308 is read exactly and solved exactly', () => {
    const huge = game(
      [
        [1e308, 0],
        [0, 1],
      ],
      [
        [1e308, 0],
        [0, 1],
      ],
    );
    const { results } = extremePoints(huge).now();
    expect(results).toHaveLength(3);
    expect(results.every(({ regret }) => regret.sign === 0)).toBe(true);
  });
});

describe('JSON', () => {
  test('what is written is read again', () => {
    const three = new NormalFormGame({
      players: ['a', 'b', 'c'],
      strategies: [2, ['x', 'y'], 1],
      payoffs: [0, 1, 2].map((player) => ['1/3', 2, '-5', 4 + player].map((value) => Rational.of(value))),
    });
    const again = readJsonGame(JSON.parse(JSON.stringify(writeJsonGame(three))));
    expect(again.strategies).toEqual([['1', '2'], ['x', 'y'], ['1']]);
    for (const player of [0, 1, 2]) expect(String(again.rationals(player))).toBe(String(three.rationals(player)));
  });

  test('doubles become the decimals that they are written as, and back', () => {
    const doubles = new NormalFormGame({ strategies: [2], payoffs: [new Float64Array([0.1, 1e-7])] });
    expect(doubles.exact).toBe(false);
    expect(doubles.rationals(0).map(String)).toEqual(['1/10', '1/10000000']);
    expect(game(['1/3', 2]).doubles(0)).toEqual(new Float64Array([1 / 3, 2]));
  });
});

describe('generators', () => {
  const drawn = (id: string, settings: object, seed = 1): NormalFormGame => {
    const generator = gameGenerators.find((candidate) => candidate.id === id);
    return readJsonGame(generator?.generate(generator.settings.parse(settings), seededRandom(seed)));
  };

  test('each draws a game from its defaults, the same from the same seed, and writes it as .nfg', () => {
    for (const generator of gameGenerators) {
      const settings = generator.settings.parse(generator.id === 'travellers-dilemma' ? { most: 9 } : {});
      const instance = generator.generate(settings, seededRandom(5));
      expect(generator.generate(settings, seededRandom(5))).toEqual(instance);
      expect(generator.formats.nfg?.(instance)).toMatch(/^NFG 1 R/);
    }
  });

  test('congestion and potential games have a potential, random ones hardly ever', () => {
    for (const seed of [1, 2, 3]) {
      expect(potentialOf(drawn('congestion-game', { players: 3 }, seed))).toHaveLength(27);
      expect(potentialOf(drawn('potential-game', { players: 3, strategies: 3 }, seed))).toHaveLength(27);
      expect(potentialOf(drawn('random-game', {}, seed))).toBe(undefined);
    }
  });

  test('hard games have one equilibrium, in which everything is played', () => {
    for (const strategies of [2, 4, 6, 8]) {
      const { results, complete } = extremePoints(drawn('hard-game', { strategies })).now();
      expect(complete).toBe(true);
      expect(results).toHaveLength(1);
      for (const own of results[0]?.profile ?? []) for (const share of own) expect(share.sign).toBe(1);
    }
  });

  test('the travellers’ dilemma has one equilibrium: both claim least', () => {
    const { results } = extremePoints(drawn('travellers-dilemma', { least: 2, most: 8 })).now();
    expect(results.map(({ payoffs }) => String(payoffs))).toEqual(['2,2']);
  });

  test('Blotto and zero-sum games sum to 0', () => {
    for (const id of ['blotto-game', 'zero-sum-game']) {
      const made = drawn(id, {});
      expect(made.rationals(0).every((payoff, at) => payoff.plus(made.rationals(1)[at] as Rational).sign === 0)).toBe(
        true,
      );
    }
    expect(drawn('blotto-game', { troops: 4, fields: 2 }).strategies[0]).toEqual(['0-4', '1-3', '2-2', '3-1', '4-0']);
  });

  test('agreement and dispersion are equilibria of their games', () => {
    const agreeing = pureEquilibria(drawn('coordination-game', { players: 3, strategies: 3 })).now().results;
    expect(agreeing.length).toBeGreaterThanOrEqual(3);
    expect(pureEquilibria(drawn('dispersion-game', { players: 3, strategies: 3 })).now().results).toHaveLength(6);
  });

  test('covariant payoffs are correlated as asked', () => {
    for (const correlation of [-1, -0.5, 0, 0.9]) {
      const made = drawn('covariant-game', { strategies: 60, correlation });
      const [first, second] = [made.doubles(0), made.doubles(1)];
      const mean = first.reduce((total, payoff, at) => total + payoff * (second[at] as number), 0) / first.length;
      expect(Math.abs(mean - correlation)).toBeLessThan(0.1);
    }
  });

  test('unit-vector games pay the first player 1 once in every column', () => {
    const table = drawn('unit-vector-game', { strategies: 5 }).doubles(0);
    for (let column = 0; column < 5; column++) {
      expect([0, 1, 2, 3, 4].reduce((total, row) => total + (table[row * 5 + column] as number), 0)).toBe(1);
    }
  });

  test('settings that make no sense are refused', () => {
    const settingsOf = (id: string) => gameGenerators.find((generator) => generator.id === id)?.settings;
    expect(settingsOf('covariant-game')?.safeParse({ players: 3, correlation: -0.9 }).success).toBe(false);
    expect(settingsOf('hard-game')?.safeParse({ strategies: 5 }).success).toBe(false);
    expect(settingsOf('travellers-dilemma')?.safeParse({ least: 9, most: 3 }).success).toBe(false);
    expect(codedErrorOf(() => drawn('blotto-game', { troops: 100, fields: 20 })).code).toBe('too-large');
    expect(codedErrorOf(() => drawn('random-game', { players: 10, strategies: 100 })).code).toBe('too-large');
    expect(codedErrorOf(() => drawn('congestion-game', { players: 10, facilities: 10 })).code).toBe('too-large');
  });
});
