import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { createOptimizer, linearProgram, type Program } from '../src/index.ts';
import { dense } from './dense-program.ts';
import { expectOptimum, optimumOf } from './optimality.ts';

const optimizer = await createOptimizer();

/** The point of the simplex that is nearest: Held, Wolfe and Crowder, "Validation of subgradient optimization" (1974). */
function nearestOnSimplex(point: readonly number[]): number[] {
  const falling = [...point].sort((a, b) => b - a);
  let sum = 0;
  let threshold = 0;
  for (const [index, x] of falling.entries()) {
    sum += x;
    if (x > (sum - 1) / (index + 1)) threshold = (sum - 1) / (index + 1);
  }
  return point.map((x) => Math.max(0, x - threshold));
}

function projection(point: readonly number[]): Program {
  const program = linearProgram('minimize');
  const shares = point.map((x) => program.variable({ cost: -2 * x }));
  for (const share of shares) program.product(share, share, 1);
  program.constraint(
    shares.map((share) => [share, 1]),
    { equals: 1 },
  );
  return program.build();
}

test('the projection on the simplex is the closed form of Held, Wolfe and Crowder (1974)', () => {
  const random = seededRandom(41);
  for (let trial = 0; trial < 40; trial++) {
    const point = Array.from({ length: 1 + random.below(12) }, () => 3 * random.next() - 1);
    const { primal } = optimumOf(optimizer, projection(point));
    for (const [index, x] of nearestOnSimplex(point).entries()) expect(primal[index]).toBeCloseTo(x, 6);
  }
});

test('the portfolio of two assets with the least variance is the closed form of Markowitz (1952)', () => {
  const [varianceA, varianceB, covariance] = [0.04, 0.09, 0.012];
  const { primal, objective } = optimumOf(
    optimizer,
    dense({
      sense: 'minimize',
      costs: [0, 0],
      hessian: [
        [2 * varianceA, 2 * covariance],
        [2 * covariance, 2 * varianceB],
      ],
      matrix: [[1, 1]],
      rowLower: [1],
      rowUpper: [1],
    }),
  );
  const share = (varianceB - covariance) / (varianceA + varianceB - 2 * covariance);
  expect(primal[0]).toBeCloseTo(share, 9);
  expect(primal[1]).toBeCloseTo(1 - share, 9);
  expect(objective).toBeCloseTo(
    (varianceA * varianceB - covariance ** 2) / (varianceA + varianceB - 2 * covariance),
    9,
  );
});

test('a concave objective is maximized: the price of a monopolist is halfway between cost and choke price (Cournot 1838)', () => {
  const [choke, cost] = [10, 2];
  const program = linearProgram('maximize');
  const quantity = program.variable({ cost: choke - cost });
  program.product(quantity, quantity, -1);
  const { primal, objective } = optimumOf(optimizer, program.build());
  expect(primal[0]).toBeCloseTo(4, 9);
  expect(objective).toBeCloseTo(16, 9);
});

test('an example of two variables and one binding row: Nocedal and Wright, "Numerical Optimization" (2006), example 16.4', () => {
  const { primal, duals } = optimumOf(
    optimizer,
    dense({
      sense: 'minimize',
      costs: [-2, -5],
      offset: 1 + 2.5 ** 2,
      hessian: [
        [2, 0],
        [0, 2],
      ],
      matrix: [
        [1, -2],
        [-1, -2],
        [-1, 2],
      ],
      rowLower: [-2, -6, -2],
    }),
  );
  expect(primal[0]).toBeCloseTo(1.4, 9);
  expect(primal[1]).toBeCloseTo(1.7, 9);
  expect(duals?.rows[0]).toBeCloseTo(0.8, 9);
});

test('duals are what the optimum gains when a bound moves by a little', () => {
  const at = (total: number): ReturnType<typeof optimumOf> =>
    optimumOf(
      optimizer,
      dense({
        sense: 'minimize',
        costs: [0, 0],
        hessian: [
          [2, 0],
          [0, 4],
        ],
        matrix: [[1, 1]],
        rowLower: [total],
        rowUpper: [total],
      }),
    );
  const { objective, duals } = at(1);
  expect((at(1.0001).objective - at(0.9999).objective) / 0.0002).toBeCloseTo(duals?.rows[0] as number, 6);
  expect(objective).toBeCloseTo(2 / 3, 9);
});

describe('curvature', () => {
  test('that is missing in some directions leaves them to the linear part', () => {
    // (x + y - 2)²: every point of the line x + y = 2 is best.
    const { objective, primal } = optimumOf(
      optimizer,
      dense({
        sense: 'minimize',
        costs: [-4, -4],
        offset: 4,
        hessian: [
          [2, 2],
          [2, 2],
        ],
        upper: [9, 9],
      }),
    );
    expect(objective).toBeCloseTo(0, 6);
    expect((primal[0] as number) + (primal[1] as number)).toBeCloseTo(2, 4);
  });

  test('of nothing but zeros makes a linear program, which may have whole columns', () => {
    const program = dense({ sense: 'maximize', costs: [1], upper: [2.5], integer: true });
    const zero = { starts: Int32Array.of(0, 1), indices: Int32Array.of(0), values: Float64Array.of(0) };
    expect(optimumOf(optimizer, { ...program, hessian: zero }).objective).toBe(2);
  });
});

