import { expect, test } from 'vitest';
import { measureGrowth } from '../src/growth-curve.ts';

test('every size is prepared once and timed', { tags: ['long'] }, async () => {
  const prepared: number[] = [];
  const curve = await measureGrowth(
    (size) => {
      prepared.push(size);
      const bids = new Float64Array(size);
      return () => bids.indexOf(1);
    },
    [1_000, 2_000],
    0.01,
  );
  expect(prepared).toEqual([1_000, 2_000]);
  expect(curve.map(({ size }) => size)).toEqual([1_000, 2_000]);
  expect(curve.every(({ seconds }) => seconds > 0)).toBe(true);
});
