import { seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { type Curvature, curvatureOf } from '../src/convexity.ts';
import { dense } from './dense-program.ts';

function curvature(hessian: readonly (readonly number[])[], sign: 1 | -1 = 1): Curvature {
  const program = dense({ sense: 'minimize', costs: hessian.map(() => 0), hessian });
  return program.hessian ? curvatureOf(program.hessian, hessian.length, sign) : 'none';
}

test.each([
  [
    'nothing',
    [
      [0, 0],
      [0, 0],
    ],
    'none',
  ],
  ['no columns', [], 'none'],
  [
    'an identity',
    [
      [1, 0],
      [0, 1],
    ],
    'definite',
  ],
  [
    'an identity of some columns',
    [
      [1, 0],
      [0, 0],
    ],
    'semidefinite',
  ],
  [
    'a square of a sum',
    [
      [1, 1],
      [1, 1],
    ],
    'semidefinite',
  ],
  [
    'a product of two columns',
    [
      [0, 1],
      [1, 0],
    ],
    'indefinite',
  ],
  [
    'a saddle with a positive diagonal',
    [
      [1, 3],
      [3, 1],
    ],
    'indefinite',
  ],
  [
    'a negative entry',
    [
      [1, 0],
      [0, -1e-3],
    ],
    'indefinite',
  ],
  [
    'blocks of different kinds',
    [
      [2, 0, 1],
      [0, 0, 0],
      [1, 0, 2],
    ],
    'semidefinite',
  ],
  ['the matrix of Hilbert', [1, 2, 3, 4].map((i) => [0, 1, 2, 3].map((j) => 1 / (i + j))), 'definite'],
  [
    'differences along a ring',
    [
      [2, -1, -1],
      [-1, 2, -1],
      [-1, -1, 2],
    ],
    'semidefinite',
  ],
  [
    'a chain that closes too tightly',
    [
      [1, 1, 0],
      [1, 1, 1],
      [0, 1, 1],
    ],
    'indefinite',
  ],
] as const)('%s', (_, hessian, expected) => {
  expect(curvature(hessian)).toBe(expected);
});

test('to maximize, the signs are the other way round', () => {
  expect(
    curvature(
      [
        [-2, 1],
        [1, -2],
      ],
      -1,
    ),
  ).toBe('definite');
  expect(
    curvature(
      [
        [2, 1],
        [1, 2],
      ],
      -1,
    ),
  ).toBe('indefinite');
});

test('sums of squares are semidefinite, whatever their order, and taking one away leaves none', () => {
  const random = seededRandom(7);
  for (let trial = 0; trial < 100; trial++) {
    const size = 2 + random.below(8);
    const factors = Array.from({ length: size - 1 }, () => Array.from({ length: size }, () => random.next() - 0.5));
    const gram = (weight: (factor: number) => number): number[][] =>
      Array.from({ length: size }, (_, i) =>
        Array.from({ length: size }, (_, j) =>
          factors.reduce((sum, factor, index) => sum + weight(index) * (factor[i] ?? 0) * (factor[j] ?? 0), 0),
        ),
      );
    expect(curvature(gram(() => 1))).toBe('semidefinite');
    expect(curvature(gram((factor) => (factor === 0 ? -1 : 1)))).toBe('indefinite');
  }
});
