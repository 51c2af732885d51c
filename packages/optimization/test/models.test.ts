import { seededRandom } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import {
  basisStatus,
  createOptimizer,
  linearProgram,
  type Model,
  type Program,
  type SparseMatrix,
} from '../src/index.ts';
import { dense, sparse } from './dense-program.ts';
import { expectOptimum, requireFound } from './optimality.ts';

const optimizer = await createOptimizer();
const wyndor = dense({
  sense: 'maximize',
  costs: [3, 5],
  matrix: [
    [1, 0],
    [0, 2],
    [3, 2],
  ],
  rowUpper: [4, 12, 18],
});

function opened<Result>(program: Program, use: (model: Model) => Result): Result {
  const model = optimizer.open(program);
  try {
    return use(model);
  } finally {
    model.dispose();
  }
}

/** One row as a batch: its matrix is written down row by row. */
function oneRow(entries: readonly (readonly [column: number, value: number])[]): SparseMatrix {
  return {
    starts: Int32Array.of(0, entries.length),
    indices: Int32Array.from(entries, ([column]) => column),
    values: Float64Array.from(entries, ([, value]) => value),
  };
}

describe('a model', () => {
  test('that is solved again without a change costs nothing', () => {
    opened(wyndor, (model) => {
      expect(model.solve().objective).toBeCloseTo(36, 9);
      expect(model.solve()).toMatchObject({ status: 'optimal', iterations: 0 });
    });
  });

  test('takes every change, and solves what has become of it', () => {
    opened(wyndor, (model) => {
      model.setRowBounds(2, -Infinity, 24);
      expect(model.solve().objective).toBeCloseTo(42, 9);
      model.setCost(0, 0);
      expect(model.solve().objective).toBeCloseTo(30, 9);
      model.setCosts(Float64Array.of(3, 5));
      model.setColumnBounds(1, 0, 3);
      expect(model.solve().objective).toBeCloseTo(27, 9);
      model.setCoefficient(0, 0, 2);
      expect(model.solve().objective).toBeCloseTo(21, 9);
      model.setCoefficient(0, 0, 0);
      model.setRowBounds(2, 24, 24);
      model.setColumnBounds(1, -Infinity, Infinity);
      expect(model.solve().objective).toBeCloseTo(42, 9);
    });
  });

  test('grows by columns and rows, and says where they are', () => {
    opened(wyndor, (model) => {
      const column = model.addColumns({
        costs: Float64Array.of(10),
        lower: Float64Array.of(0),
        upper: Float64Array.of(Infinity),
        matrix: oneRow([
          [0, 1],
          [2, 1],
        ]),
      });
      expect({ column, columns: model.columns }).toEqual({ column: 2, columns: 3 });
      expect(model.solve().objective).toBeCloseTo(70, 9);
      const row = model.addRows({
        lower: Float64Array.of(-Infinity),
        upper: Float64Array.of(5),
        matrix: oneRow([
          [1, 1],
          [2, 1],
        ]),
      });
      expect({ row, rows: model.rows }).toEqual({ row: 3, rows: 4 });
      const { objective, primal, duals } = requireFound(model.solve());
      expect(objective).toBeCloseTo(45, 9);
      expect([...primal]).toEqual([0, 1, 4]);
      expect(duals?.rows.length).toBe(4);
    });
  });

  test('takes no columns and no rows as well', () => {
    const nothing = { lower: new Float64Array(0), upper: new Float64Array(0), matrix: sparse([], 0) };
    opened(wyndor, (model) => {
      expect(model.addColumns({ ...nothing, costs: new Float64Array(0) })).toBe(2);
      expect(model.addRows(nothing)).toBe(3);
      expect(model.solve().objective).toBeCloseTo(36, 9);
    });
    opened(dense({ sense: 'minimize', costs: [] }), (model) => model.setCosts(new Float64Array(0)));
  });

  test('begins empty where everything is generated', () => {
    opened(dense({ sense: 'maximize', costs: [], matrix: [[], []], rowUpper: [4, 2] }), (model) => {
      expect(model.solve()).toMatchObject({ status: 'optimal', objective: 0 });
      const column = {
        lower: Float64Array.of(0),
        upper: Float64Array.of(Infinity),
        matrix: oneRow([
          [0, 2],
          [1, 1],
        ]),
      };
      model.addColumns({ ...column, costs: Float64Array.of(7) });
      expect(model.solve().objective).toBeCloseTo(14, 9);
      model.addColumns({ ...column, costs: Float64Array.of(8), integer: Uint8Array.of(1) });
      model.setRowBounds(0, -Infinity, 3);
      const { objective, duals } = requireFound(model.solve());
      expect(objective).toBeCloseTo(8 + 3.5, 9);
      expect(duals).toBeUndefined();
    });
  });

  test('goes on after a limit of an earlier solve', () => {
    opened(wyndor, (model) => {
      model.setCosts(Float64Array.of(3, 4));
      expect(['optimal', 'feasible', 'unknown']).toContain(model.solve({ timeLimit: 0 }).status);
      expect(model.solve().objective).toBeCloseTo(30, 9);
    });
  });

  test('is disposed at the end of its block', () => {
    let kept: Model;
    {
      using model = optimizer.open(wyndor);
      kept = model;
      expect(model.solve().status).toBe('optimal');
    }
    expect(() => kept.solve()).toThrow(expect.objectContaining({ code: 'disposed' }));
  });
});

