import { seededRandom } from '@mechane/core';
import { expect, test } from 'vitest';
import { leastNorm } from '../src/iterative/least-norm.ts';

const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, part, at) => sum + part * (other[at] as number), 0);

test('of two unit vectors it is the middle, of one point it is the point', () => {
  for (const part of leastNorm([Float64Array.of(1, 0), Float64Array.of(0, 1)])) expect(part).toBeCloseTo(0.5, 12);
  expect([...leastNorm([Float64Array.of(3, 4)])]).toEqual([3, 4]);
});

test('where the origin is among the combinations, it is the origin', () => {
  const around = [Float64Array.of(1, 1), Float64Array.of(-1, 1), Float64Array.of(0, -2)];
  for (const part of leastNorm(around)) expect(part).toBeCloseTo(0, 9);
});

test('random polytopes: no corner lies below the plane through it, and no combination is shorter', () => {
  for (let seed = 1; seed <= 2_000; seed++) {
    const random = seededRandom(seed);
    const dimension = 1 + random.below(5);
    const whole = random.below(2) === 0;
    const points = Array.from({ length: 1 + random.below(8) }, () =>
      Float64Array.from({ length: dimension }, () => (whole ? random.below(2) : random.next() * 2 - 0.5)),
    );
    const nearest = [...leastNorm(points)];
    const squared = dot(nearest, nearest);
    for (const point of points) expect(dot(nearest, [...point]), `seed ${seed}`).toBeGreaterThanOrEqual(squared - 1e-8);
    for (let trial = 0; trial < 20; trial++) {
      const weights = points.map(() => random.next() ** 3);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const other = nearest.map((_, at) =>
        points.reduce((sum, point, index) => sum + (point[at] as number) * ((weights[index] as number) / total), 0),
      );
      expect(dot(other, other), `seed ${seed}`).toBeGreaterThanOrEqual(squared - 1e-8);
    }
  }
});
