import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { createOptimizer, type Program, type Solution, type StopReason } from '../src/index.ts';
import type { QuadraticProgram } from '../src/program.ts';
import { solveQuadratic } from '../src/solve-quadratic.ts';
import { type Dense, dense } from './dense-program.ts';
import { expectOptimum } from './optimality.ts';

const optimizer = await createOptimizer();

interface Quadratic extends Dense {
  readonly hessian: readonly (readonly number[])[];
}

const quadratic = (given: Quadratic): QuadraticProgram => dense(given) as QuadraticProgram;

function solve(
  program: QuadraticProgram,
  curvature: 'definite' | 'semidefinite',
  stopReason: () => StopReason | undefined = () => undefined,
  solveLinear: (linear: Program) => Solution = (linear) => optimizer.solve(linear),
): Solution {
  return solveQuadratic(program, curvature, stopReason, solveLinear);
}

/** Every pair and triple of columns meets, in whole numbers, so that many constraints hold one another. */
function crowded(seed: number, sense: 'minimize' | 'maximize', rank: number): QuadraticProgram {
  const random = seededRandom(seed);
  const columns = 6;
  const sign = sense === 'minimize' ? 1 : -1;
  const factors = Array.from({ length: rank }, () => Array.from({ length: columns }, () => random.below(5) - 2));
  const rows = 8;
  const matrix = Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.below(2)));
  const size = matrix.map((row) => row.reduce((sum, value) => sum + value, 0));
  return quadratic({
    sense,
    offset: 1,
    costs: Array.from({ length: columns }, () => random.below(11) - 5),
    lower: Array.from({ length: columns }, () => -3),
    upper: Array.from({ length: columns }, () => 3),
    hessian: Array.from({ length: columns }, (_, i) =>
      Array.from(
        { length: columns },
        (_, j) =>
          sign *
          (factors.reduce((sum, f) => sum + (f[i] ?? 0) * (f[j] ?? 0), 0) + (rank === columns && i === j ? 1 : 0)),
      ),
    ),
    matrix,
    rowLower: size.map((count, row) => (row % 4 === 3 ? -count : 0)),
    rowUpper: size.map((count, row) => (row % 3 === 0 ? 0 : count)),
  });
}

test('strictly convex programs whose constraints crowd are solved with a proof', () => {
  for (let seed = 0; seed < 150; seed++) {
    const program = crowded(seed, seed % 2 === 0 ? 'minimize' : 'maximize', 6);
    expectOptimum(program, solve(program, 'definite'));
  }
});

test('those that curve in some directions only are solved by proximal points, with a proof', () => {
  for (let seed = 0; seed < 150; seed++) {
    const program = crowded(seed, seed % 2 === 0 ? 'minimize' : 'maximize', 1 + (seed % 4));
    expectOptimum(program, solve(program, 'semidefinite'));
  }
});

test('equations that repeat one another do no harm', () => {
  const program = quadratic({
    sense: 'minimize',
    costs: [0, 0],
    hessian: [
      [2, 0],
      [0, 2],
    ],
    matrix: [
      [1, 1],
      [2, 2],
      [1, 1],
    ],
    rowLower: [2, 4, 2],
    rowUpper: [2, 4, 2],
  });
  const solution = solve(program, 'definite');
  expectOptimum(program, solution);
  expect(solution.primal?.[0]).toBeCloseTo(1, 12);
});

describe('what has no optimum', () => {
  const flat: Quadratic = {
    sense: 'minimize',
    costs: [0, -1],
    hessian: [
      [2, 0],
      [0, 0],
    ],
  };

  test('is infeasible where the constraints are', () => {
    const program = quadratic({ ...flat, matrix: [[1, 1]], rowUpper: [-1] });
    expect(solve(program, 'semidefinite')).toMatchObject({ status: 'infeasible', stoppedBy: 'proof', bound: Infinity });
    const mirrored = quadratic({
      ...flat,
      sense: 'maximize',
      costs: [0, 1],
      hessian: [
        [-2, 0],
        [0, -2],
      ],
      matrix: [[1, 1]],
      rowUpper: [-1],
    });
    expect(solve(mirrored, 'definite')).toMatchObject({ status: 'infeasible', bound: -Infinity });
  });

  test('is unbounded where a direction without curvature improves', () => {
    expect(solve(quadratic(flat), 'semidefinite')).toMatchObject({ status: 'unbounded', bound: -Infinity });
    const sloping = quadratic({
      ...flat,
      matrix: [
        [1, -1],
        [0, 1],
      ],
      rowLower: [-5, 0],
      rowUpper: [Infinity, Infinity],
    });
    expect(solve(sloping, 'semidefinite').status).toBe('optimal');
  });

  test('is left open where nobody can tell', () => {
    const program = quadratic({
      ...flat,
      hessian: [
        [2, 0],
        [0, 2],
      ],
      matrix: [[1, 1]],
      rowUpper: [-1],
    });
    const unknown = { status: 'unknown', stoppedBy: 'gave-up', bound: 0, nodes: 0, iterations: 0 } as const;
    expect(solve(program, 'definite', undefined, () => unknown)).toMatchObject({
      status: 'unknown',
      stoppedBy: 'gave-up',
      bound: -Infinity,
    });
  });
});

describe('stopping', () => {
  const program = crowded(3, 'minimize', 2);

  test('before a point is found leaves nothing known', () => {
    const { status, stoppedBy, bound } = solve(program, 'semidefinite', () => 'aborted');
    expect({ status, stoppedBy, bound }).toEqual({ status: 'unknown', stoppedBy: 'aborted', bound: -Infinity });
  });

  test('afterwards leaves the point, its bound and the gap', () => {
    const endless = quadratic({
      sense: 'minimize',
      costs: [0, -1],
      hessian: [
        [2, 0],
        [0, 0],
      ],
    });
    let asked = 0;
    const solution = solve(endless, 'semidefinite', () => {
      asked += 1;
      return asked > 10 ? 'time-limit' : undefined;
    });
    expect(solution).toMatchObject({ status: 'feasible', stoppedBy: 'time-limit', bound: -Infinity, duals: undefined });
  });
});