describe('a basis', () => {
  test('is where the simplex method begins', () => {
    const random = seededRandom(3);
    const program = linearProgram('maximize');
    const x = Array.from({ length: 40 }, () => program.variable({ cost: 1 + random.below(50), upper: 10 }));
    for (let row = 0; row < 20; row++) {
      program.constraint(
        x.map((variable) => [variable, random.below(20)]),
        { atMost: 100 + random.below(100) },
      );
    }
    const built = program.build();
    const { basis, iterations } = opened(built, (model) => ({
      iterations: model.solve().iterations,
      basis: model.basis(),
    }));
    expect(iterations).toBeGreaterThan(0);
    expect(basis?.columns.filter((status) => status === basisStatus.basic).length).toBeLessThanOrEqual(20);
    const again = optimizer.solve(built, { basis });
    expectOptimum(built, again);
    expect(again.iterations).toBe(0);
  });

  test('is missing before the first solve, and after branch and bound', () => {
    opened({ ...wyndor, integer: Uint8Array.of(1, 1) }, (model) => {
      expect(model.basis()).toBeUndefined();
      model.solve();
      expect(model.basis()).toBeUndefined();
    });
  });
});

test('columns generated for a cutting-stock program end where all patterns would: Gilmore and Gomory (1961)', () => {
  // Rolls of 100 are cut into 45, 36, 31 and 14, of which 97, 610, 395 and 211 are ordered: Chvátal (1983), chapter 13.
  const widths = [45, 36, 31, 14];
  const orders = [97, 610, 395, 211];
  const master = dense({
    sense: 'minimize',
    costs: widths.map(() => 1),
    matrix: widths.map((width, row) => widths.map((_, column) => (row === column ? Math.floor(100 / width) : 0))),
    rowLower: orders,
  });
  const objective = opened(master, (model) => {
    for (;;) {
      const { objective, duals } = requireFound(model.solve());
      const pricing = linearProgram('maximize');
      const cuts = widths.map((_, row) => pricing.variable({ cost: duals?.rows[row] ?? 0, integer: true }));
      pricing.constraint(
        cuts.map((cut, row) => [cut, widths[row] ?? 0]),
        { atMost: 100 },
      );
      const pattern = requireFound(optimizer.solve(pricing.build()));
      if (pattern.objective <= 1 + 1e-9) return objective;
      model.addColumns({
        costs: Float64Array.of(1),
        lower: Float64Array.of(0),
        upper: Float64Array.of(Infinity),
        matrix: oneRow([...pattern.primal].map((cut, row) => [row, Math.round(cut)])),
      });
    }
  });
  expect(objective).toBeCloseTo(452.25, 6);
});

