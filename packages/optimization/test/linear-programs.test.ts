import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { createOptimizer, linearProgram, type Program } from '../src/index.ts';
import { type Dense, dense } from './dense-program.ts';
import { expectOptimum, optimumOf, requireFound } from './optimality.ts';

const optimizer = await createOptimizer();

describe('published linear programs', () => {
  test('Wyndor Glass: Hillier and Lieberman, "Introduction to Operations Research", section 3.1', () => {
    const { objective, primal, activities, duals } = optimumOf(
      optimizer,
      dense({
        sense: 'maximize',
        costs: [3, 5],
        matrix: [
          [1, 0],
          [0, 2],
          [3, 2],
        ],
        rowUpper: [4, 12, 18],
      }),
    );
    expect(objective).toBeCloseTo(36, 9);
    expect([...primal]).toEqual([2, 6]);
    expect([...activities]).toEqual([2, 12, 18]);
    expect(duals?.rows).toEqual(Float64Array.of(0, 1.5, 1));
    expect(duals?.columns).toEqual(Float64Array.of(0, 0));
  });

  test('the first program of Chvátal, "Linear Programming" (1983), chapter 2', () => {
    const { objective, primal } = optimumOf(
      optimizer,
      dense({
        sense: 'maximize',
        costs: [5, 4, 3],
        matrix: [
          [2, 3, 1],
          [4, 1, 2],
          [3, 4, 2],
        ],
        rowUpper: [5, 11, 8],
      }),
    );
    expect(objective).toBeCloseTo(13, 9);
    for (const [index, x] of [2, 0, 1].entries()) expect(primal[index]).toBeCloseTo(x, 9);
  });

  test('canning and shipping: Dantzig, "Linear Programming and Extensions" (1963), section 3.3', () => {
    const distance = [2.5, 1.7, 1.8, 2.5, 1.8, 1.4];
    const { objective } = optimumOf(
      optimizer,
      dense({
        sense: 'minimize',
        costs: distance.map((thousandMiles) => (90 * thousandMiles) / 1000),
        matrix: [
          [1, 1, 1, 0, 0, 0],
          [0, 0, 0, 1, 1, 1],
          [1, 0, 0, 1, 0, 0],
          [0, 1, 0, 0, 1, 0],
          [0, 0, 1, 0, 0, 1],
        ],
        rowLower: [-Infinity, -Infinity, 325, 300, 275],
        rowUpper: [350, 600, Infinity, Infinity, Infinity],
      }),
    );
    expect(objective).toBeCloseTo(153.675, 9);
  });

  test('the program on which the simplex method cycles: Beale, "Cycling in the dual simplex algorithm" (1955)', () => {
    const { objective, primal } = optimumOf(
      optimizer,
      dense({
        sense: 'minimize',
        costs: [0, 0, 0, -3 / 4, 20, -1 / 2, 6],
        matrix: [
          [1, 0, 0, 1 / 4, -8, -1, 9],
          [0, 1, 0, 1 / 2, -12, -1 / 2, 3],
          [0, 0, 1, 0, 0, 1, 0],
        ],
        rowLower: [0, 0, 1],
        rowUpper: [0, 0, 1],
      }),
    );
    expect(objective).toBeCloseTo(-5 / 4, 9);
    expect(primal[3]).toBeCloseTo(1, 9);
    expect(primal[5]).toBeCloseTo(1, 9);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('the cube of Klee and Minty (1972) in %i dimensions', (n) => {
    const matrix = Array.from({ length: n }, (_, row) =>
      Array.from({ length: n }, (_, column) => (column < row ? 2 ** (row - column + 1) : Number(column === row))),
    );
    const { objective, primal } = optimumOf(
      optimizer,
      dense({
        sense: 'maximize',
        costs: Array.from({ length: n }, (_, column) => 2 ** (n - 1 - column)),
        matrix,
        rowUpper: Array.from({ length: n }, (_, row) => 5 ** (row + 1)),
      }),
    );
    expect(objective).toBeCloseTo(5 ** n, 3);
    expect(primal[n - 1]).toBeCloseTo(5 ** n, 3);
  });

  test('rock, paper, scissors is won with a third of each: von Neumann 1928', () => {
    const { objective, primal } = optimumOf(
      optimizer,
      dense({
        sense: 'maximize',
        costs: [0, 0, 0, 1],
        lower: [0, 0, 0, -Infinity],
        matrix: [
          [0, 1, -1, -1],
          [-1, 0, 1, -1],
          [1, -1, 0, -1],
          [1, 1, 1, 0],
        ],
        rowLower: [0, 0, 0, 1],
        rowUpper: [Infinity, Infinity, Infinity, 1],
      }),
    );
    expect(objective).toBeCloseTo(0, 9);
    for (const share of primal.subarray(0, 3)) expect(share).toBeCloseTo(1 / 3, 9);
  });
});

describe('what has no optimum', () => {
  test('contradictory rows are infeasible, and the bound is infinitely bad', () => {
    const contradiction: Dense = {
      sense: 'minimize',
      costs: [1, 1],
      matrix: [
        [1, 1],
        [1, 1],
      ],
      rowLower: [2, -Infinity],
      rowUpper: [Infinity, 1],
    };
    const { iterations, ...minimum } = optimizer.solve(dense(contradiction));
    expect(minimum).toEqual({ status: 'infeasible', stoppedBy: 'proof', bound: Infinity, nodes: 0 });
    expect(iterations).toBeGreaterThanOrEqual(0);
    expect(optimizer.solve(dense({ ...contradiction, sense: 'maximize' })).bound).toBe(-Infinity);
  });

  test('a free improvement without end is unbounded, and nothing is proved of the objective', () => {
    const ray: Dense = { sense: 'maximize', costs: [1, 1], matrix: [[1, -1]], rowUpper: [1] };
    const maximum = optimizer.solve(dense(ray));
    expect(maximum).toMatchObject({ status: 'unbounded', stoppedBy: 'proof', bound: Infinity });
    expect(maximum.primal).toBeUndefined();
    const minimum = optimizer.solve(dense({ ...ray, sense: 'minimize', costs: [-1, -1] }));
    expect(minimum).toMatchObject({ status: 'unbounded', bound: -Infinity });
  });
});

describe('small and odd programs', () => {
  test('one without columns is its offset, if 0 suits its rows', () => {
    const empty: Dense = { sense: 'minimize', costs: [], offset: 3 };
    expect(optimumOf(optimizer, dense(empty))).toMatchObject({ objective: 3, primal: new Float64Array(0) });
    const free = { ...empty, matrix: [[], []], rowLower: [-1, 0], rowUpper: [1, Infinity] };
    expect(optimumOf(optimizer, dense(free)).activities).toEqual(new Float64Array(2));
    const impossible = { ...empty, matrix: [[], []], rowLower: [-1, 1], rowUpper: [1, Infinity] };
    expect(optimizer.solve(dense(impossible))).toMatchObject({ status: 'infeasible', bound: Infinity });
  });

  test('one without rows puts every column at its better bound', () => {
    const { primal, objective, duals } = optimumOf(
      optimizer,
      dense({ sense: 'maximize', costs: [1, -1, 0], lower: [-2, -3, 1], upper: [4, 5, 6], offset: 10 }),
    );
    expect([...primal.subarray(0, 2)]).toEqual([4, -3]);
    expect(objective).toBe(17);
    expect(duals?.columns).toEqual(Float64Array.of(1, -1, 0));
  });

  test('a column of a million is no dearer to add than its entries', () => {
    const program = linearProgram('maximize');
    const x = program.variable({ cost: 1e6, upper: 1e6 });
    program.constraint([[x, 1e6]], { atMost: 1e9 });
    expect(optimumOf(optimizer, program.build()).objective).toBeCloseTo(1e9, 3);
  });

  test('rows with two bounds, equations and free columns go together', () => {
    const { objective, primal } = optimumOf(
      optimizer,
      dense({
        sense: 'minimize',
        costs: [1, 2, 0],
        lower: [-Infinity, -Infinity, -Infinity],
        matrix: [
          [1, 1, 0],
          [1, -1, 1],
          [0, 0, 1],
        ],
        rowLower: [2, 0, -4],
        rowUpper: [2, 0, 4],
      }),
    );
    expect(objective).toBeCloseTo(1, 9);
    expect([...primal]).toEqual([3, -1, -4]);
  });
});

describe('duals', () => {
  const wyndor = (rowUpper: readonly number[], costs = [3, 5]): Program =>
    dense({
      sense: 'maximize',
      costs,
      matrix: [
        [1, 0],
        [0, 2],
        [3, 2],
      ],
      rowUpper,
    });

  test('of a row are what the optimum gains when its bound moves by a little, whichever the sense', () => {
    for (const sense of ['minimize', 'maximize'] as const) {
      const sign = sense === 'minimize' ? -1 : 1;
      const solve = (rowUpper: readonly number[]): ReturnType<typeof requireFound> =>
        requireFound(optimizer.solve({ ...wyndor(rowUpper, [3 * sign, 5 * sign]), sense }));
      const { objective, duals } = solve([4, 12, 18]);
      for (let row = 0; row < 3; row++) {
        const moved = solve([4, 12, 18].map((bound, index) => (index === row ? bound + 1e-3 : bound)));
        expect((moved.objective - objective) / 1e-3).toBeCloseTo(duals?.rows[row] as number, 5);
      }
    }
  });

  test('of a column are what the optimum gains when its bound moves by a little', () => {
    const at = (upper: number): ReturnType<typeof requireFound> =>
      requireFound(
        optimizer.solve(
          dense({ sense: 'maximize', costs: [2, 1], upper: [upper, 9], matrix: [[1, 1]], rowUpper: [5] }),
        ),
      );
    const { objective, duals } = at(3);
    expect(duals?.columns).toEqual(Float64Array.of(1, 0));
    expect((at(3.001).objective - objective) / 0.001).toBeCloseTo(1, 6);
  });

  test('that are not unique still prove the optimum', () => {
    // Three ways of saying x + y ≤ 1, so that any mixture of their prices is a dual.
    const { objective, duals } = optimumOf(
      optimizer,
      dense({
        sense: 'maximize',
        costs: [1, 1],
        matrix: [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
        rowUpper: [1, 2, 3],
      }),
    );
    expect(objective).toBeCloseTo(1, 9);
    const [a = 0, b = 0, c = 0] = duals?.rows ?? [];
    expect(a + 2 * b + 3 * c).toBeCloseTo(1, 9);
    expect(Math.min(a, b, c)).toBeGreaterThanOrEqual(0);
  });

  test('of degenerate assignments, whose vertices have many bases, prove the optimum too', () => {
    const random = seededRandom(11);
    for (let trial = 0; trial < 20; trial++) {
      const n = 2 + random.below(4);
      const program = linearProgram('maximize');
      const x = Array.from({ length: n }, () =>
        Array.from({ length: n }, () => program.variable({ cost: random.below(4) })),
      );
      for (let i = 0; i < n; i++) {
        program.constraint(
          (x[i] ?? []).map((cell) => [cell, 1]),
          { equals: 1 },
        );
        program.constraint(
          x.map((row) => [row[i] as number, 1]),
          { equals: 1 },
        );
      }
      optimumOf(optimizer, program.build());
    }
  });
});

test('random programs are solved with a proof, or shown to have no optimum', () => {
  const random = seededRandom(5);
  const seen = new Set<string>();
  for (let trial = 0; trial < 300; trial++) {
    const columns = 1 + random.below(6);
    const rows = random.below(6);
    const whole = (): number => random.below(11) - 5;
    const ranges = (length: number): { lower: number[]; upper: number[] } => {
      const lower = Array.from({ length }, () => (random.below(3) === 0 ? -Infinity : whole()));
      const upper = lower.map((bound) => (random.below(3) === 0 ? Infinity : Math.max(bound, whole())));
      return { lower, upper };
    };
    const { lower: rowLower, upper: rowUpper } = ranges(rows);
    const program = dense({
      sense: random.below(2) === 0 ? 'minimize' : 'maximize',
      costs: Array.from({ length: columns }, whole),
      matrix: Array.from({ length: rows }, () => Array.from({ length: columns }, whole)),
      rowLower,
      rowUpper,
      ...ranges(columns),
    });
    const solution = optimizer.solve(program);
    seen.add(solution.status);
    if (solution.primal) expectOptimum(program, solution);
  }
  expect([...seen].sort()).toEqual(['infeasible', 'optimal', 'unbounded']);
});
