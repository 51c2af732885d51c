import { expect, test } from 'vitest';
import type { PackageBids } from '../src/index.ts';
import { recheckAllocation } from '../src/recheck.ts';

const reports = new Map<string, PackageBids>([
  [
    'ann',
    {
      xor: [
        { bundle: ['A'], value: 3 },
        { bundle: ['B'], value: 2 },
      ],
    },
  ],
  [
    'bob',
    {
      or: [
        { bundle: ['A', 'x'], value: 4 },
        { bundle: ['B', 'x'], value: 5 },
      ],
      dummies: ['x'],
    },
  ],
]);
const copies = new Map([
  ['A', 1],
  ['B', 2],
]);

test.each<readonly [Record<string, number[]>, number, string]>([
  [{ ann: [0], bob: [0] }, 7, 'A is given away 2 times'],
  [{ ann: [0, 1] }, 5, 'ann wins too often'],
  [{ bob: [1, 1] }, 10, 'bob wins too often'],
  [{ bob: [0, 1] }, 9, 'share a dummy'],
  [{ ann: [2] }, 0, 'did not make'],
  [{ eve: [0] }, 0, 'did not make'],
  [{ ann: [0] }, 4, 'worth 3, not 4'],
  [{ ann: [0] }, Number.NaN, 'worth 3'],
])('%j for %d: %s', (winning, welfare, problem) => {
  expect(() => recheckAllocation(reports, copies, new Map(Object.entries(winning)), welfare)).toThrow(problem);
});

test('what is right passes', () => {
  recheckAllocation(reports, copies, new Map(Object.entries({ ann: [0], bob: [1] })), 8);
});
