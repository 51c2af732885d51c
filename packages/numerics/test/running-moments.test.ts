import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunningMoments } from '../src/index.ts';

const momentsOf = (values: readonly number[]): RunningMoments => {
  const moments = new RunningMoments();
  for (const value of values) moments.add(value);
  return moments;
};

test('Student’s sleep data (Biometrika 1908) have the mean and the standard error that he gives', () => {
  const { count, mean, standardError } = momentsOf([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]);
  expect(count).toBe(10);
  expect(mean).toBeCloseTo(1.58, 12);
  // He divides by n where the unbiased variance has n − 1: a standard deviation of 1.17.
  expect(standardError * Math.sqrt(9)).toBeCloseTo(1.17, 2);
});

test('a shift moves the mean and nothing else, however far', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 40 }), (values) => {
      const [here, there] = [momentsOf(values), momentsOf(values.map((value) => value + 2 ** 30))];
      expect(there.mean - 2 ** 30).toBeCloseTo(here.mean, 5);
      expect(there.variance).toBeCloseTo(here.variance, 4);
    }),
  );
});

test('of none and of one there is no spread, and what is not finite shows', () => {
  expect([momentsOf([]).mean, momentsOf([]).variance, momentsOf([]).standardError]).toEqual([0, 0, 0]);
  expect([momentsOf([7]).mean, momentsOf([7]).variance]).toEqual([7, 0]);
  expect(Number.isFinite(momentsOf([Number.POSITIVE_INFINITY]).variance)).toBe(false);
  expect(Number.isFinite(momentsOf([1e200, -1e200]).variance)).toBe(false);
});
