import { byCodeUnit } from '@mechane/core';
import { type Proof, packingOf, solvePacking } from '@mechane/packing';
import { describe, expect, test } from 'vitest';
import { type AuctionPacking, auctionPacking } from '../src/auction-packing.ts';
import type { PackageBids } from '../src/index.ts';
import { recheckAllocation, recheckOptimum } from '../src/recheck.ts';

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

describe('the claim that nothing is worth more', () => {
  const auction = auctionPacking(reports, copies, byCodeUnit);
  const { selection, proof } = solvePacking(auction.packing);
  const check = (changed: Partial<AuctionPacking>, most = selection.value, why = proof as Proof): string =>
    recheckOptimum(reports, copies, { ...auction, ...changed }, most, why);
  const packed = (
    values: readonly number[],
    rows: readonly number[][],
    capacity = [1, 2, 1, 1],
  ): AuctionPacking['packing'] => packingOf(values, rows, capacity);
  const rows = [
    [0, 2],
    [1, 2],
    [0, 3],
    [1, 3],
  ];

  test('is confirmed where it is right', () => {
    expect(selection.value).toBe(8);
    expect(check({})).toBe('bound');
    expect(check({ packing: packed([3, 2, 4, 5], rows) })).toBe('bound');
  });

  test.each<readonly [string, () => unknown, string]>([
    ['less than there is', () => check({}, 7), 'trying all finds more'],
    [
      'bids that stand in another place',
      () => check({ bids: auction.bids.slice(1) }),
      'bid 1 of ann was counted as 3 units',
    ],
    ['a bid twice', () => check({ bids: [...auction.bids, ...auction.bids] }), 'made no bid 0'],
    [
      'a bid that nobody made',
      () => check({ bids: [{ agent: 'eve', position: 0, goods: [], value: 3 }] }),
      'eve made no',
    ],
    ['a bid at another value', () => check({ packing: packed([3, 2, 4, 4], rows) }), 'counted as 4 units'],
    ['too few copies', () => check({ packing: packed([3, 2, 4, 5], rows, [1, 1, 1, 1]) }), 'B was counted wrong'],
    [
      'a good that a bid does not want',
      () => check({ packing: packed([3, 2, 4, 5], [[0, 1, 2], ...rows.slice(1)]) }),
      'B was',
    ],
    [
      'bids kept apart that are of two bidders',
      () =>
        check({
          packing: packed(
            [3, 2, 4, 5],
            [
              [0, 2],
              [1, 2],
              [0, 2],
              [1, 3],
            ],
          ),
        }),
      'kept apart',
    ],
  ])('is refused for %s', (_, act, problem) => {
    expect(act).toThrow(expect.objectContaining({ code: 'failed-recheck' }));
    expect(act).toThrow(new RegExp(problem));
  });
});

test('a bid that never reached the search is noticed: what is proved without it proves nothing', () => {
  const a = { bundle: ['A'], value: 3 };
  const goods = new Map([
    ['A', 1],
    ['B', 1],
  ]);
  const seen = new Map<string, PackageBids>([['ann', { xor: [a] }]]);
  const auction = auctionPacking(seen, goods, byCodeUnit);
  const { selection, proof } = solvePacking(auction.packing);
  const against = (reports: ReadonlyMap<string, PackageBids>) => () =>
    recheckOptimum(reports, goods, auction, selection.value, proof as Proof);
  expect(against(seen)()).toBe('bound');
  expect(against(new Map([['ann', { xor: [a, { bundle: ['B'], value: 9 }] }]]))).toThrow('bid 1 of ann was left out');
  expect(against(new Map([...seen, ['bob', { or: [{ bundle: ['B'], value: 9 }] }]]))).toThrow(
    'bid 0 of bob was left out',
  );
  // What is worth nothing need not be searched for.
  expect(against(new Map([['ann', { xor: [a, { bundle: ['B'], value: 0 }] }]]))()).toBe('bound');
});
