import { codedErrorOf } from '@mechane/conformance';
import type { Path } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { createOptimizer, linearProgram, type Program, type SolveOptions } from '../src/index.ts';
import { dense, sparse } from './dense-program.ts';

const optimizer = await createOptimizer();
const sound = dense({
  sense: 'maximize',
  costs: [3, 5],
  matrix: [
    [1, 0],
    [0, 2],
    [3, 2],
  ],
  rowUpper: [4, 12, 18],
  hessian: [
    [-1, 0],
    [0, -1],
  ],
});

const matrixOf = (starts: number[], indices: number[], values: number[]): Program['matrix'] => ({
  starts: Int32Array.from(starts),
  indices: Int32Array.from(indices),
  values: Float64Array.from(values),
});

const wrong: [string, object, string, Path][] = [
  ['a sense that is none', { sense: 'max' }, 'invalid-program', ['sense']],
  ['an offset that is NaN', { offset: Number.NaN }, 'invalid-program', ['offset']],
  ['costs that are a plain list', { costs: [3, 5] }, 'invalid-program', ['costs']],
  ['too few costs', { costs: Float64Array.of(3) }, 'invalid-program', ['costs']],
  ['a cost that is NaN', { costs: Float64Array.of(3, Number.NaN) }, 'invalid-program', ['costs', 1]],
  ['a cost that is infinite', { costs: Float64Array.of(3, Infinity) }, 'invalid-program', ['costs', 1]],
  ['a cost of 1e308', { costs: Float64Array.of(1e308, 1) }, 'invalid-program', ['costs', 0]],
  ['a lower bound that is NaN', { lower: Float64Array.of(Number.NaN, 0) }, 'invalid-program', ['lower', 0]],
  ['a lower bound of Infinity', { lower: Float64Array.of(0, Infinity) }, 'invalid-program', ['lower', 1]],
  ['an upper bound that is NaN', { upper: Float64Array.of(1, Number.NaN) }, 'invalid-program', ['upper', 1]],
  ['an upper bound of -Infinity', { upper: Float64Array.of(-Infinity, 1) }, 'invalid-program', ['upper', 0]],
  ['an upper bound of 1e20', { upper: Float64Array.of(1, 1e20) }, 'invalid-program', ['upper', 1]],
  ['bounds that cross', { lower: Float64Array.of(0, 2), upper: Float64Array.of(1, 1) }, 'crossed-bounds', ['lower', 1]],
  ['too many upper bounds', { upper: Float64Array.of(1, 1, 1) }, 'invalid-program', ['upper']],
  ['rows whose bounds cross', { rowLower: Float64Array.of(0, 13, 0) }, 'crossed-bounds', ['rowLower', 1]],
  ['too few row bounds', { rowUpper: Float64Array.of(1) }, 'invalid-program', ['rowUpper']],
  ['row bounds that are missing', { rowLower: undefined }, 'invalid-program', ['rowLower']],
  ['whole columns as a list', { integer: [1, 0] }, 'invalid-program', ['integer']],
  ['too few whole columns', { integer: Uint8Array.of(1) }, 'invalid-program', ['integer']],
  ['a column that is 2 whole', { integer: Uint8Array.of(0, 2) }, 'invalid-program', ['integer', 1]],
  ['no matrix', { matrix: undefined }, 'invalid-program', ['matrix', 'starts']],
  [
    'indices that are no Int32Array',
    { matrix: { ...sound.matrix, indices: [0] } },
    'invalid-program',
    ['matrix', 'indices'],
  ],
  [
    'values that are no Float64Array',
    { matrix: { ...sound.matrix, values: [0] } },
    'invalid-program',
    ['matrix', 'values'],
  ],
  ['too few starts', { matrix: matrixOf([0, 0], [], []) }, 'invalid-program', ['matrix', 'starts']],
  ['a start that is not 0', { matrix: matrixOf([1, 1, 1], [0], [1]) }, 'invalid-program', ['matrix', 'starts', 0]],
  ['starts that fall', { matrix: matrixOf([0, 2, 1], [0], [1]) }, 'invalid-program', ['matrix', 'starts', 1]],
  ['starts that fall back', { matrix: matrixOf([0, 1, 0], [], []) }, 'invalid-program', ['matrix', 'starts', 1]],
  [
    'starts that end early',
    { matrix: matrixOf([0, 0, 1], [0, 1], [1, 1]) },
    'invalid-program',
    ['matrix', 'starts', 2],
  ],
  ['too few values', { matrix: matrixOf([0, 1, 2], [0, 1], [1]) }, 'invalid-program', ['matrix', 'values']],
  [
    'a row that is not there',
    { matrix: matrixOf([0, 1, 2], [0, 3], [1, 1]) },
    'invalid-program',
    ['matrix', 'indices', 1],
  ],
  ['a row below 0', { matrix: matrixOf([0, 1, 2], [-1, 0], [1, 1]) }, 'invalid-program', ['matrix', 'indices', 0]],
  [
    'a row twice in a column',
    { matrix: matrixOf([0, 2, 2], [1, 1], [1, 1]) },
    'invalid-program',
    ['matrix', 'indices', 1],
  ],
  [
    'a value that is NaN',
    { matrix: matrixOf([0, 1, 1], [0], [Number.NaN]) },
    'invalid-program',
    ['matrix', 'values', 0],
  ],
  [
    'a value that is infinite',
    { matrix: matrixOf([0, 1, 1], [0], [Infinity]) },
    'invalid-program',
    ['matrix', 'values', 0],
  ],
  [
    'a value too small to count',
    { matrix: matrixOf([0, 1, 1], [0], [1e-10]) },
    'invalid-program',
    ['matrix', 'values', 0],
  ],
  [
    'a value above the diagonal',
    { hessian: matrixOf([0, 0, 1], [0], [1]) },
    'invalid-program',
    ['hessian', 'indices', 0],
  ],
  ['a quadratic part of a wrong size', { hessian: sparse([], 1) }, 'invalid-program', ['hessian', 'starts']],
  [
    'a convex part to maximize',
    {
      hessian: sparse(
        [
          [1, 0],
          [0, 1],
        ],
        2,
      ),
    },
    'not-convex',
    ['hessian'],
  ],
  ['a concave part to minimize', { sense: 'minimize' }, 'not-convex', ['hessian']],
  ['whole columns and a quadratic part', { integer: Uint8Array.of(0, 1) }, 'unsupported-program', ['hessian']],
];