test('rows generated for a travelling salesman end at the tour: Dantzig, Fulkerson and Johnson (1954)', () => {
  const random = seededRandom(13);
  const cities = Array.from({ length: 8 }, () => [random.below(100), random.below(100)] as const);
  const distance = (a: number, b: number): number => {
    const [[ax, ay], [bx, by]] = [cities[a] ?? [0, 0], cities[b] ?? [0, 0]];
    return Math.round(Math.hypot(ax - bx, ay - by));
  };
  const edges = cities.flatMap((_, a) => cities.slice(a + 1).map((_, offset) => [a, a + 1 + offset] as const));
  const program = linearProgram('minimize');
  const used = edges.map(([a, b]) => program.variable({ cost: distance(a, b), upper: 1, integer: true }));
  const leaving = (cut: (city: number) => boolean): (readonly [number, number])[] =>
    edges.flatMap(([a, b], edge) => (cut(a) === cut(b) ? [] : [[used[edge] ?? 0, 1] as const]));
  for (const [city] of cities.entries())
    program.constraint(
      leaving((other) => other === city),
      { equals: 2 },
    );
  const length = opened(program.build(), (model) => {
    for (;;) {
      const { objective, primal } = requireFound(model.solve());
      const reached = new Set([0]);
      for (const city of reached) {
        for (const [edge, [a, b]] of edges.entries()) {
          if ((primal[edge] ?? 0) > 0.5 && (a === city || b === city)) reached.add(a === city ? b : a);
        }
      }
      if (reached.size === cities.length) return objective;
      model.addRows({
        lower: Float64Array.of(2),
        upper: Float64Array.of(Infinity),
        matrix: oneRow(leaving((city) => reached.has(city))),
      });
    }
  });
  const shortest = (at: number, left: readonly number[]): number =>
    left.length === 0
      ? distance(at, 0)
      : Math.min(
          ...left.map(
            (next) =>
              distance(at, next) +
              shortest(
                next,
                left.filter((city) => city !== next),
              ),
          ),
        );
  expect(length).toBeCloseTo(shortest(0, [1, 2, 3, 4, 5, 6, 7]), 6);
});

describe('a quadratic model', () => {
  const nearest = dense({
    sense: 'minimize',
    costs: [-2, 0],
    hessian: [
      [2, 0],
      [0, 2],
    ],
    matrix: [[1, 1]],
    rowLower: [2],
    rowUpper: [2],
  });

  test('takes changes as a linear one does', () => {
    opened(nearest, (model) => {
      expect([...requireFound(model.solve()).primal]).toEqual([1.5, 0.5]);
      model.setCost(0, -6);
      expect([...requireFound(model.solve()).primal]).toEqual([2, 0]);
      model.addRows({ lower: Float64Array.of(-Infinity), upper: Float64Array.of(1), matrix: oneRow([[0, 1]]) });
      const { primal } = requireFound(model.solve());
      expect(primal[0]).toBeCloseTo(1, 9);
      expect(primal[1]).toBeCloseTo(1, 9);
    });
  });

  test('takes further columns, in which it is linear, but no whole ones', () => {
    opened(nearest, (model) => {
      const column = {
        costs: Float64Array.of(0.5),
        lower: Float64Array.of(0),
        upper: Float64Array.of(Infinity),
        matrix: oneRow([[0, 1]]),
      };
      model.addColumns(column);
      const { primal, status } = requireFound(model.solve());
      expect(status).toBe('optimal');
      for (const [index, x] of [1.25, 0.25, 0.5].entries()) expect(primal[index]).toBeCloseTo(x, 5);
      expect(() => model.addColumns({ ...column, integer: Uint8Array.of(1) })).toThrow(
        expect.objectContaining({ code: 'unsupported-program' }),
      );
      expect(model.columns).toBe(3);
    });
  });
});
