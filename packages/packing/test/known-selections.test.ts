import { expect, test } from 'vitest';
import { KnownSelections } from '../src/known-selections.ts';

const ones = new Float64Array(300).fill(1);

test('what is known is recalled best first, at the values of the day', () => {
  const known = new KnownSelections();
  known.add({ sets: [0], value: 1 });
  known.add({ sets: [1, 2], value: 2 });
  known.add({ sets: [1, 2], value: 2 });
  expect(known.above(0, ones, 5)).toEqual([
    { sets: [1, 2], value: 2 },
    { sets: [0], value: 1 },
  ]);
  expect(known.above(1, ones, 5)).toEqual([{ sets: [1, 2], value: 2 }]);
  expect(known.above(0, Float64Array.of(9, 1, 1), 1)).toEqual([{ sets: [0], value: 9 }]);
  expect(known.above(0, ones, 5, Uint8Array.of(0, 1, 0))).toEqual([{ sets: [1], value: 1 }]);
});

test('of more than two hundred the oldest are forgotten', () => {
  const known = new KnownSelections();
  for (let set = 0; set < 203; set++) known.add({ sets: [set], value: 1 });
  const recalled = known.above(0, ones, 300).flatMap(({ sets }) => sets);
  expect(recalled.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, index) => index + 3));
});