test.each(wrong)('%s is refused, and named', (_, change, code, path) => {
  const program = { ...sound, ...change } as Program;
  expect(codedErrorOf(() => optimizer.solve(program))).toMatchObject({ code, path });
});

const wrongOptions: [string, object, Path][] = [
  ['a time limit below 0', { timeLimit: -1 }, ['timeLimit']],
  ['a time limit that is NaN', { timeLimit: Number.NaN }, ['timeLimit']],
  ['a node limit of a half', { nodeLimit: 0.5 }, ['nodeLimit']],
  ['a gap below 0', { relativeGap: -1e-9 }, ['relativeGap']],
  ['a gap that is a text', { absoluteGap: 'none' }, ['absoluteGap']],
  ['an incumbent that is too short', { incumbent: Float64Array.of(1) }, ['incumbent']],
  ['an incumbent that is a list', { incumbent: [1, 1] }, ['incumbent']],
  ['an incumbent that is NaN', { incumbent: Float64Array.of(1, Number.NaN) }, ['incumbent', 1]],
  [
    'a basis of too few columns',
    { basis: { columns: new Int32Array(1), rows: new Int32Array(3) } },
    ['basis', 'columns'],
  ],
  ['a basis of no rows', { basis: { columns: new Int32Array(2) } }, ['basis', 'rows']],
  [
    'a status that is none',
    { basis: { columns: Int32Array.of(0, 5), rows: new Int32Array(3) } },
    ['basis', 'columns', 1],
  ],
];

