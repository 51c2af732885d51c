import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  createOptimizer,
  type Improvement,
  linearProgram,
  objectiveAt,
  type Program,
  violationAt,
} from '../src/index.ts';
import { dense } from './dense-program.ts';
import { marketSplit } from './market-split.ts';
import { expectOptimum, optimumOf, requireFound } from './optimality.ts';

const optimizer = await createOptimizer();

/** The best of all points of a small program whose columns are 0 or 1. */
function bestByEnumeration(program: Program): number | undefined {
  const columns = program.costs.length;
  let best: number | undefined;
  for (let chosen = 0; chosen < 2 ** columns; chosen++) {
    const point = Float64Array.from({ length: columns }, (_, column) => (chosen >> column) & 1);
    if (violationAt(program, point) > 0) continue;
    const objective = objectiveAt(program, point);
    const better = best === undefined || (program.sense === 'maximize' ? objective > best : objective < best);
    if (better) best = objective;
  }
  return best;
}

describe('against enumeration', () => {
  test('random programs of 0 and 1 in either sense', { tags: ['long'] }, () => {
    const random = seededRandom(23);
    const seen = new Set<string>();
    for (let trial = 0; trial < 40; trial++) {
      const columns = 1 + random.below(9);
      const rows = 1 + random.below(4);
      const program = dense({
        sense: random.below(2) === 0 ? 'minimize' : 'maximize',
        costs: Array.from({ length: columns }, () => random.below(41) - 20),
        upper: Array.from({ length: columns }, () => 1),
        integer: true,
        matrix: Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.below(13) - 3)),
        rowLower: Array.from({ length: rows }, () => (random.below(2) === 0 ? -Infinity : random.below(5))),
        rowUpper: Array.from({ length: rows }, () => 5 + random.below(20)),
      });
      const best = bestByEnumeration(program);
      const solution = optimizer.solve(program);
      seen.add(solution.status);
      if (best === undefined) expect(solution.status).toBe('infeasible');
      else {
        expectOptimum(program, solution);
        expect(solution.objective).toBeCloseTo(best, 6);
      }
    }
    expect([...seen].sort()).toEqual(['infeasible', 'optimal']);
  });

  test('knapsacks', () => {
    const random = seededRandom(31);
    for (let trial = 0; trial < 10; trial++) {
      const weights = Array.from({ length: 10 }, () => 1 + random.below(50));
      const program = dense({
        sense: 'maximize',
        costs: weights.map((weight) => weight + random.below(10)),
        upper: weights.map(() => 1),
        integer: true,
        matrix: [weights],
        rowUpper: [100],
      });
      const { objective, duals, nodes } = optimumOf(optimizer, program);
      expect(objective).toBeCloseTo(bestByEnumeration(program) ?? Number.NaN, 6);
      expect(duals).toBeUndefined();
      expect(nodes).toBeGreaterThanOrEqual(0);
    }
  });

  test('assignments', () => {
    const random = seededRandom(37);
    for (let trial = 0; trial < 20; trial++) {
      const worth = Array.from({ length: 5 }, () => Array.from({ length: 5 }, () => random.below(100)));
      const best = (row: number, free: readonly number[]): number =>
        row === 5
          ? 0
          : Math.max(
              ...free.map(
                (c) =>
                  (worth[row]?.[c] ?? 0) +
                  best(
                    row + 1,
                    free.filter((f) => f !== c),
                  ),
              ),
            );
      const program = linearProgram('maximize');
      const cells = worth.map((row) => row.map((cost) => program.variable({ cost, upper: 1, integer: true })));
      for (let i = 0; i < 5; i++) {
        program.constraint(
          (cells[i] ?? []).map((cell) => [cell, 1]),
          { atMost: 1 },
        );
        program.constraint(
          cells.map((row) => [row[i] as number, 1]),
          { atMost: 1 },
        );
      }
      expect(optimumOf(optimizer, program.build()).objective).toBeCloseTo(best(0, [0, 1, 2, 3, 4]), 6);
    }
  });
});

test('only the columns that are said to be whole are', () => {
  const program = linearProgram('maximize');
  const whole = program.variable({ cost: 1, integer: true });
  const share = program.variable({ cost: 1 });
  program.constraint([[whole, 2]], { atMost: 5 });
  program.constraint([[share, 2]], { atMost: 5 });
  const { objective, primal } = optimumOf(optimizer, program.build());
  expect([...primal]).toEqual([2, 2.5]);
  expect(objective).toBeCloseTo(4.5, 9);
});