test('what has no optimum is said to have none', () => {
  const curved = {
    sense: 'minimize',
    costs: [0, -1],
    hessian: [
      [2, 0],
      [0, 0],
    ],
  } as const;
  expect(optimizer.solve(dense(curved)).status).toBe('unbounded');
  const contradiction = dense({ ...curved, matrix: [[1, 0]], rowUpper: [-1] });
  expect(optimizer.solve(contradiction)).toMatchObject({ status: 'infeasible', bound: Infinity });
});

test('a limit leaves no proof', () => {
  const solution = optimizer.solve(projection([0.5, 0.25, 3]), { timeLimit: 0 });
  expect(solution.stoppedBy).toBe('time-limit');
  expect(['feasible', 'unknown']).toContain(solution.status);
  expect(solution.bound).toBe(-Infinity);
  expect(solution.duals).toBeUndefined();
});

test('random convex programs are solved with a proof', () => {
  const random = seededRandom(43);
  for (let trial = 0; trial < 150; trial++) {
    const columns = 1 + random.below(7);
    const rank = 1 + random.below(columns);
    const normal = (): number => random.next() + random.next() + random.next() - 1.5;
    const factors = Array.from({ length: rank }, () => Array.from({ length: columns }, normal));
    const sign = random.below(2) === 0 ? 1 : -1;
    const hessian = Array.from({ length: columns }, (_, i) =>
      Array.from({ length: columns }, (_, j) => sign * factors.reduce((sum, f) => sum + (f[i] ?? 0) * (f[j] ?? 0), 0)),
    );
    const rows = random.below(4);
    const program = dense({
      sense: sign === 1 ? 'minimize' : 'maximize',
      costs: Array.from({ length: columns }, normal),
      lower: Array.from({ length: columns }, () => -1),
      upper: Array.from({ length: columns }, () => 2),
      hessian,
      matrix: Array.from({ length: rows }, () => Array.from({ length: columns }, normal)),
      rowUpper: Array.from({ length: rows }, () => random.next()),
    });
    const solution = optimizer.solve(program);
    expectOptimum(program, solution, 1e-5);
  }
});

test('the nearest prices in the core of a degenerate auction are found with a proof, where solvers have called them unbounded', () => {
  // Nearest to one's reference price, above it, below one's bid, with coalitions that whole numbers make meet in many ways.
  const random = seededRandom(99);
  for (let trial = 0; trial < 150; trial++) {
    const bidders = 2 + random.below(trial % 10 === 0 ? 40 : 15);
    const reference = Array.from({ length: bidders }, () => random.below(20));
    const bids = reference.map((price) => price + random.below(30));
    const coalitions = Array.from({ length: 1 + random.below(2 * bidders) }, () =>
      Array.from({ length: bidders }, () => random.below(2)),
    );
    const sum = (coalition: readonly number[], prices: readonly number[]): number =>
      coalition.reduce((total, member, bidder) => total + member * (prices[bidder] ?? 0), 0);
    const program = dense({
      sense: 'minimize',
      costs: reference.map((price) => -2 * price),
      lower: reference,
      upper: bids,
      hessian: reference.map((_, i) => reference.map((_, j) => (i === j ? 2 : 0))),
      matrix: coalitions,
      rowLower: coalitions.map((coalition) =>
        Math.min(sum(coalition, bids), sum(coalition, reference) + random.below(20)),
      ),
    });
    optimumOf(optimizer, program);
  }
});

test('programs that curve in some directions only are solved with a proof, or shown to be unbounded', () => {
  const random = seededRandom(47);
  const seen = new Set<string>();
  for (let trial = 0; trial < 150; trial++) {
    const columns = 1 + random.below(10);
    const rank = random.below(columns);
    const normal = (): number => random.next() + random.next() + random.next() - 1.5;
    const factors = Array.from({ length: rank }, () => Array.from({ length: columns }, normal));
    const rows = random.below(columns + 2);
    const program = dense({
      sense: 'minimize',
      costs: Array.from({ length: columns }, normal),
      lower: Array.from({ length: columns }, () => (random.below(2) === 0 ? 0 : -Infinity)),
      hessian: Array.from({ length: columns }, (_, i) =>
        Array.from({ length: columns }, (_, j) => factors.reduce((sum, f) => sum + (f[i] ?? 0) * (f[j] ?? 0), 0)),
      ),
      matrix: Array.from({ length: rows }, () => Array.from({ length: columns }, normal)),
      rowUpper: Array.from({ length: rows }, () => random.next()),
    });
    const solution = optimizer.solve(program);
    seen.add(solution.status);
    if (solution.primal) expectOptimum(program, solution, 1e-5);
    else expect(descends(program)).toBe(true);
  }
  expect([...seen].sort()).toEqual(['optimal', 'unbounded']);

  /** Whether the objective falls below any doubt within a large box. */
  function descends(program: Program): boolean {
    const far = 1e5;
    const lower = program.lower.map((bound) => Math.max(bound, -far));
    const boxed = optimizer.solve({ ...program, lower, upper: program.upper.map(() => far) });
    return boxed.objective !== undefined && boxed.objective < -100;
  }
});
