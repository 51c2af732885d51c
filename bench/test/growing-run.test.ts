import { expect, test } from 'vitest';
import { grownRun } from '../src/growing-run.ts';
import { growingRuns } from '../src/growing-scenarios.ts';
import { mechanisms } from '../src/installed.ts';

/** A run whose seconds are told by its size. */
const told = (secondsOf: (size: number) => number) => ({
  growing: { mechanism: 'one', of: 'agents', isProportional: true, prepare: (size: number) => () => secondsOf(size) },
  seconds: (act: () => unknown) => Number(act() ?? 0),
});

test('sizes rise until the next would take too long, and the last decade says how it grows', () => {
  const { growing, seconds } = told((size) => 1e-3 * size + 1e-6 * size ** 2);
  const { curve, growth, endedBy } = grownRun(growing, [10, 100, 1_000, 2_000, 4_000, 8_000], 10, seconds);
  expect(curve.map(({ size }) => size)).toEqual([10, 100, 1_000, 2_000]);
  expect(endedBy).toBe('10 s');
  expect(growth?.exponent).toBeCloseTo(Math.log2(3 / 1), 1);
});

test('a size that is refused ends it, by its code; any other mistake is thrown', () => {
  const { growing, seconds } = told((size) => size / 1e3);
  const refusing = (error: Error) => ({
    ...growing,
    prepare: (size: number) => {
      if (size > 100) throw error;
      return growing.prepare(size);
    },
  });
  const tooLarge = Object.assign(new Error('too large'), { code: 'too-large' });
  const { curve, endedBy } = grownRun(refusing(tooLarge), [10, 100, 1_000], 10, seconds);
  expect([curve.length, endedBy]).toEqual([2, 'too-large']);
  expect(() => grownRun(refusing(new TypeError('a mistake')), [10, 1_000], 10, seconds)).toThrow('a mistake');
});

test('where all sizes are played at once, there is nothing to say of how it grows', () => {
  const { growing, seconds } = told(() => 1e-6);
  expect(grownRun(growing, [10, 100], 10, seconds)).toMatchObject({ growth: undefined, endedBy: 'the largest size' });
});

test('every mechanism is among what grows, and plays with a hundred', () => {
  const runs = growingRuns();
  expect([...new Set(runs.map(({ mechanism }) => mechanism))]).toEqual(mechanisms);
  for (const run of runs) expect(run.prepare(100)(), `${run.mechanism}, ${run.of}`).toHaveProperty('outcome');
});