test('a whole number that can grow without end is not called optimal', () => {
  const program = dense({ sense: 'maximize', costs: [1, 1], matrix: [[1, -1]], rowUpper: [1], integer: true });
  expect(optimizer.solve(program)).toMatchObject({ status: 'infeasible-or-unbounded', bound: Infinity });
});

describe('limits', () => {
  const hard = marketSplit(24, 3);

  test('no time gives no proof', () => {
    const { status, stoppedBy, bound } = optimizer.solve(hard, { timeLimit: 0 });
    expect({ status, stoppedBy, bound }).toEqual({ status: 'unknown', stoppedBy: 'time-limit', bound: -Infinity });
  });

  test('one node gives a point, its bound, and the gap between them', () => {
    const solution = requireFound(optimizer.solve(hard, { nodeLimit: 1 }));
    const { status, stoppedBy, objective, bound, gap, nodes } = solution;
    expect({ status, stoppedBy }).toEqual({ status: 'feasible', stoppedBy: 'node-limit' });
    expect(violationAt(hard, solution.primal)).toBeLessThan(1e-6);
    expect(bound).toBeLessThan(objective);
    expect(gap).toBeCloseTo((objective - bound) / objective, 9);
    expect(nodes).toBeLessThanOrEqual(1);
  });

  test('a program that is proved at the root is optimal within any number of nodes', () => {
    const program = dense({ sense: 'maximize', costs: [1], upper: [2.5], integer: true });
    expect(optimizer.solve(program, { nodeLimit: 0, timeLimit: 60_000 })).toMatchObject({
      status: 'optimal',
      objective: 2,
    });
  });

  test('an allowed gap that is left open is feasible, not optimal', () => {
    const within = optimizer.solve(hard, { relativeGap: Infinity });
    expect(within).toMatchObject({ status: 'feasible', stoppedBy: 'gap' });
    expect(optimizer.solve(hard, { absoluteGap: 1e9 })).toMatchObject({ status: 'feasible', stoppedBy: 'gap' });
  });

  test('an incumbent is where the search begins', () => {
    const { primal, objective } = requireFound(optimizer.solve(hard, { nodeLimit: 1 }));
    const restarted = requireFound(optimizer.solve(hard, { incumbent: primal, nodeLimit: 0 }));
    expect(restarted.objective).toBeCloseTo(objective, 6);
    expect(restarted.status).toBe('feasible');
  });
});

describe('on the way', () => {
  const hard = marketSplit(24, 3);

  test('every improvement is a feasible point', () => {
    const seen: Improvement[] = [];
    optimizer.solve(hard, { nodeLimit: 1, onImprovement: (improvement) => seen.push(improvement) });
    expect(seen.length).toBeGreaterThan(0);
    for (const { primal, objective, bound, nodes } of seen) {
      expect(violationAt(hard, primal)).toBeLessThan(1e-6);
      expect(objectiveAt(hard, primal)).toBeCloseTo(objective, 4);
      expect(bound).toBeLessThanOrEqual(objective);
      expect(nodes).toBeGreaterThanOrEqual(0);
    }
  });

  test('a search that is called off gives the best point so far', () => {
    const controller = new AbortController();
    const solution = optimizer.solve(hard, { signal: controller.signal, onImprovement: () => controller.abort() });
    expect(solution).toMatchObject({ status: 'feasible', stoppedBy: 'aborted' });
    expect(violationAt(hard, requireFound(solution).primal)).toBeLessThan(1e-6);
  });

  test('a flag that another thread sets stops it as well', () => {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    let asked = 0;
    const signal = {
      get aborted() {
        asked += 1;
        if (asked === 20) Atomics.store(flag, 0, 1);
        return Atomics.load(flag, 0) === 1;
      },
    };
    const { status, stoppedBy } = optimizer.solve(hard, { signal });
    expect(['feasible', 'unknown']).toContain(status);
    expect(stoppedBy).toBe('aborted');
  });

  test('what was called off before is not begun', () => {
    const signal = AbortSignal.abort();
    const { status, stoppedBy, iterations } = optimizer.solve(hard, { signal });
    expect({ status, stoppedBy, iterations }).toEqual({ status: 'unknown', stoppedBy: 'aborted', iterations: 0 });
  });

  test('what onImprovement throws comes out as it is, and the optimizer goes on', () => {
    const thrown = new Error('enough');
    const onImprovement = (): never => {
      throw thrown;
    };
    expect(() => optimizer.solve(hard, { onImprovement })).toThrow(thrown);
    expect(optimizer.solve(dense({ sense: 'maximize', costs: [1], upper: [2] }))).toMatchObject({ objective: 2 });
  });
});
