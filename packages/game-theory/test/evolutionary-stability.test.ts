import { isMechaneError, seededRandom } from '@mechane/core';
import { Rational } from '@mechane/numerics';
import { describe, expect, test } from 'vitest';
import { NormalFormGame } from '../src/normal-form/game.ts';
import { symmetricEquilibria } from '../src/two-player/evolutionary-stability.ts';

/** The game in which both get `payoffs[own][other]`. */
function symmetric(payoffs: readonly (readonly (number | string)[])[]): NormalFormGame {
  const table = payoffs.map((row) => row.map((entry) => Rational.of(entry)));
  const turned = table.map((row, i) => row.map((_, j) => table[j]?.[i] as Rational));
  return new NormalFormGame({ strategies: [table.length, table.length], payoffs: [table.flat(), turned.flat()] });
}

const told = (game: NormalFormGame): string[] =>
  symmetricEquilibria(game)
    .results.map(({ profile, evolutionarilyStable }) => `${profile[0]} ${evolutionarilyStable}`)
    .sort();

describe('evolutionary stability', () => {
  test('hawks and doves live together: V/C of hawks (Maynard Smith and Price 1973)', () => {
    // V = 2, C = 6.
    expect(
      told(
        symmetric([
          [-2, 2],
          [0, 1],
        ]),
      ),
    ).toEqual(['1/3,2/3 true']);
  });

  test('either convention of a coordination game is stable, their mixture is not', () => {
    expect(
      told(
        symmetric([
          [2, 0],
          [0, 1],
        ]),
      ),
    ).toEqual(['0,1 true', '1,0 true', '1/3,2/3 false']);
  });

  test('rock, paper, scissors is stable when winning pays more than losing costs, and only then', () => {
    const game = (win: number | string): NormalFormGame =>
      symmetric([
        [0, -1, win],
        [win, 0, -1],
        [-1, win, 0],
      ]);
    expect(told(game(2))).toEqual(['1/3,1/3,1/3 true']);
    expect(told(game(1))).toEqual(['1/3,1/3,1/3 false']);
    expect(told(game('1/2'))).toEqual(['1/3,1/3,1/3 false']);
  });

  test('where nothing matters, nothing is stable', () => {
    expect(
      told(
        symmetric([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toEqual(['0,1 false', '1,0 false']);
  });

  test('best responses that are not played may invade together, though none does alone', () => {
    // Strategy 1 ties against itself with the others, which gain from each other only when mixed.
    const form = [
      [0, 0, 0],
      [0, -1, 3],
      [0, 3, -1],
    ];
    expect(told(symmetric(form))).toContain('1,0,0 false');
    expect(
      told(
        symmetric([
          [0, 0, 0],
          [0, -1, -1],
          [0, -1, -1],
        ]),
      ),
    ).toContain('1,0,0 true');
  });

  test('in games of two strategies it is as the definition says', () => {
    const random = seededRandom(61);
    for (let round = 0; round < 200; round++) {
      const [a, b, c, d] = Array.from({ length: 4 }, () => random.below(4)) as [number, number, number, number];
      const stable = told(
        symmetric([
          [a, b],
          [c, d],
        ]),
      ).filter((line) => line.endsWith('true'));
      const expected: string[] = [];
      if (d > b || (d === b && c > a)) expected.push('0,1 true');
      if (a > c || (a === c && b > d)) expected.push('1,0 true');
      if (c > a && b > d) {
        const [one, two] = [
          Rational.ratio(BigInt(b - d), BigInt(b - d + c - a)),
          Rational.ratio(BigInt(c - a), BigInt(b - d + c - a)),
        ];
        expected.push(`${one},${two} true`);
      }
      expect(stable).toEqual(expected.sort());
    }
  });

  test('no mutant that is tried invades what is stable', () => {
    const random = seededRandom(62);
    for (let round = 0; round < 60; round++) {
      const payoffs = Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => random.below(5)));
      for (const { profile, evolutionarilyStable } of symmetricEquilibria(symmetric(payoffs)).results) {
        if (!evolutionarilyStable) continue;
        const x = profile[0]?.map((weight) => weight.toNumber()) as number[];
        for (let tries = 0; tries < 50; tries++) {
          const drawn = [random.next(), random.next(), random.next()];
          const total = drawn.reduce((left, right) => left + right, 0);
          const mixed = x.map((weight, at) => 0.999 * weight + (0.001 * (drawn[at] as number)) / total);
          const advantage = x.reduce(
            (gain, weight, i) =>
              gain +
              (weight - (mixed[i] as number)) *
                mixed.reduce((worth, share, j) => worth + share * (payoffs[i]?.[j] as number), 0),
            0,
          );
          expect(advantage).toBeGreaterThan(0);
        }
      }
    }
  });

  test('games in which players cannot change places are refused; a search that is cut short says so', () => {
    const refused = [
      new NormalFormGame({ strategies: [1, 2], payoffs: [new Float64Array(2), new Float64Array(2)] }),
      new NormalFormGame({ strategies: [2, 2], payoffs: [new Float64Array([1, 0, 0, 0]), new Float64Array(4)] }),
    ].map((game) => {
      try {
        return symmetricEquilibria(game);
      } catch (thrown) {
        return isMechaneError(thrown) && thrown.code;
      }
    });
    expect(refused).toEqual(['unsuitable-game', 'unsuitable-game']);
    expect(
      symmetricEquilibria(
        symmetric([
          [1, 0],
          [0, 1],
        ]),
        { steps: 1 },
      ),
    ).toMatchObject({ complete: false });
  });
});
