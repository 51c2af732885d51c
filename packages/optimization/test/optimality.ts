import { expect } from 'vitest';
import {
  dualBound,
  type FoundSolution,
  type Optimizer,
  objectiveAt,
  type Program,
  type Solution,
  violationAt,
} from '../src/index.ts';

/** The optimum of a program, checked for feasibility, strong duality and complementary slackness by code that is no solver's. */
export function optimumOf(optimizer: Optimizer, program: Program): FoundSolution {
  const solution = requireFound(optimizer.solve(program));
  expectOptimum(program, solution);
  return solution;
}

export function requireFound(solution: Solution): FoundSolution {
  if (solution.primal === undefined) throw new Error(`there is no point: ${solution.status}`);
  return solution;
}

export function expectOptimum(program: Program, solution: Solution, tolerance = 1e-6): void {
  const { status, stoppedBy, objective, primal, activities, bound, duals } = requireFound(solution);
  const scale = tolerance * (1 + Math.abs(objective));
  expect({ status, stoppedBy }).toEqual({ status: 'optimal', stoppedBy: 'proof' });
  expect(violationAt(program, primal)).toBeLessThan(tolerance);
  expect(Math.abs(objectiveAt(program, primal) - objective)).toBeLessThan(scale);
  expect(Math.abs(bound - objective)).toBeLessThan(scale);
  if (duals === undefined) return;
  expect(Math.abs(dualBound(program, duals.rows, { at: primal }) - objective)).toBeLessThan(scale);
  const { sense, lower, upper, rowLower, rowUpper } = program;
  const sign = sense === 'minimize' ? 1 : -1;
  expectSlackness(duals.rows, activities, rowLower, rowUpper, sign, tolerance);
  expectSlackness(duals.columns, primal, lower, upper, sign, tolerance);
}

/** What has a price is at the bound that the sign of the price names. */
function expectSlackness(
  prices: Float64Array,
  values: Float64Array,
  lower: Float64Array,
  upper: Float64Array,
  sign: 1 | -1,
  tolerance: number,
): void {
  for (const [index, price] of prices.entries()) {
    if (Math.abs(price) <= tolerance) continue;
    const bound = sign * price > 0 ? lower[index] : upper[index];
    expect(values[index]).toBeCloseTo(bound ?? Number.NaN, 5);
  }
}