test.each(wrongOptions)('%s is refused, and named', (_, options, path) => {
  const linear = { ...sound, hessian: undefined };
  expect(codedErrorOf(() => optimizer.solve(linear, options as SolveOptions))).toMatchObject({
    code: 'invalid-options',
    path: ['options', ...path],
  });
});

describe('a change of a model', () => {
  const row = { lower: Float64Array.of(0), upper: Float64Array.of(1), matrix: matrixOf([0, 1], [2], [1]) };
  const column = { ...row, costs: Float64Array.of(1), matrix: matrixOf([0, 1], [3], [1]) };

  test.each([
    ['a column that is not there', (model) => model.setColumnBounds(2, 0, 1), 'invalid-program', ['column']],
    ['a column of a half', (model) => model.setCost(0.5, 1), 'invalid-program', ['column']],
    ['a row that is not there', (model) => model.setRowBounds(-1, 0, 1), 'invalid-program', ['row']],
    ['bounds that cross', (model) => model.setRowBounds(0, 2, 1), 'crossed-bounds', ['lower']],
    ['a bound that is NaN', (model) => model.setColumnBounds(0, 0, Number.NaN), 'invalid-program', ['upper']],
    ['a cost that is NaN', (model) => model.setCost(0, Number.NaN), 'invalid-program', ['cost']],
    ['costs of a wrong length', (model) => model.setCosts(Float64Array.of(1)), 'invalid-program', ['costs']],
    ['a coefficient of 1e15', (model) => model.setCoefficient(0, 0, 1e15), 'invalid-program', ['value']],
    ['a coefficient of no row', (model) => model.setCoefficient(3, 0, 1), 'invalid-program', ['row']],
    [
      'a row with a column too many',
      (model) => model.addRows(row),
      'invalid-program',
      ['rows', 'matrix', 'indices', 0],
    ],
    [
      'a column with a row too many',
      (model) => model.addColumns(column),
      'invalid-program',
      ['columns', 'matrix', 'indices', 0],
    ],
  ] satisfies [string, (model: ReturnType<typeof optimizer.open>) => unknown, string, Path][])(
    'is refused for %s, and the model stands as it was',
    (_, change, code, path) => {
      const model = optimizer.open({ ...sound, hessian: undefined });
      expect(codedErrorOf(() => change(model))).toMatchObject({ code, path });
      expect(model.solve().objective).toBeCloseTo(36, 9);
      model.dispose();
    },
  );
});

describe('the builder', () => {
  test('knows its variables', () => {
    const program = linearProgram('minimize');
    const x = program.variable();
    expect(
      codedErrorOf(() =>
        program.constraint(
          [
            [x, 1],
            [1, 1],
          ],
          { atMost: 1 },
        ),
      ),
    ).toMatchObject({
      code: 'invalid-program',
      path: ['constraints', 0, 'terms'],
    });
    expect(codedErrorOf(() => program.product(x, 1, 1)).path).toEqual(['products']);
    expect(codedErrorOf(() => program.product(-1, x, 1)).path).toEqual(['products']);
    expect(program.build().rowLower.length).toBe(0);
  });

  test('adds up what is said twice', () => {
    const program = linearProgram('maximize');
    const [x, y] = [program.variable({ cost: 1 }), program.variable({ cost: 1 })];
    program.constraint(
      [
        [x, 1],
        [y, 1],
        [x, 1],
      ],
      { atLeast: 1, atMost: 4 },
    );
    program.product(x, y, 2);
    program.product(y, x, 1);
    program.product(x, x, -1);
    program.constant(1);
    program.constant(2);
    expect(program.build()).toEqual({
      sense: 'maximize',
      offset: 3,
      costs: Float64Array.of(1, 1),
      lower: Float64Array.of(0, 0),
      upper: Float64Array.of(Infinity, Infinity),
      integer: Uint8Array.of(0, 0),
      rowLower: Float64Array.of(1),
      rowUpper: Float64Array.of(4),
      matrix: matrixOf([0, 1, 2], [0, 0], [2, 1]),
      hessian: matrixOf([0, 2, 2], [1, 0], [3, -2]),
    });
  });
});
