import { expect, test } from 'vitest';
import { dualBound, objectiveAt, violationAt } from '../src/index.ts';
import { dense } from './dense-program.ts';

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

test('a violation is the worst of all, in bounds, rows and wholeness', () => {
  const whole = { ...wyndor, integer: Uint8Array.of(1, 0) };
  expect(violationAt(wyndor, Float64Array.of(2, 6))).toBe(0);
  expect(violationAt(wyndor, Float64Array.of(2, 7))).toBe(2);
  expect(violationAt(wyndor, Float64Array.of(-3, 0))).toBe(3);
  expect(violationAt(whole, Float64Array.of(1.25, 1.5))).toBe(0.25);
  expect(violationAt(wyndor, Float64Array.of(0, Number.NaN))).toBe(Infinity);
  expect(violationAt(wyndor, Float64Array.of(0))).toBe(Infinity);
});

test('duals of the optimum prove it, others prove less, and none prove a bound only where columns are bounded', () => {
  expect(dualBound(wyndor, Float64Array.of(0, 1.5, 1))).toBe(36);
  expect(dualBound(wyndor, Float64Array.of(3, 2.5, 0))).toBe(42);
  expect(dualBound(wyndor, Float64Array.of(0, 0, 0))).toBe(Infinity);
  expect(dualBound({ ...wyndor, upper: Float64Array.of(10, 10) }, Float64Array.of(0, 0, 0))).toBe(80);
  expect(dualBound({ ...wyndor, sense: 'minimize' }, Float64Array.of(0, 0, 0))).toBe(0);
  expect(dualBound({ ...wyndor, sense: 'minimize', costs: Float64Array.of(-1, 0) }, new Float64Array(3))).toBe(
    -Infinity,
  );
});

test('a dual whose row has no bound on that side proves nothing, and harms nothing', () => {
  expect(
    dualBound(
      wyndor,
      Float64Array.of(0, 1.5, 1).map((dual) => dual),
    ),
  ).toBe(36);
  expect(dualBound({ ...wyndor, upper: Float64Array.of(4, 6) }, Float64Array.of(-9, 0, 0))).toBe(42);
});

test('a reduced cost counts as nothing within the tolerance', () => {
  const duals = Float64Array.of(0, 1.5, 1 - 1e-9);
  expect(dualBound(wyndor, duals)).toBeCloseTo(36, 6);
  expect(dualBound(wyndor, duals, { tolerance: 0 })).toBe(Infinity);
});

test('of a quadratic part, the tangent bounds', () => {
  const square = dense({
    sense: 'minimize',
    costs: [0, 0],
    hessian: [
      [2, 1],
      [1, 2],
    ],
    lower: [1, 1],
    upper: [5, 5],
  });
  expect(objectiveAt(square, Float64Array.of(1, 1))).toBe(3);
  expect(dualBound(square, new Float64Array(0), { at: Float64Array.of(1, 1) })).toBe(3);
  expect(dualBound(square, new Float64Array(0), { at: Float64Array.of(2, 2) })).toBe(0);
});
