import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { NormalFormGame } from '../src/normal-form/game.ts';
import type { Rational } from '../src/rational.ts';
import { Pace, pause } from '../src/search.ts';
import { doubleZeroSum } from '../src/two-player/double-equilibria.ts';
import { rankOneTable } from '../src/two-player/rank-one-update.ts';
import { SteepestEdge } from '../src/two-player/steepest-edge.ts';
import { zeroSum } from '../src/two-player/zero-sum.ts';

function zeroSumGame(first: Float64Array, m: number, n: number): NormalFormGame {
  return new NormalFormGame({ strategies: [m, n], payoffs: [first, first.map((payoff) => -payoff)] });
}

describe('the rank-one update', () => {
  test.each([
    [1, 1],
    [3, 5],
    [8, 6],
    [130, 131],
  ])('of %d rows and %d columns is the same by WebAssembly and without, to the last bit', (rows, columns) => {
    const random = seededRandom(rows);
    const tables = [rankOneTable(rows, columns, true), rankOneTable(rows, columns, false)] as const;
    const [compiled, plain] = tables;
    const expected: number[] = [];
    for (const name of ['entries', 'shares', 'subtrahend', 'squares'] as const) {
      plain[name].forEach((_, at) => {
        plain[name][at] = random.next() - 0.5;
      });
      compiled[name].set(plain[name]);
    }
    const { width } = plain;
    for (let at = 0; at < rows * width; at++) {
      const share = plain.shares[Math.floor(at / width)] as number;
      expected.push((plain.entries[at] as number) - share * (plain.subtrahend[at % width] as number));
    }
    for (const table of tables) table.update();
    expect([...compiled.entries]).toEqual([...plain.entries]);
    expect([...compiled.squares]).toEqual([...plain.squares]);
    expect([...plain.entries].slice(0, rows * width)).toEqual(expected);
  });

  test('adds up the squares of each column', () => {
    const table = rankOneTable(5, 2, true);
    table.entries.set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    table.shares.set([0, 0, 0, 0, 1]);
    table.subtrahend.set([1, 1]);
    table.update();
    expect([...table.squares]).toEqual([1 + 9 + 25 + 49 + 64, 4 + 16 + 36 + 64 + 81]);
  });

  test('does without WebAssembly where it is not allowed', () => {
    const { Module } = WebAssembly;
    Object.defineProperty(WebAssembly, 'Module', {
      configurable: true,
      value: class {
        constructor() {
          throw new Error('refused by the content security policy');
        }
      },
    });
    try {
      const table = rankOneTable(4, 2, true);
      table.shares.fill(1);
      table.subtrahend.fill(2);
      table.update();
      expect([...table.entries]).toEqual(new Array(8).fill(-2));
    } finally {
      Object.defineProperty(WebAssembly, 'Module', { configurable: true, value: Module });
    }
  });
});

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
    expect(program.solve(pace).next()).toEqual({ done: true, value: true });
    const [x, y] = [program.prices(), program.coordinates()];
    program.rebuild();
    expect(program.solve(pace).next()).toEqual({ done: true, value: true });
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
